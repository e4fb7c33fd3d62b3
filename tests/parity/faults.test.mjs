// @ts-check
/** Faults of network, tenant and browser. The callback is always called, once, with an error that names the cause. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';
import { options } from './calls/common.mjs';
import { observed, open } from './harness.mjs';

/** @typedef {import('./calls.mjs').Call} Call */

const START = 'POST /passwordless/start';
const LOGIN = 'POST /co/authenticate';
const email = { connection: 'email', send: 'code', email: 'a@b.co' };
const code = { connection: 'email', email: 'a@b.co', verificationCode: '123456' };

/** @type {import('./harness.mjs').Harness} */
let harness;
before(async () => { harness = await open(); });
after(() => harness?.close());

/** The server's fault, and the error of a start and of a login. @type {Record<string, [import('./server.mjs').ScriptedResponse, Record<string, unknown>]>} */
const faults = {
  'server down': [{ drop: true }, { kind: 'network' }],
  'connection reset in the middle of the body': [{ drop: true, text: 'x'.repeat(400), type: 'application/json' }, { kind: 'network' }],
  'no response': [{ hang: true }, { kind: 'timeout', code: 'timeout' }],
  'no JSON': [{ status: 400, text: 'oops', type: 'application/json' }, { kind: 'server_error', statusCode: 400 }],
  'HTML 502': [{ status: 502, text: '<h1>Bad gateway</h1>', type: 'text/html' }, { kind: 'server_error', statusCode: 502 }],
  'empty body': [{ status: 500 }, { kind: 'server_error', statusCode: 500 }],
  'null': [{ status: 400, json: null }, { kind: 'server_error', statusCode: 400 }],
  '429 with Retry-After': [{ status: 429, json: { error: 'too_many_requests' }, headers: { 'retry-after': '7' } }, { kind: 'rate_limited', retryAfter: 7 }],
  '429 without Retry-After': [{ status: 429, json: { error: 'too_many_requests' } }, { kind: 'rate_limited', retryAfter: undefined }],
  'CORS refused': [{ status: 403, json: { error: 'x' }, cors: false }, { kind: 'network' }],
};

for (const [name, [response, expected]] of Object.entries(faults)) {
  for (const [method, path, args] of /** @type {const} */ ([['passwordlessStart', START, email], ['passwordlessLogin', LOGIN, code]])) {
    test(`${name}: ${method}`, async () => {
      const limit = response.hang ? { timeout: 400 } : {};
      const seen = await ours({ method, args: [{ ...args, ...limit }, '$callback'], responses: { [path]: response } });
      failedOnce(seen, expected);
      assert.ok(!JSON.stringify(seen.callbacks).includes('123456'), 'the code is in the error');
      assert.deepEqual(seen.cookies, {}, 'a transaction is left');
      assert.deepEqual(seen.navigations, []);
    });
  }
}

for (const [name, json, method, args] of /** @type {const} */ ([
  ['null', null, 'passwordlessLogin', code],
  ['an empty object', {}, 'passwordlessLogin', code],
])) {
  test(`a success that is ${name}: ${method}`, async () => {
    const seen = await ours({ method, args: [args, '$callback'], responses: { [LOGIN]: { json } } });
    failedOnce(seen, { kind: 'server_error', statusCode: 200 });
  });
}

test('a success with an empty body is a success', async () => {
  const seen = await ours({ method: 'passwordlessStart', args: [email, '$callback'], responses: { [START]: { status: 200 } } });
  assert.deepEqual(seen.callbacks, [[null, {}]]);
});

test('the default timeout is ten seconds', async () => {
  const seen = await ours({ method: 'passwordlessStart', args: [email, '$callback'], responses: { [START]: { hang: true } }, patience: 13_000 });
  failedOnce(seen, { kind: 'timeout' });
});

test('if cookies are blocked, local storage keeps the transaction', async () => {
  const seen = await ours({ method: 'authorize', args: [{}] }, () => {
    Object.defineProperty(document, 'cookie', { get: () => '', set() {} });
  });
  assert.equal(seen.navigations.length, 1);
});

test('if cookies and local storage are blocked, a login fails before any request', async () => {
  const seen = await ours({ method: 'passwordlessLogin', args: [code, '$callback'], responses: { [LOGIN]: { json: {} } } }, () => {
    Object.defineProperty(document, 'cookie', { get: () => '', set() {} });
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
  });
  failedOnce(seen, { kind: 'storage_unavailable' });
  assert.deepEqual(seen.requests, []);
});

