// @ts-check
/** auth0.js and Lock over TLS with their defaults: a domain and no overrides. */

// Node.js does not know the tenant's CA. The setting is for this process only, because each test file has its own.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { startVendorWorld } from './world.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ADDRESS = 'ada@example.com';

/** @param {string} tenant */
const pages = (tenant) => {
  const { host } = new URL(tenant);
  const client = `<script>const client = new auth0.WebAuth({
    domain: '${host}', clientID: 'latchkey-spa', redirectUri: location.origin + '/callback', responseType: 'token id_token', scope: 'openid email',
  });</script>`;
  return {
    '/': client,
    '/verify': `${client}<script>client.crossOriginVerification();</script>`,
    '/lock': `<script>new Auth0LockPasswordless('latchkey-spa', '${host}', {
      languageBaseUrl: location.origin, theme: { logo: 'data:,' }, avatar: null, allowedConnections: ['email'], passwordlessMethod: 'code',
      auth: { redirectUrl: location.origin + '/callback', responseType: 'token id_token', params: { scope: 'openid email' } },
    }).show();</script>`,
    '/callback': `${client}<pre id="result"></pre><script>client.parseHash({}, (error, result) => {
      document.getElementById('result').textContent = JSON.stringify({ error, result });
    });</script>`,
  };
};

/** @type {import('./world.mjs').VendorWorld} */
let world;
before(async () => {
  world = await startVendorWorld({
    module: 'import auth0 from "auth0-js"; import { Auth0LockPasswordless } from "auth0-lock"; Object.assign(globalThis, { auth0, Auth0LockPasswordless });',
    pages,
    tenantArgs: ['--tls'],
    secure: true,
  });
});
after(() => world?.stop());
beforeEach(() => world.reset());

/** @param {Page} page @param {string} app */
async function logInWithAuth0js(page, app) {
  await page.goto(app);
  await page.evaluate((email) => new Promise((resolve) => {
    /** @type {any} */ (globalThis).eval('client').passwordlessStart({ connection: 'email', send: 'code', email }, resolve);
  }), ADDRESS);
  const code = await world.code(ADDRESS);
  await page.evaluate(([email, verificationCode]) => {
    /** @type {any} */ (globalThis).eval('client').passwordlessLogin({ connection: 'email', email, verificationCode }, () => {});
  }, /** @type {const} */ ([ADDRESS, code]));
  return JSON.parse(await page.locator('#result:not(:empty)').innerText());
}

test('auth0.js logs in on a page of the same site', async () => {
  const { page, context } = await world.open({ ignoreHTTPSErrors: true });
  const { result, error } = await logInWithAuth0js(page, world.url);
  assert.equal(error, null);
  assert.equal(result.idTokenPayload.iss, `${world.tenant.url}/`);
  await context.close();
});

test('on another site Chromium blocks the cookies, and auth0.js fails as with a real tenant', async () => {
  await world.control('PATCH', 'clients/latchkey-spa', { cross_origin_loc: `${world.insecureUrl}/verify` });
  const { page, context } = await world.open({ ignoreHTTPSErrors: true });
  const { error } = await logInWithAuth0js(page, world.insecureUrl);
  assert.equal(error.errorDescription, 'No verifier returned from client.');
  await context.close();
});

test('Lock logs in', async () => {
  const { page, context } = await world.open({ ignoreHTTPSErrors: true });
  await page.goto(`${world.url}/lock`);
  await page.locator('.auth0-lock-input[name="email"]').fill(ADDRESS);
  await page.locator('button.auth0-lock-submit').click();
  await page.locator('.auth0-lock-input[name="vcode"]').fill(await world.code(ADDRESS));
  await page.locator('button.auth0-lock-submit').click();
  const { result } = JSON.parse(await page.locator('#result:not(:empty)').innerText());
  assert.equal(result.idTokenPayload.email, ADDRESS);
  await context.close();
});

test('the CA certificate can be downloaded and verifies the tenant', async () => {
  const pem = await (await fetch(`${world.tenant.url}/_mock/ca.pem`)).text();
  assert.ok(new X509Certificate(pem).ca);
});
