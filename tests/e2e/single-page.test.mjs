// @ts-check
/** A single-page app with the SDK, bundled from the npm package, and a mock tenant. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startVendorWorld } from '../vendor/world.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ADDRESS = 'ada@example.com';

/** @param {string} tenant @param {string} more options of the client */
const client = (tenant, more) => `<script>
  const client = new WebAuth({ domain: '${tenant}', clientID: 'latchkey-spa', redirectUri: location.origin + '/callback', scope: 'openid profile email', ${more} });
  const show = (work) => work.then((result) => ({ result }), ({ kind, message }) => ({ error: { kind, message } }))
    .then((outcome) => { document.body.append(Object.assign(document.createElement('pre'), { id: 'result', textContent: JSON.stringify(outcome) })); });
</script>`;
const TOKENS = "responseType: 'token id_token'";

/** @type {import('../vendor/world.mjs').VendorWorld} */
let world;
before(async () => {
  world = await startVendorWorld({
    module: 'import { WebAuth } from "./dist/webauth.js"; globalThis.WebAuth = WebAuth;',
    pages: (tenant) => ({
      '/': client(tenant, TOKENS),
      '/callback': `${client(tenant, TOKENS)}<script>opener ? client.popup.callback() : show(client.parseHash());</script>`,
      '/pkce': client(tenant, "responseType: 'code', pkce: true, redirectUri: location.origin + '/finish'"),
      '/finish': `${client(tenant, "responseType: 'code', pkce: true, redirectUri: location.origin + '/finish'")}<script>
        show(Promise.all([client.handleRedirectCallback(), client.handleRedirectCallback()]).then(([one, two]) => ({ ...one, same: one.idToken === two.idToken })));
      </script>`,
    }),
  });
});
after(() => world?.stop());
beforeEach(async () => {
  await world.reset();
  await world.control('PATCH', 'clients/latchkey-spa', { callbacks: [`${world.url}/callback`, `${world.url}/finish`] });
});

/** The result that the page shows. @param {Page} page */
const outcome = async (page) => JSON.parse(await page.locator('#result').innerText());

/** Logs in with a code on a page that has the client. @param {Page} page @param {string} path */
async function login(page, path) {
  await page.goto(world.url + path);
  await page.evaluate((email) => /** @type {any} */ (globalThis).eval('client').passwordlessStart({ connection: 'email', send: 'code', email }), ADDRESS);
  const verificationCode = await world.code(ADDRESS);
  await page.evaluate((options) => { /** @type {any} */ (globalThis).eval('client').passwordlessLogin(options); }, { connection: 'email', email: ADDRESS, verificationCode });
}

test('after a login with a code, parseHash checks the ID token with the tenant\'s keys', async () => {
  const { page, context, errors } = await world.open();
  await login(page, '/');
  const { result, error } = await outcome(page);
  assert.equal(error, undefined);
  assert.equal(result.idTokenPayload.email, ADDRESS);
  assert.equal(result.idTokenPayload.aud, 'latchkey-spa');
  assert.deepEqual(errors, []);
  await context.close();
});

test('with PKCE, several calls of handleRedirectCallback exchange the code once', async () => {
  const { page, context, errors } = await world.open();
  await login(page, '/pkce');
  const { result, error } = await outcome(page);
  assert.equal(error, undefined, JSON.stringify(error));
  assert.equal(result.idTokenPayload.email, ADDRESS);
  assert.equal(result.same, true);
  assert.deepEqual(errors, []);
  await context.close();
});

test('checkSession renews the tokens in the page, or fails with login_required', async () => {
  const { page, context } = await world.open();
  await login(page, '/');
  await outcome(page);
  const check = () => page.evaluate(() => /** @type {any} */ (globalThis).eval('client').checkSession({})
    .then((/** @type {any} */ result) => result.idTokenPayload.email, (/** @type {any} */ error) => error.kind));
  assert.equal(await check(), ADDRESS);
  await context.clearCookies();
  assert.equal(await check(), 'login_required');
  await context.close();
});

test('a popup passes its response on with popup.callback', async () => {
  const { page, context, errors } = await world.open();
  await page.goto(world.url);
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => { /** @type {any} */ (globalThis).eval('show(client.popup.authorize({}))'); });
  const popup = await opened;
  const closed = popup.waitForEvent('close', { timeout: 10_000 });
  await popup.getByLabel('E-mail address').fill(ADDRESS);
  await popup.getByRole('button', { name: 'Send a code' }).click();
  await popup.getByLabel('Code').fill(await world.code(ADDRESS));
  await popup.getByRole('button', { name: 'Log in' }).click();
  const { result, error } = await outcome(page);
  assert.equal(error, undefined, JSON.stringify(error));
  assert.equal(result.idTokenPayload.email, ADDRESS);
  await closed;
  assert.deepEqual(errors, []);
  await context.close();
});

test('a popup that the user closes has the error popup_closed', async () => {
  const { page, context } = await world.open();
  await page.goto(world.url);
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => { /** @type {any} */ (globalThis).eval('show(client.popup.authorize({}))'); });
  await (await opened).close();
  assert.equal((await outcome(page)).error.kind, 'popup_closed');
  await context.close();
});

test('a popup that the browser blocks has the error popup_blocked', async () => {
  const { page, context } = await world.open();
  await page.goto(world.url);
  await page.evaluate(() => { window.open = () => null; });
  await page.evaluate(() => { /** @type {any} */ (globalThis).eval('show(client.popup.authorize({}))'); });
  assert.equal((await outcome(page)).error.kind, 'popup_blocked');
  await context.close();
});

test('a popup that the page’s own policy cuts off has the error popup_severed', async () => {
  const { page, context } = await world.open();
  await page.route(`${world.url}/**`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'cross-origin-opener-policy': 'same-origin' } });
  });
  await page.goto(world.url);
  await page.evaluate(() => { /** @type {any} */ (globalThis).eval('show(client.popup.authorize({}))'); });
  assert.equal((await outcome(page)).error.kind, 'popup_severed');
  await context.close();
});