test('if cookies and local storage are blocked, the verification page sends an empty verifier', async () => {
  const seen = await ours({
    method: 'crossOriginVerification', hash: '#origin=https%3A%2F%2Fpage.com', patience: 60, post: [{ type: 'co_verifier_request', request: { id: 'COID' } }],
  }, () => {
    Object.defineProperty(document, 'cookie', { get() { throw new DOMException('no', 'SecurityError'); }, set() {} });
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
  });
  assert.deepEqual(seen.messages.at(-1)?.data, { type: 'co_verifier_response', response: { verifier: '' } });
  assert.deepEqual(seen.uncaught, []);
});

test('without WebCrypto no code challenge can be created', async () => {
  const seen = await ours({ method: 'passwordlessLogin', options: options({ pkce: true }), args: [code, '$callback'] }, () => {
    Object.defineProperty(crypto, 'subtle', { value: undefined });
  });
  failedOnce(seen, { kind: 'crypto_unavailable' });
  assert.deepEqual([seen.requests, seen.cookies], [[], {}]);
});

test('without random numbers a login fails', async () => {
  const seen = await ours({ method: 'passwordlessLogin', args: [code, '$callback'] }, () => {
    Object.defineProperty(window, 'crypto', { value: undefined });
  });
  failedOnce(seen, { kind: 'random_unavailable' });
});

test('an offline browser is a network error', async () => {
  await ours({ method: 'new' });
  await harness.page.context().setOffline(true);
  try {
    const seen = await harness.page.evaluate(() => new Promise((resolve) => {
      const { ours } = /** @type {any} */ (window);
      new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'code' })
        .passwordlessStart({ connection: 'email', send: 'code', email: 'a@b.co' }, (/** @type {any} */ error) => resolve(error.kind));
    }));
    assert.equal(seen, 'network');
  } finally {
    await harness.page.context().setOffline(false);
  }
});

const known = { 'com.auth0.auth.foo': JSON.stringify({ nonce: null, state: 'foo', appState: 'A' }) };
const hash = '#access_token=AT&state=foo';

test('a hash parsed twice, and by another client, has one result', async () => {
  await ours({ method: 'new', cookies: known });
  const results = await inPage(async (hash) => {
    const { ours } = /** @type {any} */ (window);
    const client = () => new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token' });
    const { parseHash } = client();
    return [await parseHash({ hash }), await parseHash({ hash }), await client().parseHash({ hash })];
  }, hash);
  assert.deepEqual(results.map((/** @type {any} */ { accessToken, appState }) => [accessToken, appState]), Array(3).fill(['AT', 'A']));
});

test('a reloaded page whose response was parsed before gets the error no_transaction', async () => {
  await ours({ method: 'parseHash', args: [{ hash }, '$callback'], options: options({ responseType: 'token' }), cookies: known });
  await harness.page.reload();
  const kind = await inPage(async (hash) => {
    const { ours } = /** @type {any} */ (window);
    return new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token' }).parseHash({ hash }).catch((/** @type {any} */ error) => error.kind);
  }, hash);
  assert.equal(kind, 'no_transaction');
});

test('a page reloaded during a code exchange redeems the code once', async () => {
  harness.server.script({ 'POST /oauth/token': { json: { access_token: 'AT' } } });
  await harness.page.goto('https://page.com/page?code=C&state=foo');
  const finish = () => inPage(async () => {
    const { ours } = /** @type {any} */ (window);
    const client = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'code', pkce: true });
    document.cookie ||= `com.auth0.auth.foo=${encodeURIComponent(JSON.stringify({ state: 'foo', codeVerifier: 'V', redirectUri: 'https://page.com/page' }))}`;
    const results = await Promise.all([client.handleRedirectCallback(), client.handleRedirectCallback()]);
    return results.map(({ accessToken }) => accessToken);
  }, undefined);
  harness.server.script({ 'POST /oauth/token': { drop: true } });
  await assert.rejects(finish());
  await harness.page.reload();
  harness.server.script({ 'POST /oauth/token': { json: { access_token: 'AT' } } });
  assert.deepEqual(await finish(), ['AT', 'AT']);
  assert.equal(harness.server.recorded().requests.length, 1, 'a code is redeemed once');
});

test('a callback that throws is called once, and its error is an uncaught error of the page', async () => {
  await ours({ method: 'new', cookies: known });
  const seen = await inPage(async (hash) => {
    const { ours, uncaught } = /** @type {any} */ (window);
    let calls = 0;
    const caught = new Promise((resolve) => addEventListener('error', () => setTimeout(resolve, 200)));
    new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token' }).parseHash({ hash }, () => {
      calls++;
      throw new Error('of the page');
    });
    await caught;
    return { calls, uncaught };
  }, hash);
  assert.deepEqual(seen, { calls: 1, uncaught: ['Uncaught Error: of the page'] });
});

