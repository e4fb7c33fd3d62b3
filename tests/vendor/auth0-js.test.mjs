// @ts-check
/** The original auth0.js with the mock tenant. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { wrong } from '../e2e/harness.mjs';
import { installed, startVendorWorld } from './world.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ADDRESS = 'ada@example.com';

/** @param {string} tenant */
const client = (tenant) => `<script>
  const client = new auth0.WebAuth({
    domain: '${tenant}', clientID: 'latchkey-spa', redirectUri: location.origin + '/callback',
    responseType: 'token id_token', scope: 'openid profile email', overrides: { __token_issuer: '${tenant}/' },
  });
  const told = (call) => new Promise((resolve) => call((error, result) => resolve(error ? { error } : { result })));
</script>`;

/** @type {import('./world.mjs').VendorWorld} */
let world;
before(async () => {
  world = await startVendorWorld({
    module: 'import auth0 from "auth0-js"; globalThis.auth0 = auth0;',
    pages: (tenant) => ({
      '/': client(tenant),
      '/callback': `${client(tenant)}<pre id="result"></pre><script>
        told((done) => client.parseHash({}, done)).then((outcome) => { document.getElementById('result').textContent = JSON.stringify(outcome); });
      </script>`,
      '/bye': '<h1>Bye</h1>',
      '/verify': `${client(tenant)}<script>client.crossOriginVerification();</script>`,
    }),
  });
});
after(() => world?.stop());
beforeEach(() => world.reset());

/**
 * Calls a method of the page's client and returns the arguments of its callback.
 *
 * @param {Page} page
 * @param {string} method
 * @param {Record<string, unknown>} options
 * @returns {Promise<{ result?: any, error?: any }>}
 */
const call = (page, method, options) => page.evaluate(
  ([name, given]) => /** @type {any} */ (globalThis).eval('told')((/** @type {any} */ done) => /** @type {any} */ (globalThis).eval('client')[name](given, done)),
  /** @type {const} */ ([method, options]),
);

/** @param {Page} page @param {'code' | 'link'} send */
async function start(page, send) {
  await page.goto(world.url);
  const { error } = await call(page, 'passwordlessStart', { connection: 'email', send, email: ADDRESS });
  assert.equal(error, undefined);
}

/** The result of the callback page. @param {Page} page */
async function outcome(page) {
  const text = page.locator('#result:not(:empty)');
  return JSON.parse(await text.innerText());
}

/** Logs in with a code and waits for the navigation. @param {Page} page @param {string} code */
const login = (page, code) => page.evaluate(
  ([email, verificationCode]) => { /** @type {any} */ (globalThis).eval('client').passwordlessLogin({ connection: 'email', email, verificationCode }, () => {}); },
  /** @type {const} */ ([ADDRESS, code]),
);

test('auth0-js is version 10.2.1', () => assert.equal(installed('auth0-js'), '10.2.1'));

test('a code logs in, the ID token is valid, and userinfo returns the profile', async () => {
  const { page, context, errors } = await world.open();
  await start(page, 'code');
  await login(page, await world.code(ADDRESS));
  const { result, error } = await outcome(page);
  assert.equal(error, undefined);
  assert.equal(result.idTokenPayload.email, ADDRESS);
  assert.equal(result.idTokenPayload.iss, `${world.tenant.url}/`);
  assert.equal(result.idTokenPayload.aud, 'latchkey-spa');
  const profile = await page.evaluate(
    (token) => /** @type {any} */ (globalThis).eval('told')((/** @type {any} */ done) => /** @type {any} */ (globalThis).eval('client').client.userInfo(token, done)),
    result.accessToken,
  );
  assert.equal(profile.result.email, ADDRESS);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a link logs in', async () => {
  const { page, context } = await world.open();
  await start(page, 'link');
  await page.goto((await world.message(ADDRESS)).link);
  const { result, error } = await outcome(page);
  assert.equal(error, undefined);
  assert.equal(result.idTokenPayload.email, ADDRESS);
  await context.close();
});

