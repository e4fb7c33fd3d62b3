// @ts-check
/** Requests that are sent once although they are asked for often, and requests that wait for a network. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls, toCode } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** Counts requests to a path of the tenant. @param {Page} page @param {string} path */
function asked(page, path) {
  /** @type {string[]} */
  const urls = [];
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith(path)) urls.push(request.url()); });
  return urls;
}

/** @param {Page} page */
const loggedIn = (page) => page.waitForURL(/\/callback\?.*code=/);

/** Presses and clicks everything that submits, in one task. @param {Page} page */
const hammer = (page) => page.evaluate(() => {
  const field = /** @type {HTMLInputElement} */ (document.querySelector('.lk input:not([type=checkbox])'));
  const button = /** @type {HTMLButtonElement} */ (document.querySelector('.lk-submit'));
  for (let times = 0; times < 3; times++) {
    button.click();
    field.form?.requestSubmit();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  }
});

test('an address that is submitted many times at once has one code sent, and a code is checked once', async () => {
  const { context, page, problems } = await stage.open();
  const [starts, checks] = [asked(page, '/passwordless/start'), asked(page, '/co/authenticate')];
  await stage.dialog(page);
  await controls(page).email.fill('once@example.com');
  await hammer(page);
  await controls(page).code.waitFor();
  assert.equal(starts.length, 1);
  const code = await stage.code('once@example.com');
  // A delayed response leaves time to press again.
  await page.route('**/co/authenticate', async (route) => {
    await hammer(page);
    await route.continue();
  });
  await controls(page).code.fill(code);
  await hammer(page);
  await loggedIn(page);
  assert.equal(checks.length, 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test('an empty code and a short one never leave the page, however they are submitted', async () => {
  const { context, page } = await stage.open();
  const checks = asked(page, '/co/authenticate');
  await toCode(stage, page, 'short@example.com');
  for (const text of ['', '12345']) {
    await controls(page).code.fill(text);
    await hammer(page);
    await page.locator('.lk [aria-invalid=true]').waitFor();
    assert.equal(await controls(page).code.inputValue(), text);
  }
  await controls(page).code.fill(await stage.code('short@example.com'));
  await loggedIn(page);
  assert.equal(checks.length, 1);
  await context.close();
});

test('another code that is asked for many times at once is sent once', async () => {
  const { context, page } = await stage.open();
  const starts = asked(page, '/passwordless/start');
  await toCode(stage, page, 'again@example.com', { resendCoolDown: 1 });
  const resend = page.getByRole('button', { name: 'Send a new code', exact: true });
  await resend.evaluate((/** @type {HTMLButtonElement} */ button) => { for (let times = 0; times < 4; times++) button.click(); });
  await controls(page).alert.getByText('A new code is on its way').waitFor();
  assert.equal(starts.length, 2);
  await context.close();
});

test('offline each request shows a note, waits, and is repeated when the browser is online', async () => {
  const { context, page } = await stage.open();
  const [starts, checks] = [asked(page, '/passwordless/start'), asked(page, '/co/authenticate')];
  const loaded = page.waitForResponse('**/lock.more.js');
  await stage.dialog(page, { resendCoolDown: 1 });
  await (await loaded).finished();
  const said = controls(page).alert.getByText(/offline/i);
  await controls(page).email.fill('offline@example.com');
  await context.setOffline(true);
  await page.keyboard.press('Enter');
  await said.waitFor();
  assert.equal(await controls(page).email.inputValue(), 'offline@example.com');
  await context.setOffline(false);
  await controls(page).code.waitFor();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Send a new code', exact: true }).click();
  await said.waitFor();
  await context.setOffline(false);
  await controls(page).alert.getByText('A new code is on its way').waitFor();
  const code = await stage.code('offline@example.com', 1);
  await context.setOffline(true);
  await controls(page).code.fill(code);
  await said.waitFor();
  assert.equal(await controls(page).code.inputValue(), code, 'a code that the tenant did not judge stays');
  const before = [starts.length, checks.length];
  await context.setOffline(false);
  await loggedIn(page);
  assert.deepEqual([starts.length, checks.length], [before[0], before[1] + 1]);
  await context.close();
});
