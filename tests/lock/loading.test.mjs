// @ts-check
/** What the dialog does without comes behind its first screen: late, not at all, or at the second try. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startStage } from './stage.mjs';
import { parts } from './words.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const MORE = '**/dist/lock.more.js*';

/** Answers nothing until it is let go. @param {Page} page @param {string} pattern */
async function held(page, pattern) {
  /** @type {(() => void)[]} */
  const waiting = [];
  await page.route(pattern, (route) => { waiting.push(() => { route.continue().catch(() => {}); }); });
  return () => { for (const go of waiting.splice(0)) go(); };
}

/** How often the tenant was asked for a code. @param {Page} page */
function starts(page) {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => { if (request.url().endsWith('/passwordless/start') && request.method() === 'POST') asked.push(request.url()); });
  return asked;
}

for (const path of ['/', '/?module', '/?slim']) {
  test(`it fails at the first submit and comes at the second (${path})`, async () => {
    const { context, page } = await stage.open({ path });
    await page.route(MORE, (route) => route.abort());
    await stage.dialog(page);
    await parts(page).email.fill('second@example.com');
    await page.keyboard.press('Enter');
    await parts(page).alert.getByText('can’t be reached').waitFor();
    assert.equal(await page.locator('.lk-panel').getAttribute('aria-busy'), 'false');
    await page.unroute(MORE);
    await page.keyboard.press('Enter');
    await parts(page).code.fill(await stage.code('second@example.com'));
    await page.waitForURL(/\/callback\?.*code=/);
    await context.close();
  });
}

test('it is slow: the screen says that it is at work, one request goes out, and typing is kept', async () => {
  const { context, page, problems } = await stage.open();
  const go = await held(page, MORE);
  const asked = starts(page);
  await stage.dialog(page);
  await parts(page).email.fill('slow@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sending the code…' }).waitFor();
  await page.keyboard.press('Enter');
  assert.deepEqual(asked, []);
  go();
  await parts(page).code.waitFor();
  assert.equal(asked.length, 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test('who closes the dialog while it is on its way has no code sent', async () => {
  const { context, page, problems } = await stage.open();
  const go = await held(page, MORE);
  const asked = starts(page);
  await stage.dialog(page);
  await parts(page).email.fill('closed@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sending the code…' }).waitFor();
  await page.keyboard.press('Escape');
  const came = page.waitForResponse(MORE);
  go();
  await (await came).finished();
  // It is there when something else that needs it is answered.
  await page.evaluate(() => /** @type {any} */ (window).lock.getUserInfo('none').catch(() => {}));
  assert.deepEqual(asked, []);
  assert.equal(await page.locator('.lk').count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a page that destroys the dialog while it is on its way hears nothing more', async () => {
  const { context, page, problems } = await stage.open();
  const go = await held(page, MORE);
  const asked = starts(page);
  await stage.dialog(page);
  await parts(page).email.fill('destroyed@example.com');
  await page.keyboard.press('Enter');
  await page.evaluate(() => /** @type {any} */ (window).lock.destroy());
  const told = (await stage.heard(page)).length;
  const came = page.waitForResponse(MORE);
  go();
  await (await came).finished();
  await page.evaluate(() => /** @type {any} */ (window).lock.getUserInfo('none').catch(() => {}));
  assert.deepEqual(asked, []);
  assert.deepEqual((await stage.heard(page)).slice(told), []);
  assert.deepEqual(problems, []);
  await context.close();
});

test('it never comes: after a while the dialog says so, and can be tried again', async () => {
  const { context, page } = await stage.open();
  await held(page, MORE);
  await page.clock.install();
  await stage.dialog(page);
  await parts(page).email.fill('never@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sending the code…' }).waitFor();
  await page.clock.runFor(30_000);
  await parts(page).alert.getByText('can’t be reached').waitFor();
  assert.equal(await page.locator('.lk-panel').getAttribute('aria-busy'), 'false');
  await context.close();
});

test('a step of the page’s own before a social login that ends after the person gave up leads nowhere', async () => {
  const { context, page, problems } = await stage.open();
  await page.evaluate(({ domain }) => {
    const w = /** @type {any} */ (window);
    w.lock = new w.Auth0LockPasswordless('latchkey-web', domain, {
      allowedConnections: ['google-oauth2', 'email'], auth: { redirectUrl: `${location.origin}/callback` }, hooks: { loggingIn(/** @type {any} */ _, /** @type {() => void} */ go) { w.go = go; } },
    });
    w.lock.show();
  }, { domain: stage.tenant.url });
  /** @type {string[]} */
  const left = [];
  page.on('request', (request) => { if (request.url().includes('/authorize')) left.push(request.url()); });
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await page.waitForFunction(() => 'go' in window);
  await page.keyboard.press('Escape');
  await page.evaluate(() => /** @type {any} */ (window).go());
  await page.evaluate(() => /** @type {any} */ (window).lock.getUserInfo('none').catch(() => {}));
  assert.deepEqual(left, []);
  assert.deepEqual(problems, []);
  await context.close();
});