test('a link that was used before redirects to the callback with an error', async () => {
  const { page, context } = await world.open();
  await start(page, 'link');
  const { link } = await world.message(ADDRESS);
  await page.goto(link);
  await outcome(page);
  await page.goto('about:blank');
  await page.goto(link);
  await page.waitForURL(/\/callback#error=unauthorized/);
  await context.close();
});

test('a wrong code is refused with access_denied and Auth0\'s text, and the right one still works', async () => {
  const { page, context } = await world.open();
  await start(page, 'code');
  const code = await world.code(ADDRESS);
  const { error } = await call(page, 'passwordlessLogin', { connection: 'email', email: ADDRESS, verificationCode: wrong(code) });
  assert.equal(error.code, 'access_denied');
  assert.equal(error.description, 'Wrong email or verification code.');
  await login(page, code);
  assert.equal((await outcome(page)).result.idTokenPayload.email, ADDRESS);
  await context.close();
});

test('an expired code has its own error, and a new one works', async () => {
  const { page, context } = await world.open();
  await start(page, 'code');
  const code = await world.code(ADDRESS);
  await world.control('POST', 'clock', { advance_s: 181 });
  const { error } = await call(page, 'passwordlessLogin', { connection: 'email', email: ADDRESS, verificationCode: code });
  assert.match(error.description, /has expired/);
  // auth0.js refuses an ID token from the future.
  await world.control('POST', 'clock', { reset: true });
  await start(page, 'code');
  await login(page, await world.code(ADDRESS, 1));
  assert.equal((await outcome(page)).result.idTokenPayload.email, ADDRESS);
  await context.close();
});

test('checkSession renews the tokens, and fails with login_required after a logout', async () => {
  const { page, context } = await world.open();
  await start(page, 'code');
  await login(page, await world.code(ADDRESS));
  await outcome(page);
  const renewed = await call(page, 'checkSession', {});
  assert.equal(renewed.result?.idTokenPayload.email, ADDRESS, JSON.stringify(renewed));
  await page.evaluate(() => /** @type {any} */ (globalThis).eval('client').logout({ returnTo: `${location.origin}/bye`, clientID: 'latchkey-spa' }));
  await page.getByRole('heading', { name: 'Bye' }).waitFor();
  await page.goto(world.url);
  const refused = await call(page, 'checkSession', {});
  assert.equal(refused.error?.code, 'login_required', JSON.stringify(refused));
  await context.close();
});

test('authorize() opens the hosted login page, and both its code and its link return to the application', async () => {
  for (const button of ['Send a code', 'Send a link instead']) {
    const { page, context, errors } = await world.open();
    await page.goto(world.url);
    const before = (await world.control('GET', `outbox?to=${ADDRESS}`)).length;
    await page.evaluate(() => /** @type {any} */ (globalThis).eval('client').authorize());
    await page.getByLabel('E-mail address').fill(ADDRESS);
    await page.getByRole('button', { name: button }).click();
    await page.getByText(ADDRESS).waitFor();
    const messages = await world.control('GET', `outbox?to=${ADDRESS}&wait=5`);
    assert.equal(messages.length, before + 1);
    if (button === 'Send a code') {
      await page.getByLabel('Code').fill(messages.at(-1).code);
      await page.getByRole('button', { name: 'Log in' }).click();
    } else {
      await page.goto(messages.at(-1).link);
    }
    assert.equal((await outcome(page)).result?.idTokenPayload.email, ADDRESS);
    assert.deepEqual(errors, []);
    await context.close();
  }
});

test('with third-party cookies blocked, a login works by auth0.js\'s verification page', async () => {
  await world.control('PATCH', 'settings', { block_third_party_cookies: true });
  await world.control('PATCH', 'clients/latchkey-spa', { cross_origin_loc: `${world.url}/verify` });
  const { page, context } = await world.open();
  await start(page, 'code');
  await login(page, await world.code(ADDRESS));
  assert.equal((await outcome(page)).result?.idTokenPayload.email, ADDRESS);
  await context.close();
});

test('with third-party cookies blocked and without a verification page, the callback gets an error', async () => {
  await world.control('PATCH', 'settings', { block_third_party_cookies: true });
  const { page, context } = await world.open();
  await start(page, 'code');
  await login(page, await world.code(ADDRESS));
  assert.equal((await outcome(page)).error?.errorDescription, 'Unable to configure verification page.');
  await context.close();
});
