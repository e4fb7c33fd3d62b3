// @ts-check
/** The last login and the owner of an address: what the dialog stores, what it requests, and what it never does. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const SPA = { client: 'latchkey-spa' };
const ADA = 'ada@example.com';
const REMEMBER = { rememberLastLogin: true };
const IN_PLACE = { ...REMEMBER, auth: { redirect: false, responseType: 'token id_token', params: { scope: 'openid profile email' } } };

/** The data that the browser has stored for the page. @param {Page} page @returns {Promise<Record<string, string>>} */
const kept = (page) => page.evaluate(() => ({ ...localStorage }));

/** Logs in by code. @param {Page} page @param {string} address @param {number} [after] */
async function logIn(page, address, after) {
  await controls(page).email.fill(address);
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code(address, after));
}

/**
 * The payload of the last event with this name, once there is one.
 *
 * @param {Page} page
 * @param {string} name
 * @returns {Promise<any>}
 */
async function payloadOf(page, name) {
  await page.waitForFunction((name) => /** @type {any} */ (window).heard.some((/** @type {any[]} */ [heard]) => heard === name), name);
  return page.evaluate((name) => /** @type {any} */ (window).heard.findLast((/** @type {any[]} */ [heard]) => heard === name)[1], name);
}

/** The button of the last login. @param {Page} page @param {string} [name] */
const again = (page, name = ADA) => page.getByRole('button', { name, exact: true });

/** The paths of requests to the tenant. @param {Page} page */
function asked(page) {
  /** @type {string[]} */
  const paths = [];
  page.on('request', (request) => { if (request.url().startsWith(stage.tenant.url)) paths.push(new URL(request.url()).pathname); });
  return paths;
}

test('no login is stored or read unless the page wants it', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, {}, SPA);
  await logIn(page, ADA);
  await page.waitForURL(/\/callback/);
  assert.deepEqual(await kept(page), {});
  await page.goto(stage.url);
  await stage.remember(page, `email\n${ADA}`, 'latchkey-spa');
  await stage.dialog(page, {}, SPA);
  await controls(page).email.waitFor();
  await context.close();
});

