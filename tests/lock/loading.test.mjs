// @ts-check
/** The dialog loads behind its painted first screen: late, not at all, or at the second try. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls, toCode } from './controls.mjs';
import { DIALOG_FILE, failToLoad, handedOver, hold, openOnly } from './file-loading.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** Counts requests for a code. @param {Page} page */
function starts(page) {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => { if (request.url().endsWith('/passwordless/start') && request.method() === 'POST') asked.push(request.url()); });
  return asked;
}

for (const path of ['/', '/?module']) {
  test(`the dialog fails to load at the first submit and loads at the second (${path})`, async () => {
    const { context, page } = await stage.open({ path });
    const come = await failToLoad(page);
    await stage.dialog(page);
    await controls(page).email.fill('second@example.com');
    await page.keyboard.press('Enter');
    await controls(page).alert.getByText('can’t be reached').waitFor();
    assert.equal(await page.locator('.lk-panel > .lk-screen').getAttribute('aria-busy'), 'false');
    assert.equal((await stage.heard(page)).filter((name) => name === 'authorization_error').length, 1);
    await come();
    await page.keyboard.press('Enter');
    await controls(page).code.fill(await stage.code('second@example.com'));
    await page.waitForURL(/\/callback\?.*code=/);
    await context.close();
  });
}

test('a dialog that loads slowly: the screen is busy, one request is sent, and the typed text is kept', async () => {
  const { context, page, problems } = await stage.open();
  const go = await hold(page, DIALOG_FILE);
  const asked = starts(page);
  await stage.dialog(page);
  await controls(page).email.fill('slow@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sending the code…' }).waitFor();
  await page.keyboard.press('Enter');
  assert.deepEqual(asked, []);
  go();
  await controls(page).code.waitFor();
  assert.equal(asked.length, 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test('closing the screen while the dialog loads sends no code', async () => {
  const { context, page, problems } = await stage.open();
  const go = await hold(page, DIALOG_FILE);
  const asked = starts(page);
  await stage.dialog(page);
  await controls(page).email.fill('closed@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sending the code…' }).waitFor();
  await page.keyboard.press('Escape');
  const came = page.waitForResponse(DIALOG_FILE);
  go();
  await (await came).finished();
  // This call needs the dialog too, so when it returns, the dialog has loaded.
  await page.evaluate(() => /** @type {any} */ (window).lock.getUserInfo('none').catch(() => {}));
  assert.deepEqual(asked, []);
  assert.equal(await page.locator('.lk').count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test('destroying the dialog while it loads emits nothing more', async () => {
  const { context, page, problems } = await stage.open();
  const go = await hold(page, DIALOG_FILE);
  const asked = starts(page);
  await stage.dialog(page);
  await controls(page).email.fill('destroyed@example.com');
  await page.keyboard.press('Enter');
  await page.evaluate(() => /** @type {any} */ (window).lock.destroy());
  const count = (await stage.heard(page)).length;
  const came = page.waitForResponse(DIALOG_FILE);
  go();
  await (await came).finished();
  await page.evaluate(() => /** @type {any} */ (window).lock.getUserInfo('none').catch(() => {}));
  assert.deepEqual(asked, []);
  assert.deepEqual((await stage.heard(page)).slice(count), []);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a dialog that never loads: after a while the screen shows an error, and the person can try again', async () => {
  const { context, page } = await stage.open();
  await hold(page, DIALOG_FILE);
  await page.clock.install();
  await stage.dialog(page);
  await controls(page).email.fill('never@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sending the code…' }).waitFor();
  await page.clock.runFor(30_000);
  await controls(page).alert.getByText('can’t be reached').waitFor();
  assert.equal(await page.locator('.lk-panel > .lk-screen').getAttribute('aria-busy'), 'false');
  await context.close();
});

test('a message of another tab is handled when the dialog has loaded', async () => {
  const { context, page, problems } = await stage.open();
  const go = await hold(page, DIALOG_FILE);
  await stage.dialog(page);
  await page.evaluate((domain) => new BroadcastChannel(`latchkey-lock/${domain}/latchkey-web`).postMessage('signed in'), stage.tenant.url);
  await page.evaluate(() => new Promise((done) => { setTimeout(done, 200); }));
  assert.equal(await controls(page).email.isVisible(), true);
  go();
  await page.locator('.lk-mark').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Welcome' }).isVisible(), true);
  assert.deepEqual(problems, []);
  await context.close();
});

test('the page’s own texts of later screens are shown when the dialog has loaded', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { languageDictionary: { error: { passwordless: { bad: { connection: 'Ask Ada.' } } } } });
  await stage.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 400, body: { error: 'bad.connection', error_description: 'The connection was disabled.' } });
  await controls(page).email.fill('words@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('Ask Ada.').waitFor();
  await page.getByRole('heading', { name: 'Login isn’t available' }).waitFor();
  await context.close();
});

