// @ts-check
/** The handover: the dialog carries on what a person did on the painted first screen, without any visible change. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { controls } from './controls.mjs';
import { DIALOG_FILE, handedOver, hold } from './file-loading.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const HERE = { container: 'here', autofocus: true };
/** The number of random moments at which the dialog loads while a person types. */
const MOMENTS = 50;
const TYPED = 'nora.kaiser+news@example.com';

/** Waits until the dialog has replaced the painted screen. @param {Page} page */
async function fullyReplaced(page) {
  await handedOver(page);
  assert.equal(await page.locator('.lk').count(), 1);
  assert.equal(await page.locator('[id^=lk-p]').count(), 0);
}

/** The text of the focused field. @param {Page} page */
const field = (page) => page.evaluate(() => {
  const { name, value } = /** @type {HTMLInputElement} */ (document.activeElement);
  return { name, value };
});

/**
 * Selects by keys, because fields of the type `email` have no selection methods.
 *
 * @param {Page} page
 * @param {number} start
 * @param {number} end
 * @param {'forward' | 'backward'} direction
 */
async function select(page, start, end, direction) {
  const press = async (/** @type {string} */ key, /** @type {number} */ times) => {
    for (let time = 0; time < times; time++) await page.keyboard.press(key);
  };
  await press('Home', 1);
  await press('ArrowRight', direction === 'forward' ? start : end);
  await press(direction === 'forward' ? 'Shift+ArrowRight' : 'Shift+ArrowLeft', end - start);
}

for (const [where, options] of Object.entries({ 'over the page': {}, 'in the page': HERE })) {
  for (const cpu of [1, 4]) {
    test(`at random moments of typing no key is lost, doubled or out of order (${where}, ${cpu}x CPU)`, async () => {
      let seed = cpu;
      const random = (/** @type {number} */ below) => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
        return Math.floor((seed / 0x80000000) * below);
      };
      const { context, page, problems } = await stage.open();
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
      for (let moment = 0; moment < MOMENTS / 2; moment++) {
        await page.reload();
        const go = await hold(page);
        await stage.dialog(page, options);
        await controls(page).email.click();
        const typing = page.keyboard.type(TYPED, { delay: 2 });
        await pause(random(60));
        go();
        await typing;
        await fullyReplaced(page);
        await page.keyboard.type('|');
        assert.deepEqual(await field(page), { name: 'email', value: `${TYPED}|` }, `moment ${moment}`);
        await page.unroute(DIALOG_FILE);
      }
      assert.deepEqual(problems, []);
      await context.close();
    });
  }

  test(`caret and selection stay where they are (${where})`, async () => {
    for (const [start, end, direction] of /** @type {const} */ ([[3, 3, 'forward'], [0, 0, 'forward'], [2, 7, 'forward'], [2, 7, 'backward'], [0, 16, 'forward']])) {
      const { context, page } = await stage.open();
      const go = await hold(page);
      await stage.dialog(page, options);
      await controls(page).email.fill('nora@example.com');
      await select(page, start, end, direction);
      go();
      await fullyReplaced(page);
      // One more key to the left moves the end of a backward selection, or collapses a forward one to its
      // start.
      const isBackward = direction === 'backward';
      if (isBackward) await page.keyboard.press('Shift+ArrowLeft');
      await page.keyboard.type('X');
      assert.equal((await field(page)).value, `${'nora@example.com'.slice(0, isBackward ? start - 1 : start)}X${'nora@example.com'.slice(end)}`, `${start} to ${end}, ${direction}`);
      await context.close();
    }
  });
}

test('a field that was emptied stays empty', async () => {
  const { context, page } = await stage.open();
  const go = await hold(page);
  await stage.dialog(page, { prefill: { email: 'old@example.com' } });
  await controls(page).email.fill('');
  go();
  await fullyReplaced(page);
  assert.equal(await controls(page).email.inputValue(), '');
  await context.close();
});

test('a number, its country and ticked terms are kept', async () => {
  const { context, page, problems } = await stage.open();
  const go = await hold(page);
  await stage.dialog(page, { allowedConnections: ['sms'], mustAcceptTerms: true });
  await controls(page).country.selectOption('CH');
  await controls(page).phone.fill('079 123 45 67');
  await page.getByRole('checkbox').check();
  go();
  await fullyReplaced(page);
  assert.equal(await controls(page).country.inputValue(), 'CH');
  assert.equal(await controls(page).phone.inputValue(), '079 123 45 67');
  assert.equal(await page.getByRole('checkbox').isChecked(), true);
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a text that is being composed with an input method is not interrupted', async () => {
  const { context, page, problems } = await stage.open();
  const go = await hold(page);
  await stage.dialog(page);
  await controls(page).email.click();
  const session = await context.newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'のら', selectionStart: 2, selectionEnd: 2 });
  go();
  await page.evaluate(() => /** @type {any} */ (window).lock._loading);
  await page.evaluate(() => new Promise((done) => { setTimeout(done, 300); }));
  assert.ok(await page.evaluate(() => document.querySelector('[id^=lk-p]')), 'the painted screen waits');
  await session.send('Input.imeSetComposition', { text: 'のらん', selectionStart: 3, selectionEnd: 3 });
  await session.send('Input.insertText', { text: '野蘭' });
  await fullyReplaced(page);
  assert.equal((await field(page)).value, '野蘭');
  await page.keyboard.type('@example.com');
  assert.equal((await field(page)).value, '野蘭@example.com');
  assert.deepEqual(problems, []);
  await context.close();
});