test('a URL without a response loads no module', async () => {
  await ours({ method: 'new' });
  /** @type {string[]} */
  const asked = [];
  await harness.page.route('**/webauth.js', (route) => {
    asked.push(route.request().url());
    return route.continue();
  });
  try {
    const seen = await inPage(async () => {
      const { ours } = /** @type {any} */ (window);
      const client = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token' });
      const { parseHash, handleRedirectCallback } = client;
      const heard = (/** @type {(cb: (...args: any[]) => void) => void} */ begin) => new Promise((resolve) => begin((...args) => resolve(args)));
      return [
        await heard((cb) => parseHash(cb)),
        await heard((cb) => parseHash({ hash: '#/some/route?code=1' }, cb)),
        await parseHash({ hash: '' }),
        await handleRedirectCallback({ url: 'https://page.com/?q=1#section' }),
        await heard((cb) => handleRedirectCallback(cb)),
      ];
    }, undefined);
    assert.deepEqual(seen, [[null, null], [null, null], null, null, [null, null]]);
    assert.deepEqual(asked, []);
    await ours({ method: 'parseHash', args: [{ hash: '#error=access_denied' }] });
    assert.equal(asked.length, 1, 'a response loads the module');
  } finally {
    await harness.page.unroute('**/webauth.js');
  }
});

test('if the module for responses cannot be loaded, each call that needs it fails with a network error', async () => {
  await ours({ method: 'new' });
  await harness.page.route('**/webauth.js', (route) => route.abort());
  try {
    const errors = await inPage(async () => {
      const { ours } = /** @type {any} */ (window);
      const client = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token', redirectUri: `${location.origin}/cb` });
      const heard = (/** @type {(cb: (error: any) => void) => void} */ begin) => new Promise((resolve) => begin(resolve));
      const captcha = client.renderPasswordlessCaptcha(document.body, {}, () => {});
      return Promise.all([
        heard((cb) => client.parseHash({ hash: '#access_token=x&state=y' }, cb)),
        heard((cb) => client.checkSession({}, cb)),
        heard((cb) => client.passwordlessLogin({ connection: 'email', email: 'a@b.co', verificationCode: '1', redirect: false }, cb)),
        heard((cb) => client.renderPasswordlessCaptcha(document.createElement('div'), {}, cb)),
        heard((cb) => captcha.reload(cb)),
        client.handleRedirectCallback({ url: 'https://page.com/cb?code=c&state=s' }).catch((/** @type {any} */ error) => error),
      ].map(async (work) => {
        const { kind, errorDescription } = await work;
        return [kind, /webauth\.js/.test(errorDescription)];
      }));
    }, undefined);
    assert.deepEqual(errors, Array(6).fill(['network', true]));
    assert.deepEqual(await inPage(() => /** @type {any} */ (window).uncaught, undefined), []);
  } finally {
    await harness.page.unroute('**/webauth.js');
  }
});

test('the self-contained script reads a response without another request for code', async () => {
  /** @type {string[]} */
  const asked = [];
  const note = (/** @type {import('playwright-core').Request} */ request) => asked.push(new URL(request.url()).pathname);
  harness.server.script({ [START]: { json: {} } });
  harness.page.on('request', note);
  try {
    await harness.page.goto('https://page.com/full');
    const seen = await inPage(async () => {
      const { ours } = /** @type {any} */ (window);
      document.cookie = `com.auth0.auth.foo=${encodeURIComponent(JSON.stringify({ nonce: null, state: 'foo', appState: 'A' }))}`;
      const client = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token' });
      const { accessToken, appState } = await client.parseHash({ hash: '#access_token=AT&state=foo' });
      return [accessToken, appState, await client.passwordlessStart({ connection: 'email', send: 'code', email: 'a@b.co' }), Object.keys(ours).sort()];
    }, undefined);
    assert.deepEqual(seen, ['AT', 'A', {}, ['AuthError', 'Authentication', 'Management', 'UnsupportedError', 'WebAuth', 'loaded', 'version']]);
    assert.deepEqual(asked.filter((path) => path !== '/favicon.ico'), ['/full', '/full.js', '/passwordless/start']);
  } finally {
    harness.page.off('request', note);
  }
});

