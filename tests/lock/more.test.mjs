// @ts-check
/** Features that few pages use, loaded on demand: responses in the fragment, sessions, logins in place. */

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
const TOKENS = { responseType: 'token id_token', params: { scope: 'openid profile email' } };
const IN_PLACE = { auth: { ...TOKENS, redirect: false } };

/** The ways in which a page gets the result of a method. */
const WAYS = /** @type {const} */ (['callback', 'promise']);

/** Logs in by code. @param {Page} page @param {string} address */
async function logIn(page, address) {
  await controls(page).email.fill(address);
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code(address));
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

/**
 * Calls a method of the dialog.
 *
 * @param {Page} page
 * @param {'callback' | 'promise'} way in which the page gets the result
 * @param {string} method
 * @param {unknown[]} args
 * @returns {Promise<any>}
 */
const call = (page, way, method, ...args) => page.evaluate(({ way, method, args }) => {
  const { lock } = /** @type {any} */ (window);
  const plain = (/** @type {any} */ error) => error && { ...error, message: error.message };
  if (way === 'promise') return lock[method](...args).then((/** @type {any} */ result) => ({ result }), (/** @type {any} */ error) => ({ error: plain(error) }));
  return new Promise((done) => { lock[method](...args, (/** @type {any} */ error, /** @type {any} */ result) => done({ error: plain(error), result })); });
}, { way, method, args });

for (const path of ['/', '/?module', '/?slim']) {
  test(`a login in place returns tokens; user info, session and logout work (${path})`, async () => {
    const { context, page, problems } = await stage.open({ path });
    await stage.dialog(page, IN_PLACE, SPA);
    await logIn(page, 'ada@example.com');
    const { accessToken, idTokenPayload } = await payloadOf(page, 'authenticated');
    assert.equal(idTokenPayload.email, 'ada@example.com');
    assert.equal(page.url(), `${stage.url}${path}`, 'the browser stays on the page');
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    assert.equal(await page.locator('.lk [aria-busy=true], .lk-spin:visible').count(), 0, 'the dialog waits for nothing');
    const events = await stage.heard(page);
    assert.ok(events.indexOf('step changed') < events.indexOf('authenticated'));
    for (const method of ['getUserInfo', 'getProfile']) {
      for (const way of WAYS) assert.equal((await call(page, way, method, accessToken)).result.email, 'ada@example.com', method);
    }
    const session = await call(page, 'callback', 'checkSession', { responseType: 'token id_token', scope: 'openid email' });
    assert.equal(session.result?.idTokenPayload.email, 'ada@example.com', JSON.stringify(session.error));
    const left = page.waitForRequest('**/v2/logout?**');
    await page.evaluate(() => { /** @type {any} */ (window).lock.logout({ returnTo: `${location.origin}/`, client_id: 'latchkey-spa', federated: true }); });
    const { searchParams } = new URL((await left).url());
    assert.deepEqual({ client: searchParams.get('client_id'), back: searchParams.get('returnTo'), federated: searchParams.has('federated') }, { client: 'latchkey-spa', back: `${stage.url}/`, federated: true });
    await page.waitForURL(`${stage.url}/`);
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test('a wrong code in place shows the usual note; then the right one logs in', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, IN_PLACE, SPA);
  await controls(page).email.fill('wrong@example.com');
  await page.keyboard.press('Enter');
  const code = await stage.code('wrong@example.com');
  await controls(page).code.fill(code === '111111' ? '222222' : '111111');
  await controls(page).alert.getByText('2 tries left').waitFor();
  assert.equal((await payloadOf(page, 'authorization_error')).kind, 'invalid_code');
  await controls(page).code.fill(code);
  assert.ok((await payloadOf(page, 'authenticated')).accessToken);
  await context.close();
});

test('`autoclose` closes a closable dialog and then emits the tokens; login() resolves with them', async () => {
  for (const [address, more, closes] of /** @type {[string, Record<string, any>, boolean][]} */ ([['one@example.com', {}, true], ['two@example.com', { closable: false }, false], ['three@example.com', { container: 'here' }, false]])) {
    const { context, page } = await stage.open();
    await stage.dialog(page, { ...IN_PLACE, autoclose: true, ...more }, { ...SPA, open: false });
    const login = page.evaluate(() => /** @type {any} */ (window).lock.login());
    await logIn(page, address);
    const { step, result } = await login;
    assert.deepEqual([step, result.idTokenPayload.email], ['signed in', address]);
    const events = await stage.heard(page);
    assert.equal(events.includes('hide'), closes);
    if (closes) assert.ok(events.indexOf('hide') < events.indexOf('authenticated'));
    assert.equal(await page.locator('.lk').count(), closes ? 0 : 1);
    await context.close();
  }
});

test('closing while a code is checked in place cancels the login', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, IN_PLACE, SPA);
  await controls(page).email.fill('away@example.com');
  await page.keyboard.press('Enter');
  const code = await stage.code('away@example.com');
  await page.route('**/co/authenticate', () => {});
  const asked = page.waitForRequest('**/co/authenticate');
  await controls(page).code.fill(code);
  const ended = page.waitForEvent('requestfailed');
  await asked;
  await page.keyboard.press('Escape');
  await ended;
  assert.ok(!(await stage.heard(page)).includes('authenticated'));
  await context.close();
});

