// @ts-check
/**
 * E-mail addresses that have to be read before they are sent. `webauth.min.js` only trims an ordinary address. It leaves a call with
 * any other address to `webauth.js`, which it loads on demand. `webauth.full.min.js` reads every address itself.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './harness.mjs';

/** @type {import('./harness.mjs').Harness} */
let harness;
before(async () => { harness = await open(); });
after(() => harness?.close());

const RESPONSES = {
  'POST /passwordless/start': { json: { _id: '1', email_verified: false } },
  'POST /passwordless/verify': { json: {} },
  'POST /co/authenticate': { json: { login_ticket: 'LT', co_verifier: 'COV', co_id: 'COID' } },
};

/** The calls that take a recipient. Each ends with a result, an error, or the page's hook before it is left. */
const CALLS = ['passwordlessStart', 'client.passwordless.start', 'passwordlessLogin', 'passwordlessVerify', 'client.passwordless.verify'];

/**
 * Makes one call on a page, and returns how it ended, the bodies of its requests, and whether `webauth.js` was loaded.
 *
 * @param {'page' | 'full'} page the page with `webauth.min.js`, or that with `webauth.full.min.js`
 * @param {string} method
 * @param {string} email
 */
async function made(page, method, email) {
  harness.server.script(RESPONSES);
  let isLoaded = false;
  const note = (/** @type {import('playwright-core').Request} */ request) => { isLoaded ||= request.url().endsWith('/webauth.js'); };
  harness.page.on('request', note);
  try {
    await harness.page.goto(`https://page.com/${page}`);
    const end = await harness.page.evaluate(async ({ method, email }) => {
      const { ours } = /** @type {any} */ (window);
      const webAuth = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token', redirectUri: 'https://page.com/cb', state: 's' });
      const call = method.split('.').reduce((/** @type {any} */ object, name) => object[name], webAuth);
      return new Promise((done) => {
        const onRedirecting = () => done('leaves the page');
        const options = { connection: 'email', send: 'code', email, verificationCode: '123456', onRedirecting };
        call(options, (/** @type {any} */ error, /** @type {any} */ result) => done(error ?? result));
        options.email = 'changed@after.the.call';
      });
    }, { method, email });
    /** @type {[method: string, path: string, body: any][]} */
    const bodies = harness.server.recorded().requests.map(({ method, url, body }) => [method, new URL(url).pathname, body]);
    return { end, bodies, isLoaded };
  } finally {
    harness.page.off('request', note);
  }
}

for (const [text, read] of [
  ['Nora K <nora@example.com>;', 'nora@example.com'],
  ['mailto:nora%40example.com?subject=Hello', 'nora@example.com'],
  ['nora@bücher.example', 'nora@xn--bcher-kva.example'],
  ['jürgen@example.com', 'jürgen@example.com'],
]) {
  for (const method of CALLS) {
    test(`${method} sends ${read} for the text ${text} from both scripts`, async () => {
      const [least, full] = [await made('page', method, text), await made('full', method, text)];
      assert.deepEqual({ ...least, isLoaded: false }, full);
      assert.ok(least.isLoaded, 'webauth.min.js leaves the call to webauth.js');
      assert.match(JSON.stringify(full.bodies), new RegExp(`"(email|username)":"${read}"`));
    });
  }
}

test('the API client alone reads an unusual address, too', async () => {
  harness.server.script(RESPONSES);
  await harness.page.goto('https://page.com/page');
  const result = await harness.page.evaluate(() => {
    const { ours } = /** @type {any} */ (window);
    const client = new ours.Authentication({ domain: 'me.auth0.com', clientID: 'CID' });
    return client.passwordless.start({ connection: 'email', send: 'code', email: 'Nora <nora@example.com>', authParams: {} });
  });
  assert.deepEqual(result, { Id: '1', emailVerified: false });
});

for (const text of ['nora@example.com', ' nora.b+tag@sub.example-one.com ', "o'hara@example.com", 'nora']) {
  test(`the text ${JSON.stringify(text)} is sent without loading webauth.js`, async () => {
    const { bodies, isLoaded } = await made('page', 'passwordlessStart', text);
    assert.equal(bodies[0][2].email, text.trim());
    assert.equal(isLoaded, false);
  });
}

test('wrong options of a call with an unusual address are thrown at once, and nothing is loaded', async () => {
  await harness.page.goto('https://page.com/page');
  const thrown = await harness.page.evaluate(() => {
    const { ours } = /** @type {any} */ (window);
    const webAuth = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token' });
    try {
      webAuth.passwordlessStart({ send: 'code', email: 'Nora <nora@example.com>' }, () => {});
      return 'nothing';
    } catch (error) {
      return /** @type {Error} */ (error).message;
    }
  });
  assert.equal(thrown, 'connection option is required');
});

test('a call with an unusual address fails with a network error if webauth.js cannot be loaded, and works once it can', async () => {
  harness.server.script(RESPONSES);
  await harness.page.goto('https://page.com/page');
  const start = () => harness.page.evaluate(async () => {
    const { ours } = /** @type {any} */ (window);
    const webAuth = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token', redirectUri: 'https://page.com/cb' });
    return webAuth.passwordlessStart({ connection: 'email', send: 'code', email: 'Nora <nora@example.com>' })
      .catch((/** @type {any} */ { kind, code, name, message }) => ({ kind, code, name, message }));
  });
  await harness.page.route('**/webauth.js', (route) => route.abort());
  const failed = await start();
  await harness.page.unroute('**/webauth.js');
  assert.match(failed.message, /webauth\.js could not be loaded/);
  assert.deepEqual([failed.kind, failed.code, failed.name], ['network', 'request_error', 'AuthError']);
  assert.deepEqual(await start(), { Id: '1', emailVerified: false });
});

test('an abort while webauth.js is loaded ends the call, and nothing is sent', async () => {
  harness.server.script(RESPONSES);
  await harness.page.goto('https://page.com/page');
  const kind = await harness.page.evaluate(async () => {
    const { ours } = /** @type {any} */ (window);
    const webAuth = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token', redirectUri: 'https://page.com/cb' });
    const controller = new AbortController();
    const work = webAuth.passwordlessStart({ connection: 'email', send: 'code', email: 'Nora <nora@example.com>', signal: controller.signal });
    controller.abort();
    return work.then(() => 'sent', (/** @type {any} */ error) => error.kind);
  });
  assert.equal(kind, 'aborted');
  assert.deepEqual(harness.server.recorded().requests, []);
});
