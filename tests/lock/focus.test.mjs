// @ts-check
/** Focus moves, and details that browser engines draw differently. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';
import { controls, toCode } from './controls.mjs';
import { handedOver } from './file-loading.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const HERE = { container: 'here' };

/** Records the focused element each time that it changes, and when an element leaves the page. @param {Page} page */
const watched = (page) => page.evaluate(() => {
  const w = /** @type {any} */ (window);
  w.stops = [];
  const note = () => {
    const now = document.activeElement;
    const name = now === document.body ? 'body' : /** @type {HTMLInputElement} */ (now).name || now?.className || now?.localName;
    if (w.stops.at(-1) !== name) w.stops.push(name);
  };
  new MutationObserver(note).observe(document, { childList: true, subtree: true });
  document.addEventListener('focusin', note);
  document.addEventListener('focusout', ({ relatedTarget }) => { if (!relatedTarget) w.stops.push('nothing'); });
});

for (const [where, options] of Object.entries({ 'over the page': {}, 'in the page': HERE })) {
  for (const way of ['Enter', 'the button']) {
    test(`from the address to the code the focus does not stop at the page, so that no phone puts its keyboard away (${where}, ${way})`, async () => {
      const { context, page } = await stage.open();
      await stage.dialog(page, options);
      await controls(page).email.fill('nora@example.com');
      if (way === 'the button') await controls(page).submit.focus();
      await watched(page);
      await page.keyboard.press('Enter');
      await controls(page).code.waitFor();
      await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.activeElement)?.name === 'code');
      const stops = await page.evaluate(() => /** @type {any} */ (window).stops);
      assert.ok(!stops.includes('body') && !stops.includes('nothing'), stops.join(', '));
      assert.equal(await page.locator('.lk .lk-screen .lk-screen').count(), 1, 'the earlier screen is removed');
      await controls(page).back.click();
      await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.activeElement)?.name === 'email');
      await context.close();
    });
  }
}

for (const options of [{ ...HERE }, { ...HERE, autofocus: false }, { autofocus: false }]) {
  test(`a reload on the code screen moves neither the page nor the focus: ${JSON.stringify(options)}`, async () => {
    const { context, page } = await stage.open();
    const far = () => page.evaluate(() => { /** @type {HTMLElement} */ (document.getElementById('here')).style.marginTop = '3000px'; });
    await far();
    await toCode(stage, page, 'nora@example.com', options);
    await page.reload();
    await far();
    await page.evaluate(() => scrollTo(0, 0));
    await stage.dialog(page, options);
    await controls(page).code.waitFor();
    await page.evaluate(() => new Promise((done) => { setTimeout(done, 300); }));
    assert.notEqual(await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement)?.name), 'code');
    assert.equal(await page.evaluate(() => scrollY), 0);
    await context.close();
  });
}

test('with autofocus the code has the focus after a reload', async () => {
  for (const options of [{}, { ...HERE, autofocus: true }]) {
    const { context, page } = await stage.open();
    await toCode(stage, page, 'nora@example.com', options);
    await page.reload();
    await stage.dialog(page, options);
    await controls(page).code.waitFor();
    await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.activeElement)?.name === 'code');
    await context.close();
  }
});

test('the dialog element is no stop of the Tab key, even if it scrolls', async () => {
  const { context, page } = await stage.open({ viewport: { width: 400, height: 240 } });
  await stage.dialog(page, { mustAcceptTerms: true, allowedConnections: ['github', 'email'] });
  assert.equal(await page.locator('dialog.lk').evaluate((dialog) => /** @type {HTMLElement} */ (dialog).tabIndex), -1);
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab');
    assert.notEqual(await page.evaluate(() => document.activeElement?.localName), 'dialog');
  }
  await context.close();
});

test('link buttons are underlined by a line, a style and a thickness that every engine reads', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { allowedConnections: ['email', 'sms'] });
  const link = page.locator('.lk-link:visible').first();
  const { line, thickness } = await link.evaluate((button) => {
    const { textDecorationLine: line, textDecorationThickness: thickness } = getComputedStyle(button);
    return { line, thickness };
  });
  assert.deepEqual([line, thickness], ['underline', '1px']);
  // WebKit's shorthand has no thickness, and WebKit ignores a declaration with one as a whole.
  const css = readFileSync(join(root, 'crates', 'lock', 'style.css'), 'utf8');
  for (const [, value] of css.matchAll(/text-decoration:([^;}]*)/g)) assert.match(value.trim(), /^(none|underline)$/);
  await context.close();
});

for (const [language, options] of /** @type {const} */ ([['ar', { allowedConnections: ['sms'] }], ['he', { allowedConnections: ['sms'] }], ['fa', { allowedConnections: ['email'] }]])) {
  test(`in ${language} fields stand under their labels: what is typed at the right, placeholders from right to left`, async () => {
    const { context, page } = await stage.open();
    await stage.dialog(page, { language, ...options });
    await handedOver(page);
    const field = page.locator('.lk input.lk-input');
    const looks = () => field.evaluate((input) => {
      const { direction, textAlign } = getComputedStyle(input);
      return { direction, textAlign };
    });
    assert.deepEqual(await looks(), { direction: 'rtl', textAlign: 'right' });
    await field.fill('0501234567');
    assert.deepEqual(await looks(), { direction: 'ltr', textAlign: 'right' });
    await context.close();
  });
}

test('from left to right labels, fields and placeholders stay as they are', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { allowedConnections: ['sms'] });
  const { direction, textAlign } = await page.locator('.lk input.lk-input').evaluate((input) => {
    const { direction, textAlign } = getComputedStyle(input);
    return { direction, textAlign };
  });
  assert.equal(direction, 'ltr');
  assert.match(textAlign, /^(start|left)$/);
  await context.close();
});

test('the button that leads back from a login is labelled with its purpose', async () => {
  const { context, page } = await stage.open({ path: '/?framed' });
  await toCode(stage, page, 'done@example.com', { auth: { redirect: false, responseType: 'token id_token' } });
  await controls(page).code.fill(await stage.code('done@example.com'));
  await page.getByRole('heading', { name: 'Welcome' }).waitFor();
  assert.equal(await controls(page).back.count(), 0);
  await page.getByRole('button', { name: 'Not your account?' }).click();
  await controls(page).email.waitFor();
  await page.evaluate((domain) => new BroadcastChannel(`latchkey-lock/${domain}/latchkey-web`).postMessage('signed in'), stage.tenant.url);
  await page.getByText('You logged in in another tab.').first().waitFor();
  assert.equal(await controls(page).back.count(), 0);
  await page.getByRole('button', { name: 'Not your account?' }).click();
  await controls(page).email.waitFor();
  await context.close();
});
