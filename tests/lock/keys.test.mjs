// @ts-check
/** By keyboard alone: every screen, and every transition between two of them. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { SCREENS } from './screens.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/**
 * Presses Tab until the focused element has this name, but not further than once round.
 *
 * @param {Page} page
 * @param {string | RegExp} name
 */
async function tabTo(page, name) {
  /** @type {string[]} */
  const seen = [];
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const element = /** @type {HTMLInputElement} */ (document.activeElement);
      return (element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText ?? '').trim();
    });
    if (typeof name === 'string' ? found === name : name.test(found)) return;
    seen.push(found);
  }
  assert.fail(`Tab never comes to ${name}: ${seen.join(', ')}`);
}

/** @param {Page} page @param {string} id the end of the element's id */
const focusAt = (page, id) => page.waitForFunction((id) => document.activeElement?.id.endsWith(id), id);

test('on every screen Tab reaches every control from top to bottom, nothing covers it, the focus is seen, and Escape closes', async () => {
  for (const { name, path, options, show, reach } of SCREENS) {
    await stage.control('POST', 'reset');
    // The window is low, as when zoomed, so that the focused element has to be scrolled into view.
    const { context, page } = await stage.open({ path, reducedMotion: 'reduce', viewport: { width: 640, height: 360 } });
    await stage.dialog(page, options, { show });
    await page.locator('.lk-panel').waitFor();
    await reach?.(page, stage);
    // The dialog moves the focus in a task of its own, which a busy machine may run after some keys.
    await page.evaluate(() => new Promise((done) => { setTimeout(done); }));
    const controls = await page.evaluate(() => [...document.querySelectorAll('.lk :is(button, a[href], input, select)')].filter((element) => element.getClientRects().length > 0 && !element.closest('[hidden]')).length);
    /** @type {Map<number, { name: string, x: number, y: number }>} */
    const reached = new Map();
    for (let presses = 0; presses < controls + 3; presses++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const element = /** @type {HTMLElement} */ (document.activeElement);
        if (!element.closest('.lk') || element.matches('h2, dialog')) return undefined;
        const all = [...document.querySelectorAll('.lk :is(button, a, input, select)')];
        // The code field shows its focus at a slot.
        const ring = element.matches('.lk-code-input') ? /** @type {Element} */ (document.querySelector('.lk-slot.is-active')) : element;
        const { left, top, width, height } = element.getBoundingClientRect();
        const over = document.elementFromPoint(left + width / 2, top + height / 2);
        const origin = /** @type {Element} */ (document.querySelector('.lk-panel')).getBoundingClientRect();
        return {
          index: all.indexOf(element), name: element.className, x: left - origin.left, y: top - origin.top,
          seen: getComputedStyle(ring).outlineStyle !== 'none', free: over !== null && (element.contains(over) || over.contains(element) && over.matches('label')),
        };
      });
      if (!at) continue;
      assert.ok(at.seen, `${name}: the focus is visible at control ${at.index}`);
      assert.ok(at.free, `${name}: nothing covers ${at.name}`);
      reached.set(at.index, at);
    }
    assert.equal(reached.size, controls, `${name}: controls that Tab reaches`);
    // The order of reading: line by line, and in a line from its start to its end.
    const order = [...reached].sort(([one], [other]) => one - other).map(([, at]) => at);
    for (const [at, { name: control, x, y }] of order.entries()) {
      const next = order[at + 1];
      assert.ok(!next || next.y > y + 4 || (Math.abs(next.y - y) <= 4 && next.x > x), `${name}: ${next?.name} comes after ${control}`);
    }
    await page.keyboard.press('Escape');
    await page.locator('.lk').waitFor({ state: 'detached' });
    await context.close();
  }
});

test('e-mail, the other channel, a country, a number, its code, back and forth', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { allowedConnections: ['email', 'sms'] });
  await controls(page).email.waitFor();
  await tabTo(page, 'Use a text message instead');
  await page.keyboard.press('Enter');
  await focusAt(page, '-phone');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('Germ');
  assert.equal(await controls(page).country.inputValue(), 'DE');
  await page.keyboard.press('Tab');
  await page.keyboard.type('0151 2345678');
  await page.keyboard.press('Enter');
  await focusAt(page, '-code');
  await tabTo(page, 'Back');
  await page.keyboard.press('Enter');
  await focusAt(page, '-phone');
  assert.equal(await controls(page).phone.inputValue(), '0151 2345678');
  await page.keyboard.press('Enter');
  await focusAt(page, '-code');
  await page.keyboard.type(await stage.code('+491512345678'));
  await page.waitForURL(/\/callback\?/);
  await context.close();
});

test('a link, another one, and back', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { passwordlessMethod: 'link', resendCoolDown: 1 });
  await page.keyboard.type('keys@gmail.com');
  await page.keyboard.press('Enter');
  await focusAt(page, '-title');
  await tabTo(page, 'Open Gmail');
  await controls(page).resend.and(page.locator('[aria-disabled=false]')).waitFor();
  await tabTo(page, 'Send the link again');
  await page.keyboard.press('Space');
  await controls(page).alert.getByText('Sent!').waitFor();
  await tabTo(page, 'Back');
  await page.keyboard.press('Enter');
  await focusAt(page, '-email');
  await context.close();
});

test('an error, and the way back to the address', async () => {
  await stage.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 400, body: { error: 'bad.connection' } });
  const { context, page } = await stage.open();
  await stage.dialog(page);
  await page.keyboard.type('keys@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Login isn’t available' }).waitFor();
  await focusAt(page, '-title');
  await tabTo(page, 'Try again');
  await page.keyboard.press('Enter');
  await focusAt(page, '-email');
  await page.keyboard.press('Enter');
  await focusAt(page, '-code');
  await context.close();
});

test('a resend, and a social connection', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { allowedConnections: ['google-oauth2', 'email'], resendCoolDown: 1 });
  await controls(page).email.fill('keys@example.com');
  await page.keyboard.press('Enter');
  await controls(page).resend.and(page.locator('[aria-disabled=false]')).waitFor();
  await tabTo(page, 'Send a new code');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('A new code is on its way').waitFor();
  await focusAt(page, '-code');
  await tabTo(page, 'Back');
  await page.keyboard.press('Enter');
  await focusAt(page, '-email');
  // The social button stands before the field.
  await page.keyboard.press('Shift+Tab');
  assert.equal(await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).dataset.connection), 'google-oauth2');
  const left = page.waitForRequest('**/authorize?**');
  await page.keyboard.press('Enter');
  assert.match((await left).url(), /connection=google-oauth2/);
  await context.close();
});
