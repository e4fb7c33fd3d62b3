// @ts-check
/** Pages that the browser restores from its back/forward cache, which Playwright turns off by default. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls, toCode } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage({}, { ignoreDefaultArgs: ['--disable-back-forward-cache'] }); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** Records how the page is shown. @param {Page} page */
const listen = (page) => page.evaluate(() => {
  addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
});

/** Goes back to the page as it was. A page that was loaded anew fails the test with the browser's reason. @param {Page} page */
async function goBack(page) {
  // A restored page fires no load event, so the call must not wait for one.
  await page.goBack({ waitUntil: 'commit' });
  assert.deepEqual(
    await page.evaluate(() => {
      const [entry] = /** @type {any[]} */ (performance.getEntriesByType('navigation'));
      return { persisted: /** @type {any} */ (window).persisted, isSame: 'lock' in window, reasons: JSON.stringify(entry.notRestoredReasons ?? null) };
    }),
    { persisted: true, isSame: true, reasons: 'null' },
  );
}

/** @param {Page} page */
const loggedIn = (page) => page.waitForURL(/\/callback\?.*code=/);

/** @param {Page} page */
const busy = (page) => page.locator('.lk-panel > .lk-screen').getAttribute('aria-busy');

test('back from a login by code the address screen has the focus in its field, and logs in again', async () => {
  const { context, page, problems } = await stage.open();
  await listen(page);
  await toCode(stage, page, 'back@example.com');
  await controls(page).code.fill(await stage.code('back@example.com'));
  await loggedIn(page);
  await goBack(page);
  await controls(page).email.waitFor();
  assert.equal(await busy(page), 'false');
  assert.equal(await controls(page).email.inputValue(), 'back@example.com');
  await page.waitForFunction(() => document.activeElement?.id.endsWith('-email'));
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code('back@example.com', 1));
  await loggedIn(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test('back from a social connection, chosen or remembered, nothing is in flight, and it can be chosen again', async () => {
  const { context, page, problems } = await stage.open();
  await page.route('**/authorize?**', (route) => (route.request().frame() === page.mainFrame() ? route.fulfill({ contentType: 'text/html', body: '<title>provider</title>' }) : route.continue()));
  await listen(page);
  await stage.dialog(page, { rememberLastLogin: true, allowedConnections: ['google-oauth2', 'email'] });
  const button = page.getByRole('button', { name: 'Continue with Google' });
  for (let times = 0; times < 2; times++) {
    await button.click();
    await page.waitForURL('**/authorize?**');
    await goBack(page);
    await button.waitFor();
    assert.equal(await busy(page), 'false');
  }
  await page.evaluate(() => { const { lock } = /** @type {any} */ (window); lock.hide(); lock.show(); });
  await page.getByRole('button', { name: 'Google', exact: true }).click();
  await page.waitForURL('**/authorize?**');
  await goBack(page);
  await controls(page).email.waitFor();
  assert.equal(await busy(page), 'false');
  assert.deepEqual(problems, []);
  await context.close();
});

test('a page left on the code screen and restored: its countdown runs, other tabs are heard, and the code works', async () => {
  const { context, page, problems } = await stage.open();
  await listen(page);
  await toCode(stage, page, 'left@example.com');
  await page.keyboard.type('12');
  await page.goto('about:blank');
  await goBack(page);
  assert.equal(await controls(page).code.inputValue(), '12');
  const shown = await controls(page).resend.innerText();
  await page.waitForFunction((shown) => ![.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.lk button'))].some(({ innerText }) => innerText === shown), shown);
  await page.evaluate((domain) => new BroadcastChannel(`latchkey-lock/${domain}/latchkey-web`).postMessage('sent left@example.com'), stage.tenant.url);
  await controls(page).alert.getByText('A newer code was sent').waitFor();
  await controls(page).code.fill(await stage.code('left@example.com'));
  await loggedIn(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a page left during a check and restored: the response logs in', async () => {
  const { context, page, problems } = await stage.open();
  await listen(page);
  await toCode(stage, page, 'checked@example.com');
  let answer = () => {};
  await page.route('**/co/authenticate', async (route) => {
    await new Promise((go) => { answer = () => go(undefined); });
    await route.continue();
  });
  const asked = page.waitForRequest('**/co/authenticate');
  await controls(page).code.fill(await stage.code('checked@example.com'));
  await asked;
  await page.goto('about:blank');
  await goBack(page);
  assert.equal(await busy(page), 'true');
  answer();
  await loggedIn(page);
  assert.deepEqual(problems, []);
  await context.close();
});