test('Enter before the dialog has loaded sends one code', async () => {
  const { context, page, problems } = await stage.open();
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => { if (request.url().endsWith('/passwordless/start') && request.method() === 'POST') asked.push(request.url()); });
  const go = await hold(page);
  await stage.dialog(page);
  await controls(page).email.fill('early@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sending the code…' }).waitFor();
  await page.keyboard.press('Enter');
  go();
  await controls(page).code.waitFor();
  assert.equal(asked.length, 1);
  assert.deepEqual((await stage.heard(page)).filter((name) => /show|ready|submit/.test(name)), ['show', 'socialOrEmail ready', 'socialOrEmail submit', 'vcode ready']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a social button that was pressed leads to its connection', async () => {
  const { context, page } = await stage.open();
  const go = await hold(page);
  await stage.dialog(page, { allowedConnections: ['google-oauth2', 'github', 'email'] });
  await page.getByRole('button', { name: 'Continue with GitHub' }).click();
  await page.locator('.lk [aria-busy=true]').waitFor();
  const left = page.waitForRequest(/\/authorize\?.*connection=github/);
  go();
  await left;
  await context.close();
});

test('the switch to text messages that was pressed is carried out, with the address kept', async () => {
  const { context, page } = await stage.open();
  const go = await hold(page);
  await stage.dialog(page, { allowedConnections: ['email', 'sms'] });
  await page.getByRole('button', { name: 'Use a text message instead' }).click();
  await controls(page).email.fill('nora@example.com');
  await page.getByRole('button', { name: 'Use a text message instead' }).click();
  go();
  await controls(page).phone.waitFor();
  await page.getByRole('button', { name: 'Use e-mail instead' }).click();
  assert.equal(await controls(page).email.inputValue(), 'nora@example.com');
  await context.close();
});

test('Escape, and the close button, close the painted screen for good, and give the focus back', async () => {
  for (const leave of /** @type {((page: Page) => Promise<void>)[]} */ ([(page) => page.keyboard.press('Escape'), (page) => controls(page).close.click()])) {
    const { context, page, problems } = await stage.open();
    const go = await hold(page);
    await stage.dialog(page);
    await controls(page).email.waitFor();
    await leave(page);
    assert.equal(await page.locator('.lk').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'opener');
    go();
    await handedOver(page);
    assert.equal(await page.locator('.lk').count(), 0);
    assert.deepEqual((await stage.heard(page)).filter((name) => name !== 'hash_parsed'), ['show', 'socialOrEmail ready', 'cancelled', 'hide']);
    await page.locator('#opener').click();
    await controls(page).email.waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  }
});

test('a dialog that is not closable stays open on Escape, before and after the handover', async () => {
  const { context, page } = await stage.open();
  const go = await hold(page);
  await stage.dialog(page, { closable: false });
  await controls(page).email.waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.lk').count(), 1);
  go();
  await fullyReplaced(page);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.lk').count(), 1);
  await context.close();
});

test('closing the dialog that took over gives the focus back to what had it before the painted screen', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page);
  await fullyReplaced(page);
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'opener');
  await context.close();
});

test('the handover moves nothing, and the page gets no focus events', async () => {
  const { context, page } = await stage.open();
  const go = await hold(page);
  await stage.dialog(page);
  await controls(page).email.fill('nora@example.com');
  await page.evaluate(() => {
    const w = /** @type {any} */ (window);
    w.moves = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) w.moves.push(entry.entryType); }).observe({ type: 'layout-shift' });
    document.getElementById('opener')?.addEventListener('focus', () => w.moves.push('focus'));
    document.body.addEventListener('focus', () => w.moves.push('body'));
  });
  go();
  await fullyReplaced(page);
  await page.evaluate(() => new Promise((done) => { setTimeout(done, 200); }));
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).moves), []);
  await context.close();
});

test('painting and taking over violate no strict policy with Trusted Types', async () => {
  const { context, page, problems } = await stage.open({ path: '/?strict' });
  await page.evaluate(() => {
    const w = /** @type {any} */ (window);
    w.reports = [];
    document.addEventListener('securitypolicyviolation', (event) => w.reports.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  const go = await hold(page);
  await stage.dialog(page, { theme: { primaryColor: '#0a7d5a', authButtons: { acme: { primaryColor: '#123456' } } }, allowedConnections: ['acme', 'email'], flashMessage: { type: 'info', text: 'Hello.' } });
  await controls(page).email.fill('strict@example.com');
  go();
  await fullyReplaced(page);
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code('strict@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  assert.deepEqual(problems, []);
  await context.close();
});