/** Refuses like Chrome before version 115, which compiles more than 4 KB of wasm on the main thread only asynchronously. */
function refuseToBlock() {
  for (const name of /** @type {const} */ (['Module', 'Instance'])) {
    const refusing = function () {
      throw new RangeError(`WebAssembly.${name} is disallowed on the main thread, if the buffer size is larger than 4KB.`);
    };
    refusing.prototype = WebAssembly[name].prototype;
    /** @type {any} */ (WebAssembly)[name] = refusing;
  }
}

test('if wasm is compiled asynchronously only, calls wait for it', async () => {
  const started = await ours({ method: 'passwordlessStart', args: [email, '$callback'], responses: { [START]: { json: {} } } }, refuseToBlock);
  assert.deepEqual([started.thrown, started.callbacks, started.uncaught], [undefined, [[null, {}]], []]);
  const read = await ours({ method: 'parseHash', args: [{ hash }, '$callback'], options: options({ responseType: 'token' }), cookies: known }, refuseToBlock);
  assert.equal(read.callbacks[0]?.[1]?.accessToken, 'AT');
  const left = await ours({ method: 'logout', args: [{ returnTo: 'https://page.com' }] }, refuseToBlock);
  assert.equal(left.navigations.length, 1);
});

test('if wasm is compiled asynchronously only, an invalid option is an error of the call', async () => {
  for (const one of [{ method: 'passwordlessStart', args: [{}, '$callback'] }, { method: 'passwordlessStart', options: {}, args: [email, '$callback'] }]) {
    const seen = await ours(one, refuseToBlock);
    failedOnce(seen, { kind: 'invalid_options', code: 'invalid_request' });
    assert.deepEqual([seen.requests, seen.uncaught], [[], []]);
  }
});

test('if wasm is compiled asynchronously only, synchronous methods throw until it is ready', async () => {
  const page = await harness.page.context().newPage();
  try {
    await page.addInitScript(refuseToBlock);
    await page.goto('https://page.com/page');
    const seen = await page.evaluate(async () => {
      const { ours } = /** @type {any} */ (window);
      const options = { domain: 'me.auth0.com', clientID: 'CID', responseType: 'code' };
      const { client } = new ours.WebAuth(options);
      options.clientID = 'ANOTHER';
      let early;
      try {
        client.buildAuthorizeUrl({});
      } catch (error) {
        early = error;
      }
      await ours.loaded();
      return [early instanceof Error, /** @type {any} */ (early).kind, new URL(client.buildAuthorizeUrl({})).searchParams.get('client_id')];
    });
    assert.deepEqual(seen, [true, 'not_ready', 'CID']);
  } finally {
    await page.close();
  }
});

test('an aborted call has the error aborted', async () => {
  harness.server.script({ [START]: { hang: true } });
  const kinds = await inPage(async () => {
    const { ours } = /** @type {any} */ (window);
    const client = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'code' });
    const start = { connection: 'email', send: 'code', email: 'a@b.co' };
    const byHand = new Promise((resolve) => client.passwordlessStart(start, (/** @type {any} */ error) => resolve(error.kind)).abort());
    const bySignal = client.passwordlessStart({ ...start, signal: AbortSignal.abort() }).catch((/** @type {any} */ error) => error.kind);
    return Promise.all([byHand, bySignal]);
  }, undefined);
  assert.deepEqual(kinds, ['aborted', 'aborted']);
});

test('option objects are not changed, so each resend has its own state', async () => {
  await ours({ method: 'new' });
  harness.server.script({ [START]: { json: {} } });
  const changed = await inPage(async () => {
    const { ours } = /** @type {any} */ (window);
    const options = { domain: 'me.auth0.com', clientID: 'CID', responseType: 'token id_token', redirectUri: 'https://page.com/cb' };
    const start = { connection: 'email', send: 'code', email: ' a@b.co ', authParams: {} };
    const before = JSON.stringify([options, start]);
    const client = new ours.WebAuth(options);
    await client.passwordlessStart(start);
    await client.passwordlessStart(start);
    options.clientID = 'ANOTHER';
    await client.passwordlessStart(start);
    options.clientID = 'CID';
    return before === JSON.stringify([options, start]) ? [] : [options, start];
  }, undefined);
  assert.deepEqual(changed, []);
  const bodies = harness.server.recorded().requests.map(({ body }) => /** @type {any} */ (body));
  assert.deepEqual(bodies.map(({ client_id: id }) => id), Array(3).fill('CID'));
  assert.equal(new Set(bodies.map(({ authParams }) => authParams.state)).size, 3);
});