/** Logs in with a redirect, and keeps the callback page from reading the response. @param {Page} page @param {string} address */
async function callback(page, address) {
  await stage.dialog(page, { auth: TOKENS }, SPA);
  await logIn(page, address);
  await page.waitForURL(/\/callback#.*id_token=/);
}

test('a response in the fragment is read when the dialog is made, emitted, and removed from the address', async () => {
  const { context, page, problems } = await stage.open();
  await callback(page, 'hash@example.com');
  await stage.dialog(page, { auth: TOKENS }, { ...SPA, open: false });
  assert.equal((await payloadOf(page, 'authenticated')).idTokenPayload.email, 'hash@example.com');
  assert.deepEqual(await stage.heard(page), ['hash_parsed', 'authenticated']);
  assert.equal(page.url(), `${stage.url}/callback`);
  assert.deepEqual(problems, []);
  await context.close();
});

test('`autoParseHash: false` leaves the response to resumeAuth, `hashCleanup: false` leaves the fragment', async () => {
  const { context, page } = await stage.open();
  await callback(page, 'resume@example.com');
  await stage.dialog(page, { auth: { ...TOKENS, autoParseHash: false }, hashCleanup: false }, { ...SPA, open: false });
  const hash = new URL(page.url()).hash;
  const { error, result } = await call(page, 'callback', 'resumeAuth', hash);
  assert.equal(error, null);
  assert.equal(result.idTokenPayload.email, 'resume@example.com');
  assert.deepEqual(await stage.heard(page), ['hash_parsed', 'authenticated']);
  assert.equal(new URL(page.url()).hash, hash);
  await context.close();
});

test("the router's state stays when the response is removed from the address", async () => {
  const { context, page } = await stage.open();
  await callback(page, 'router@example.com');
  await page.evaluate(() => history.replaceState({ key: 'of the router', position: 7 }, ''));
  await stage.dialog(page, { auth: TOKENS }, { ...SPA, open: false });
  await payloadOf(page, 'authenticated');
  assert.equal(page.url(), `${stage.url}/callback`);
  assert.deepEqual(await page.evaluate(() => history.state), { key: 'of the router', position: 7 });
  await context.close();
});

test('a response that could not be checked without a network stays in the address, and a second call reads it', async () => {
  const { context, page } = await stage.open();
  await callback(page, 'keys@example.com');
  const { hash } = new URL(page.url());
  await page.route('**/.well-known/jwks.json', (route) => route.abort());
  await stage.dialog(page, { auth: TOKENS }, { ...SPA, open: false });
  assert.equal((await payloadOf(page, 'authorization_error')).kind, 'network');
  assert.equal(new URL(page.url()).hash, hash);
  const second = await call(page, 'callback', 'resumeAuth', hash);
  assert.equal(second.error.kind, 'network');
  await page.unroute('**/.well-known/jwks.json');
  const third = await call(page, 'callback', 'resumeAuth', hash);
  assert.equal(third.result.idTokenPayload.email, 'keys@example.com');
  assert.equal(new URL(page.url()).hash, '');
  await context.close();
});

test('a response that could not be checked is read after a reload', async () => {
  const { context, page } = await stage.open();
  await callback(page, 'reload@example.com');
  await page.route('**/.well-known/jwks.json', (route) => route.fulfill({ status: 503, body: 'down', headers: { 'access-control-allow-origin': '*' } }));
  await stage.dialog(page, { auth: TOKENS }, { ...SPA, open: false });
  assert.equal((await payloadOf(page, 'authorization_error')).kind, 'server_error');
  await page.unroute('**/.well-known/jwks.json');
  await page.reload();
  await stage.dialog(page, { auth: TOKENS }, { ...SPA, open: false });
  assert.equal((await payloadOf(page, 'authenticated')).idTokenPayload.email, 'reload@example.com');
  assert.equal(new URL(page.url()).hash, '');
  await context.close();
});

test('a refused response emits both events, also from another dialog of the client', async () => {
  const { context, page } = await stage.open({ path: '/callback#error=access_denied&error_description=No.&state=x' });
  await stage.dialog(page, { auth: TOKENS }, { ...SPA, open: false });
  const error = await payloadOf(page, 'authorization_error');
  assert.deepEqual([error.error, await payloadOf(page, 'hash_parsed')], ['access_denied', error]);
  assert.equal(new URL(page.url()).hash, '');
  await context.close();
});

test('a response is read if `auth` is null', async () => {
  const { context, page } = await stage.open({ path: '/callback#error=access_denied&error_description=No.&state=x' });
  const error = await page.evaluate((domain) => new Promise((done) => {
    new /** @type {any} */ (window).Auth0LockPasswordless('latchkey-web', domain, { auth: null }).on('authorization_error', done);
  }), stage.tenant.url);
  assert.equal(error.error, 'access_denied');
  await context.close();
});

test('without a response `hash_parsed` is null, and nothing is loaded', async () => {
  const { context, page } = await stage.open({ path: '/#/inbox?view=error' });
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await stage.dialog(page, {}, { open: false });
  assert.equal(await payloadOf(page, 'hash_parsed'), null);
  assert.deepEqual(requests, []);
  assert.equal(new URL(page.url()).hash, '#/inbox?view=error');
  await context.close();
});

test('an SDK that cannot be loaded is an error of the callback or the promise, and is loaded again', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, {}, { open: false });
  await page.route('**/dist/lock.more.js*', (route) => route.abort());
  for (const way of WAYS) assert.equal((await call(page, way, 'getUserInfo', 'token')).error.kind, 'network');
  await page.unroute('**/dist/lock.more.js*');
  // The SDK has loaded, and the tenant refuses the token.
  assert.notEqual((await call(page, 'callback', 'getUserInfo', 'token')).error.kind, 'network');
  await context.close();
});