test('after a login by code the address is offered the next time, and its session logs in by a redirect', async () => {
  const { context, page, problems } = await stage.open();
  await stage.dialog(page, REMEMBER, SPA);
  await logIn(page, ADA);
  await page.waitForURL(/\/callback/);
  assert.deepEqual(await kept(page), { [`latchkey-lock/${stage.tenant.url}/latchkey-spa`]: `email\n${ADA}` });
  await page.goto(stage.url);
  const paths = asked(page);
  await stage.dialog(page, REMEMBER, SPA);
  await again(page).waitFor();
  assert.deepEqual(paths, [], 'no request before the press');
  assert.deepEqual((await stage.heard(page)).filter((name) => name !== 'hash_parsed'), ['show', 'step changed']);
  const left = page.waitForRequest((request) => request.isNavigationRequest() && request.frame() === page.mainFrame());
  await again(page).click();
  const { searchParams } = new URL((await left).url());
  assert.deepEqual([searchParams.get('prompt'), searchParams.get('connection'), searchParams.get('response_type')], ['none', 'email', 'code']);
  await page.waitForURL(/\/callback\?code=/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('in place, a session returns its tokens; another person’s session, or none, sends a code', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, IN_PLACE, SPA);
  await logIn(page, ADA);
  await payloadOf(page, 'authenticated');
  await page.goto(stage.url);
  await stage.dialog(page, IN_PLACE, SPA);
  await again(page).click();
  assert.equal((await payloadOf(page, 'authenticated')).idTokenPayload.email, ADA);
  const [error, data] = await payloadOf(page, 'ssodata fetched');
  assert.deepEqual([error, data.sso, data.lastUsedUsername, data.lastUsedConnection], [null, true, ADA, { name: 'email' }]);
  // The same browser with another person's stored login.
  await page.goto(stage.url);
  await stage.remember(page, 'email\ngrace@example.com', 'latchkey-spa');
  await stage.dialog(page, IN_PLACE, SPA);
  await again(page, 'grace@example.com').click();
  await controls(page).code.waitFor();
  assert.deepEqual(await payloadOf(page, 'ssodata fetched'), [null, { sso: false }]);
  assert.equal((await stage.heard(page)).includes('authenticated'), false);
  await controls(page).code.fill(await stage.code('grace@example.com'));
  assert.equal((await payloadOf(page, 'authenticated')).idTokenPayload.email, 'grace@example.com');
  await context.close();
});

test('without a session, and where none may be asked for, a code is sent at once', async () => {
  for (const options of [REMEMBER, { ...REMEMBER, auth: { sso: false } }]) {
    await stage.control('POST', 'reset');
    const { context, page } = await stage.open();
    await stage.remember(page, `email\n${ADA}`);
    const paths = asked(page);
    await stage.dialog(page, options);
    await again(page).click();
    await controls(page).code.waitFor();
    assert.equal(paths.includes('/authorize'), !('auth' in options));
    if (!('auth' in options)) assert.deepEqual(await payloadOf(page, 'ssodata fetched'), [null, { sso: false }]);
    await stage.code(ADA);
    await context.close();
  }
});

test('a social connection is offered with its look, and without a session the browser leaves for it', async () => {
  const { context, page } = await stage.open();
  const options = { ...REMEMBER, allowedConnections: ['acme', 'email'], theme: { authButtons: { acme: { displayName: 'Acme Ltd', primaryColor: 'rgb(1, 2, 3)' } } } };
  await stage.dialog(page, options);
  await page.route('**/authorize?**', (route) => (route.request().frame() === page.mainFrame() ? route.fulfill({ contentType: 'text/html', body: '<title>provider</title>' }) : route.continue()));
  await page.getByRole('button', { name: 'Continue with Acme Ltd' }).click();
  await page.waitForURL(/connection=acme/);
  await page.goto(stage.url);
  assert.deepEqual(Object.values(await kept(page)), ['acme']);
  await stage.dialog(page, options);
  assert.equal(await again(page, 'Acme Ltd').locator('.lk-badge').evaluate((badge) => getComputedStyle(badge).backgroundColor), 'rgb(1, 2, 3)');
  await again(page, 'Acme Ltd').click();
  await page.waitForURL((url) => url.searchParams.get('connection') === 'acme' && !url.searchParams.has('prompt'));
  await context.close();
});

test('stored data that is foreign, corrupt or outdated is ignored; markup is shown as text', async () => {
  for (const text of ['acme', 'sms\n+4915123456789', '{"connection":"email"}', 'email\n<img src=x onerror=alert(1)>', 'email\n"><svg/onload=alert(1)>@x.example', '\u0000', 'email\n']) {
    const { context, page, problems } = await stage.open({ path: '/?strict' });
    await stage.remember(page, text);
    await stage.dialog(page, REMEMBER);
    await controls(page).email.waitFor();
    assert.deepEqual(problems, [], text);
    await context.close();
  }
  const { context, page, problems } = await stage.open({ path: '/?strict' });
  await stage.remember(page, 'email\n"<svg/onload=alert(1)>"@x.example');
  await stage.dialog(page, REMEMBER);
  await again(page, '"<svg/onload=alert(1)>"@x.example').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('"Not your account?" forgets the login, also by keyboard; Escape during the request cancels it', async () => {
  const { context, page } = await stage.open();
  await stage.remember(page, `email\n${ADA}`);
  await stage.dialog(page, REMEMBER);
  await page.waitForFunction(() => document.activeElement?.classList.contains('lk-last'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id.endsWith('-email'));
  assert.equal(await controls(page).email.inputValue(), '');
  assert.deepEqual(await kept(page), {});
  await page.keyboard.press('Escape');
  await stage.remember(page, `email\n${ADA}`);
  await page.route('**/authorize?**', () => {});
  await page.locator('#opener').click();
  const question = page.waitForRequest('**/authorize?**');
  await page.keyboard.press('Enter');
  await question;
  await page.keyboard.press('Escape');
  await controls(page).dialog.waitFor({ state: 'detached' });
  assert.equal(await page.locator('iframe').count(), 0, 'no frame is left');
  assert.equal((await stage.heard(page)).includes('ssodata fetched'), false);
  await context.close();
});

test('`rememberLastLogin` can be set for one showing', async () => {
  const { context, page } = await stage.open();
  await stage.remember(page, `email\n${ADA}`);
  await stage.dialog(page, {}, { show: REMEMBER });
  await again(page).waitFor();
  await page.evaluate(() => { const { lock } = /** @type {any} */ (window); lock.hide(); lock.show(); });
  await controls(page).email.waitFor();
  assert.equal(Object.keys(await kept(page)).length, 1);
  await context.close();
});

/**
 * Opens a dialog whose page has functions that know people.
 *
 * @param {Page} page
 * @param {string} avatar its source
 * @param {Record<string, any>} [options]
 */
async function acquainted(page, avatar, options = {}) {
  await page.evaluate(({ domain, avatar, options }) => {
    const w = /** @type {any} */ (window);
    w.asked = [];
    w.lock = new w.Auth0LockPasswordless('latchkey-web', domain, { ...options, avatar: w.avatars[avatar] });
    w.lock.show();
  }, { domain: stage.tenant.url, avatar, options });
}

const DOT = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** Makes the functions on the page. @param {Page} page */
const bring = (page) => page.evaluate((dot) => {
  const w = /** @type {any} */ (window);
  const name = (/** @type {string} */ email) => `${email.split('@')[0]} <b>&amp;</b>`;
  const ask = (/** @type {string} */ what, /** @type {string} */ email) => w.asked.push(`${what} ${email}`);
  w.avatars = {
    good: { url: (/** @type {string} */ email, /** @type {any} */ cb) => { ask('url', email); cb(null, dot); }, displayName: (/** @type {string} */ email, /** @type {any} */ cb) => { ask('name', email); cb(null, name(email)); } },
    nameOnly: { displayName: (/** @type {string} */ _, /** @type {any} */ cb) => cb(null, 'Nora') },
    failing: { url: (/** @type {string} */ _, /** @type {any} */ cb) => cb(new Error('no picture')), displayName: () => { throw new Error('no name'); } },
    broken: { url: (/** @type {string} */ _, /** @type {any} */ cb) => cb(null, 'javascript:alert(1)') },
    wrong: { url: 'https://example.com/' },
    late: { displayName: (/** @type {string} */ email, /** @type {any} */ cb) => { w.answer ??= () => cb(null, email); ask('name', email); } },
    none: null,
  };
}, DOT);

test('the page’s functions provide a picture and a name after a pause in typing, under a strict policy', async () => {
  const { context, page, problems } = await stage.open({ path: '/?strict' });
  await bring(page);
  await acquainted(page, 'good');
  await controls(page).email.pressSequentially('nora@example.com');
  await page.getByRole('heading', { name: 'Welcome, nora <b>&amp;</b>!' }).waitFor();
  await page.locator('img.lk-avatar').waitFor();
  assert.equal(await page.locator('img.lk-avatar').getAttribute('src'), DOT);
  assert.equal(await page.locator('img.lk-avatar').getAttribute('alt'), '');
  assert.equal(await page.locator('.lk-logo--mark').isVisible(), false);
  assert.deepEqual((await page.evaluate(() => /** @type {any} */ (window).asked)).slice(-2), ['url nora@example.com', 'name nora@example.com']);
  await controls(page).email.fill('nora');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  assert.equal(await page.locator('img.lk-avatar').isVisible(), false);
  assert.equal(await page.locator('.lk-logo--mark').isVisible(), true);
  assert.deepEqual(problems, []);
  await context.close();
});

test('one function is enough; the page is asked about a prefilled address on opening', async () => {
  const { context, page, problems } = await stage.open();
  await bring(page);
  await acquainted(page, 'nameOnly', { prefill: { email: 'nora@example.com' } });
  await page.getByRole('heading', { name: 'Welcome, Nora!' }).waitFor();
  assert.equal(await page.locator('.lk-logo--mark').isVisible(), true);
  assert.deepEqual(problems, []);
  await context.close();
});

test('functions that fail or throw, and pictures that do not load, change nothing and cause a warning', async () => {
  for (const [avatar, count] of /** @type {const} */ ([['failing', 2], ['broken', 1], ['wrong', 1], ['none', 0]])) {
    for (const disableWarnings of [false, true]) {
      const { context, page, problems } = await stage.open();
      await bring(page);
      const warned = () => problems.filter((problem) => problem.startsWith('Auth0LockPasswordless: '));
      const heard = count && !disableWarnings ? page.waitForEvent('console', () => warned().length === count) : undefined;
      await acquainted(page, avatar, { disableWarnings, prefill: { email: 'nora@example.com' } });
      await heard;
      await page.getByRole('heading', { name: 'Log in' }).waitFor();
      assert.equal(await page.locator('img.lk-avatar:visible').count(), 0, avatar);
      assert.equal(warned().length, disableWarnings ? 0 : count, avatar);
      await context.close();
    }
  }
});

test('a response for an older address is dropped, and the page is not asked after the dialog has closed', async () => {
  const { context, page } = await stage.open();
  await bring(page);
  await acquainted(page, 'late');
  await controls(page).email.fill('one@example.com');
  const asks = (/** @type {string} */ text) => page.waitForFunction((text) => /** @type {any} */ (window).asked.includes(text), text);
  await asks('name one@example.com');
  await controls(page).email.fill('two@example.com');
  await asks('name two@example.com');
  await page.evaluate(() => /** @type {any} */ (window).answer());
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(done); }));
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await controls(page).email.fill('three@example.com');
  const pending = await page.evaluate(() => new Promise((done) => {
    const w = /** @type {any} */ (window);
    w.lock.destroy();
    // Twice the pause of typing: a request would have been made by now.
    setTimeout(() => done(w.asked.length), 600);
  }));
  assert.equal(pending, 2);
  await context.close();
});