/** The methods that Latchkey has. All other methods of auth0.js are left out. */
const DONE = `authorize checkSession crossOriginAuthenticationCallback crossOriginVerification logout parseHash passwordlessLogin
passwordlessStart passwordlessVerify renderPasswordlessCaptcha renewAuth validateAuthenticationResponse client.buildAuthorizeUrl
client.buildLogoutUrl client.oauthToken client.userInfo client.passwordless.buildVerifyUrl client.passwordless.getChallenge
client.passwordless.start client.passwordless.verify popup.authorize popup.callback`.split(/\s+/);

test('every method of auth0.js exists or throws an UnsupportedError with its name, and DIFFERENCES.md lists it', async () => {
  await ours({ method: 'new' });
  const found = await inPage(() => {
    const { theirs, ours } = /** @type {any} */ (window);
    const options = { domain: 'me.auth0.com', clientID: 'CID' };
    const [model, client] = [new theirs.WebAuth(options), new ours.WebAuth(options)];
    /** @type {Record<string, string>} */
    const said = {};
    for (const place of ['', 'client', 'client.passwordless', 'client.dbConnection', 'popup', 'redirect', '_universalLogin']) {
      const at = (/** @type {any} */ root) => place.split('.').reduce((object, name) => (name ? object?.[name] : object), root);
      for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(at(model)))) {
        // Private methods of auth0.js.
        if (['constructor', 'validateToken', 'buildPopupHandler', 'getPopupHandler'].includes(name)) continue;
        said[place ? `${place}.${name}` : name] = typeof at(client)?.[name] === 'function' ? 'there' : 'missing';
      }
    }
    return said;
  }, undefined);
  const names = Object.keys(found);
  assert.deepEqual(DONE.filter((name) => found[name] !== 'there'), [], 'a method that ours should have');
  const others = names.filter((name) => !DONE.includes(name));
  assert.ok(others.length > 20, `auth0.js has more than ${others}`);
  const said = await inPage((paths) => {
    const { ours } = /** @type {any} */ (window);
    const client = new ours.WebAuth({ domain: 'me.auth0.com', clientID: 'CID' });
    return paths.map((path) => {
      const parts = path.split('.');
      const name = /** @type {string} */ (parts.pop());
      try {
        return String(parts.reduce((object, part) => object[part], client)[name]({}, () => {}));
      } catch (error) {
        return String(error);
      }
    });
  }, others);
  const differences = readFileSync(join(root, 'crates', 'webauth', 'DIFFERENCES.md'), 'utf8').split('## Left out')[1].split('Accepted without effect')[0];
  const listed = [...differences.matchAll(/`([\w.*]+)`/g)].map(([, name]) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`));
  for (const [at, name] of others.entries()) {
    assert.match(said[at], new RegExp(`^UnsupportedError: Latchkey leaves out \`${name.replaceAll('.', '\\.')}\``));
    assert.ok(listed.some((pattern) => pattern.test(name)), `DIFFERENCES.md does not list ${name}`);
  }
  assert.match(await inPage(() => {
    const { ours } = /** @type {any} */ (window);
    try {
      new ours.Management({ domain: 'd', token: 't' });
    } catch (error) {
      return String(error);
    }
  }, undefined), /^UnsupportedError: Latchkey leaves out `Management`/);
});

/**
 * Makes one call of Latchkey, in a page that was changed by `spoil`.
 *
 * @param {Partial<Call> & { method: string }} one
 * @param {() => void} [spoil]
 */
async function ours(one, spoil) {
  const { page } = harness;
  const call = { name: '', options: options(), ...one };
  if (!spoil) return observed(harness, call, 'ours');
  const spoiled = await page.context().newPage();
  await spoiled.addInitScript(spoil);
  await spoiled.addInitScript((await import('./page.mjs')).instrument);
  try {
    return await observed({ ...harness, page: spoiled }, call, 'ours');
  } finally {
    await spoiled.close();
  }
}

/**
 * @template T, A
 * @param {(argument: A) => T} body
 * @param {A} argument
 * @returns {Promise<any>}
 */
const inPage = (body, argument) => harness.page.evaluate(/** @type {any} */ (body), argument);

/**
 * @param {Record<string, any>} seen
 * @param {Record<string, unknown>} expected members of the error
 */
function failedOnce(seen, expected) {
  assert.equal(seen.thrown, undefined);
  assert.equal(seen.callbacks.length, 1, JSON.stringify(seen));
  const [[error]] = seen.callbacks;
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, error[key]])), expected);
}