test('a social login in place opens a window, whose page passes the response on', async () => {
  const { context, page } = await stage.open({ path: '/?module' });
  await stage.dialog(page, { ...IN_PLACE, allowedConnections: ['google-oauth2', 'email'], popupOptions: { width: 400, height: 300 } }, SPA);
  // The mock tenant has no provider, but it lets a person with a session through.
  await logIn(page, 'window@example.com');
  await payloadOf(page, 'authenticated');
  await context.route('**/authorize?**', (route) => {
    const url = new URL(route.request().url());
    if (!url.searchParams.has('connection')) return route.continue();
    url.searchParams.delete('connection');
    return route.fulfill({ status: 302, headers: { location: url.href } });
  });
  await page.getByRole('button', { name: 'Not your account?' }).click();
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  const popup = await opened;
  await popup.waitForURL(/\/callback/);
  await popup.evaluate(({ domain, options }) => { const w = /** @type {any} */ (window); w.lock = new w.Auth0LockPasswordless('latchkey-spa', domain, options); }, {
    domain: stage.tenant.url, options: { auth: { ...IN_PLACE.auth, redirectUrl: `${stage.url}/callback` } },
  }).catch((error) => { if (!/closed/.test(error.message)) throw error; });
  await page.getByRole('heading', { name: 'Welcome' }).waitFor();
  assert.equal((await payloadOf(page, 'authenticated')).idTokenPayload.email, 'window@example.com');
  assert.ok(popup.isClosed());
  await context.close();
});

test('a window that the person closes emits Lock’s code, and the dialog stays usable', async () => {
  const { context, page } = await stage.open({ path: '/?module' });
  await context.route('**/authorize?**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>provider</title>' }));
  await stage.dialog(page, { ...IN_PLACE, allowedConnections: ['google-oauth2', 'email'] }, SPA);
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await (await opened).close();
  await controls(page).alert.getByText('The window was closed').waitFor();
  assert.equal((await payloadOf(page, 'authorization_error')).code, 'lock.popup_closed');
  await context.close();
});

test('hooks.loggingIn runs before a social login, goes on by its callback, and stops it by throwing', async () => {
  const { context, page } = await stage.open({ path: '/?module' });
  await page.evaluate(({ domain }) => {
    const w = /** @type {any} */ (window);
    w.calls = 0;
    w.lock = new w.Auth0LockPasswordless('latchkey-web', domain, {
      allowedConnections: ['google-oauth2', 'email'], auth: { redirectUrl: `${location.origin}/callback` },
      hooks: {
        loggingIn(/** @type {any} */ _, /** @type {() => void} */ go) {
          w.calls += 1;
          if (w.calls === 1) throw { code: 'hook_error', description: 'Only members may log in.' };
          setTimeout(go);
        },
      },
    });
    w.lock.show();
  }, { domain: stage.tenant.url });
  const button = page.getByRole('button', { name: 'Continue with Google' });
  await button.click();
  await controls(page).alert.getByText('Only members may log in.').waitFor();
  const left = page.waitForRequest('**/authorize?**');
  await button.click();
  assert.equal(new URL((await left).url()).searchParams.get('connection'), 'google-oauth2');
  await context.close();
});
