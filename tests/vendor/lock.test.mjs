// @ts-check
/** The original Lock, on React 18, with the mock tenant. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { wrong } from '../e2e/harness.mjs';
import { installed, startVendorWorld } from './world.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ADDRESS = 'ada@example.com';

/**
 * @param {string} tenant
 * @param {'code' | 'link'} method
 */
const lock = (tenant, method) => `<script>
  const lock = new Auth0LockPasswordless('latchkey-spa', '${tenant}', {
    clientBaseUrl: '${tenant}', languageBaseUrl: location.origin, overrides: { __tenant: 'mock', __token_issuer: '${tenant}/' },
    theme: { logo: 'data:,' }, avatar: null, defaultLocation: 'DE', allowedConnections: ['email'], passwordlessMethod: '${method}',
    auth: { redirectUrl: location.origin + '/callback', responseType: 'token id_token', params: { scope: 'openid profile email' } },
  });
  const tell = (outcome) => { document.body.insertAdjacentHTML('beforeend', '<pre id="result"></pre>'); document.getElementById('result').textContent = JSON.stringify(outcome); };
  lock.on('authenticated', (result) => tell({ result }));
  lock.on('authorization_error', (error) => tell({ error }));
  if (location.pathname !== '/callback') lock.show();
</script>`;

/** @type {import('./world.mjs').VendorWorld} */
let world;
before(async () => {
  world = await startVendorWorld({
    module: 'import { Auth0LockPasswordless } from "auth0-lock"; globalThis.Auth0LockPasswordless = Auth0LockPasswordless;',
    pages: (tenant) => ({
      '/': lock(tenant, 'code'),
      '/link': lock(tenant, 'link'),
      '/callback': lock(tenant, 'code'),
      '/bye': '<h1>Bye</h1>',
    }),
  });
});
after(() => world?.stop());
beforeEach(() => world.reset());

/** Opens Lock and submits an address. @param {Page} page @param {'/' | '/link'} path */
async function ask(page, path) {
  await page.goto(`${world.url}${path}`);
  await page.locator('.auth0-lock-input[name="email"]').fill(ADDRESS);
  await page.locator('button.auth0-lock-submit').click();
}

/** @param {Page} page @param {string} code */
async function enter(page, code) {
  await page.locator('.auth0-lock-input[name="vcode"]').fill(code);
  await page.locator('button.auth0-lock-submit').click();
}

/** @param {Page} page */
const outcome = async (page) => JSON.parse(await page.locator('#result:not(:empty)').innerText());

/** @param {Page} page */
async function assertLoggedIn(page) {
  // An error of the login is shown on the page before the navigation.
  await page.waitForURL(/\/callback/);
  const { result, error } = await outcome(page);
  assert.equal(error, undefined);
  assert.equal(result.idTokenPayload.email, ADDRESS);
}

test('auth0-lock is version 14.3.0', () => assert.equal(installed('auth0-lock'), '14.3.0'));

test('a code logs in', async () => {
  const { page, context, errors } = await world.open();
  await ask(page, '/');
  await enter(page, await world.code(ADDRESS));
  await assertLoggedIn(page);
  assert.deepEqual(errors, []);
  await context.close();
});

// Lock cannot render its confirmation of the link on React 18 ("querySelector is not a function"), but the mail was sent before.
test('a link logs in', async () => {
  const { page, context } = await world.open();
  await ask(page, '/link');
  await page.goto((await world.message(ADDRESS)).link);
  await assertLoggedIn(page);
  await context.close();
});

test('a wrong code shows an error, and the right one still works', async () => {
  const { page, context } = await world.open();
  await ask(page, '/');
  const code = await world.code(ADDRESS);
  await enter(page, wrong(code));
  await page.locator('.auth0-global-message-error').waitFor();
  await enter(page, code);
  await assertLoggedIn(page);
  await context.close();
});

test('an expired code is refused, and a new one from "Did not get the code?" works', async () => {
  const { page, context } = await world.open();
  await ask(page, '/');
  const code = await world.code(ADDRESS);
  await world.control('POST', 'clock', { advance_s: 181 });
  await enter(page, code);
  await page.locator('.auth0-global-message-error').waitFor();
  await world.control('POST', 'clock', { reset: true });
  await page.locator('.auth0-lock-back-button').click();
  await page.locator('.auth0-lock-input[name="email"]').fill(ADDRESS);
  await page.locator('button.auth0-lock-submit').click();
  await enter(page, await world.code(ADDRESS, 1));
  await assertLoggedIn(page);
  await context.close();
});

test('logout ends the session and returns', async () => {
  const { page, context } = await world.open();
  await ask(page, '/');
  await enter(page, await world.code(ADDRESS));
  await assertLoggedIn(page);
  await page.evaluate(() => /** @type {any} */ (globalThis).eval('lock').logout({ returnTo: `${location.origin}/bye` }));
  await page.getByRole('heading', { name: 'Bye' }).waitFor();
  const query = new URLSearchParams({
    client_id: 'latchkey-spa', response_type: 'token', redirect_uri: `${world.url}/callback`, prompt: 'none', state: 's',
  });
  const silent = await page.request.get(`${world.tenant.url}/authorize?${query}`, { maxRedirects: 0 });
  assert.match(silent.headers().location ?? '', /#error=login_required/);
  await context.close();
});