test('a reload on the code screen shows a busy panel, and then the field', async () => {
  const { context, page, problems } = await stage.open();
  await toCode(stage, page, 'back@example.com');
  await page.reload();
  const go = await hold(page, DIALOG_FILE);
  await stage.dialog(page);
  await page.locator('.lk [aria-busy=true]').waitFor();
  assert.equal(await page.locator('.lk input').count(), 0);
  assert.deepEqual((await stage.heard(page)).filter((name) => name !== 'hash_parsed'), ['show']);
  go();
  await controls(page).code.fill(await stage.code('back@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('after a reload on the code screen the dialog never loads: the panel shows an error, and the second try brings the field', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'again@example.com');
  await page.reload();
  const come = await failToLoad(page);
  await stage.dialog(page);
  await controls(page).alert.getByText('can’t be reached').waitFor();
  assert.equal(await page.locator('.lk-panel > .lk-screen').getAttribute('aria-busy'), 'false');
  await come();
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code('again@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('hiding the dialog while it looks up the last login does not leave the page', async () => {
  const { context, page, problems } = await stage.open({ path: `/?${new URLSearchParams({ kept: 'google-oauth2' })}` });
  const go = await hold(page, DIALOG_FILE);
  await stage.dialog(page, { rememberLastLogin: true, allowedConnections: ['google-oauth2', 'email'], auth: { sso: false } });
  await page.locator('.lk [aria-busy=true]').waitFor();
  await page.evaluate(() => /** @type {any} */ (window).lock.hide());
  go();
  await handedOver(page);
  assert.equal(await page.locator('.lk').count(), 0);
  await page.locator('#opener').click();
  await page.locator('.lk-last').waitFor();
  assert.equal((await stage.heard(page)).filter((name) => name === 'cancelled').length, 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test('without a network the dialog opens, tells a person who submits, and sends the request when online', async () => {
  const { context, page } = await stage.open();
  openOnly(page);
  await context.setOffline(true);
  await stage.dialog(page);
  await controls(page).email.fill('offline@example.com');
  await page.waitForFunction(() => !(/** @type {any} */ (window).lock._loading));
  assert.equal(await controls(page).alert.getByText(/./).count(), 0);
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('You’re offline').waitFor();
  assert.equal(await page.locator('.lk-panel > .lk-screen').getAttribute('aria-busy'), 'false');
  await context.setOffline(false);
  await controls(page).code.waitFor();
  assert.deepEqual(await page.locator('.lk-note:not([hidden])').allInnerTexts(), []);
  await context.close();
});

test('typing after that cancels the request that waits for the network', async () => {
  const { context, page } = await stage.open();
  const asked = starts(page);
  openOnly(page);
  await context.setOffline(true);
  await stage.dialog(page);
  await controls(page).email.fill('offline@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('You’re offline').waitFor();
  await controls(page).email.fill('other@example.com');
  await context.setOffline(false);
  await page.waitForFunction(() => /** @type {any} */ (window).lock._loading?.then(() => true));
  assert.deepEqual(asked, []);
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  assert.equal(asked.length, 1);
  await context.close();
});

test('buttons pressed before the dialog has loaded are carried out afterwards', async () => {
  const { context, page, problems } = await stage.open();
  const go = await hold(page, DIALOG_FILE);
  await stage.dialog(page, { allowedConnections: ['email', 'sms'] });
  await page.getByRole('button', { name: 'Use a text message instead' }).click();
  await controls(page).email.fill('typed@example.com');
  assert.equal(await page.locator('.lk-panel > .lk-screen').getAttribute('aria-busy'), 'false');
  go();
  await controls(page).phone.waitFor();
  await page.getByRole('button', { name: 'Use e-mail instead' }).click();
  assert.equal(await controls(page).email.inputValue(), 'typed@example.com');
  assert.deepEqual(problems, []);
  await context.close();
});

test('missing input is shown when the dialog has loaded, and no request is sent', async () => {
  const { context, page, problems } = await stage.open();
  const asked = starts(page);
  const go = await hold(page, DIALOG_FILE);
  await stage.dialog(page, { mustAcceptTerms: true });
  await page.keyboard.press('Enter');
  await page.locator('.lk [aria-busy=true]').waitFor();
  go();
  await page.getByText('Enter your e-mail address.').waitFor();
  await controls(page).email.fill('nora@example.com');
  await page.keyboard.press('Enter');
  await page.getByText('Tick this box to go on.').waitFor();
  assert.equal(await page.locator('.lk-panel > .lk-screen').getAttribute('aria-busy'), 'false');
  assert.deepEqual(asked, []);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a slip submitted before the dialog has loaded is asked about afterwards', async () => {
  const { context, page, problems } = await stage.open();
  const go = await hold(page, DIALOG_FILE);
  const asked = starts(page);
  await stage.dialog(page);
  await controls(page).email.fill('nora@gmial.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sending the code…' }).waitFor();
  go();
  await page.getByText('Did you mean').waitFor();
  assert.deepEqual(asked, []);
  assert.equal((await stage.heard(page)).filter((name) => name === 'socialOrEmail submit').length, 1);
  assert.deepEqual(problems, []);
  await context.close();
});

/** Makes the first responses for the dialog's file those of an older build. @param {Page} page @param {number} count */
async function outdated(page, count) {
  openOnly(page);
  await page.route(DIALOG_FILE, async (route) => {
    if (count-- <= 0) return route.continue();
    const answer = await route.fetch();
    const body = await answer.text();
    const older = body.replace(/"[0-9a-f]{8}"/, '"01234567"');
    assert.notEqual(older, body, 'the file names its build');
    return route.fulfill({ response: answer, body: older });
  });
}

test('a cached dialog of an older build is requested again', async () => {
  const { context, page, problems } = await stage.open();
  await outdated(page, 1);
  await stage.dialog(page);
  await controls(page).email.fill('kept@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code('kept@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a dialog of another build causes a warning', async () => {
  const { context, page, problems } = await stage.open();
  await outdated(page, Infinity);
  await stage.dialog(page);
  await controls(page).email.fill('mixed@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('can’t be reached').waitFor();
  assert.match(problems[0], /lock\.more\.js is of another build/);
  await context.close();
});

test('a hook that ends after the person cancelled the social login does not leave the page', async () => {
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
