// @ts-check
/** Whole pages of applications do the same with auth0.js and with Latchkey in their script tag. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { keys, token } from './calls/tokens.mjs';
import { normalised } from './compare.mjs';
import { open } from './harness.mjs';
import { pages } from './pages.mjs';

/** @typedef {import('./server.mjs').Scripted} Scripted */
/** @typedef {{ go: (path: string) => Promise<void>, call: (code: string) => Promise<void>, said: (text: string) => Promise<void>, asked: (path: string) => Promise<void> }} Person */

/** @type {import('./harness.mjs').Harness} */
let harness;
before(async () => {
  harness = await open();
  for (const library of ['theirs', 'ours']) {
    for (const [place, html] of Object.entries(pages(library))) harness.server.serve(place, html, 'text/html');
  }
});
after(() => harness?.close());

/** The tenant's redirect to the callback with tokens. @type {Scripted} */
const authorize = (url) => {
  const { redirect_uri: to, state, nonce = 'none' } = Object.fromEntries(url.searchParams);
  const tokens = new URLSearchParams({ access_token: 'AT', id_token: token({ nonce, email: 'nora@example.com' }), expires_in: '7200', token_type: 'Bearer', scope: 'openid email', state });
  return { headers: { location: `${to}#${tokens}` } };
};
const START = { 'POST /passwordless/start': { json: { _id: '1', email: 'nora@example.com', email_verified: false } } };
const TICKET = { json: { login_ticket: 'LT', co_verifier: 'COV', co_id: 'COID' } };
const WRONG = { status: 403, json: { error: 'access_denied', error_description: 'Wrong email or verification code.' } };
const USER = { 'GET /userinfo': { json: { sub: 'email|1', email_verified: true } } };

/** Refuses the first code and accepts later ones. */
const codes = () => {
  let tries = 0;
  return { 'POST /co/authenticate': () => (tries++ === 0 ? WRONG : TICKET) };
};

/** @type {(path: string) => (person: Person) => Promise<void>} */
const singlePage = (path) => async ({ go, call, said, asked }) => {
  await go(path);
  await said('anonymous');
  await call('send()');
  await said('sent to');
  await call('logIn("000000")');
  await said('login failed');
  await call('logIn("123456")');
  await said('user');
  await go(path);
  await said('back again');
  await call('logOut()');
  await asked('/v2/logout');
};

same('a single-page app', { ...START, ...USER, ...keys, 'GET /authorize': authorize }, singlePage('page.com/LIBRARY/spa'));
same('a single-page app at a custom domain', { ...START, ...USER, ...keys, 'GET /authorize': authorize }, singlePage('page.com/LIBRARY/custom-domain'));

same('a single-page app that is refused', { ...START, 'GET /authorize': (url) => ({ headers: { location: `${url.searchParams.get('redirect_uri')}#error=access_denied&error_description=No&state=${url.searchParams.get('state')}` } }) }, async ({ go, call, said }) => {
  await go('page.com/LIBRARY/spa');
  await said('anonymous');
  await call('logIn("000000")');
  await said('login failed');
  await call('logIn("123456")');
  await said('callback failed: access_denied');
});

same('a single-page app that gets a response of another transaction', {}, async ({ go, said }) => {
  await go('page.com/LIBRARY/spa#access_token=AT&id_token=x.y.z&state=another');
  await said('callback failed: invalid_token');
});

same('a web app whose server handles the callback', { ...START, 'GET /authorize': (url) => ({ headers: { location: `${url.searchParams.get('redirect_uri')}?code=C&state=${url.searchParams.get('state')}` } }) }, async ({ go, call, said, asked }) => {
  await go('page.com/LIBRARY/web-app');
  await call('send()');
  await said('sent to');
  await call('logIn("000000")');
  await said('login failed');
  await call('logIn("123456")');
  await asked('/callback');
});

let polls = 0;
same('a session that is polled', {
  ...keys,
  'GET /authorize': (url) => {
    const { state, nonce } = Object.fromEntries(url.searchParams);
    const response = polls++ % 3 === 1
      ? { error: 'login_required', error_description: 'Login required', state }
      : { access_token: 'AT', id_token: token({ nonce, email: 'nora@example.com' }), expires_in: 7200, state };
    return { type: 'text/html', text: `<script>parent.postMessage(${JSON.stringify({ type: 'authorization_response', response })}, 'https://page.com')</script>` };
  },
}, async ({ go, call, said }) => {
  polls = 0;
  await go('page.com/LIBRARY/polling');
  await call('poll(3)');
  await said('asked enough');
});

same("the tenant's own login page", { 'POST /passwordless/start': { json: { _id: '1' } }, 'POST /passwordless/verify': { json: {} } }, async ({ go, call, said, asked }) => {
  await go('me.auth0.com/LIBRARY/login');
  await call('send()');
  await said('sent');
  await call('logIn("123456")');
  await asked('/passwordless/verify_redirect');
});

test('a login in a popup works with either library in the page and in the popup', async () => {
  const found = [];
  for (const opener of ['theirs', 'ours']) {
    for (const popup of ['theirs', 'ours']) {
      found.push(await visit(opener, {
        'GET /authorize': (url) => ({ headers: { location: `${url.searchParams.get('redirect_uri')}#access_token=AT&state=${url.searchParams.get('state')}` } }),
      }, async ({ go, call, said }) => {
        await go(`page.com/LIBRARY/popup?${popup}`);
        await call('logIn()');
        await said('logged in AT');
      }));
    }
  }
  const [first, ...others] = found.map(({ lines }) => lines);
  assert.equal(first.length, 1);
  for (const lines of others) assert.deepEqual(lines, first);
});

/**
 * Tests that both pages show the same lines and send the same requests.
 *
 * @param {string} name
 * @param {Record<string, Scripted>} responses
 * @param {(person: Person) => Promise<void>} doing
 */
function same(name, responses, doing) {
  test(name, async () => {
    const theirs = await visit('theirs', responses, doing);
    const ours = await visit('ours', responses, doing);
    assert.deepEqual(ours, theirs);
    assert.ok(theirs.lines.length + theirs.requests.length > 0);
  });
}

/**
 * @param {string} library
 * @param {Record<string, Scripted>} responses
 * @param {(person: Person) => Promise<void>} doing
 * @returns {Promise<{ lines: string[], requests: unknown[], navigations: string[] }>}
 */
async function visit(library, responses, doing) {
  const { server, page } = harness;
  server.script({ ...codes(), ...responses });
  await page.context().clearCookies();
  await page.goto('https://page.com/page');
  await page.evaluate(() => localStorage.clear());
  /** @type {string[]} */
  const lines = [];
  const read = async () => {
    const found = await page.locator('p').allTextContents().catch(() => []);
    lines.push(...found.filter((line) => !lines.includes(line)));
  };
  await doing({
    go: async (path) => { await page.goto(`https://${path.replace('LIBRARY', library)}`); },
    call: async (code) => { await page.evaluate((text) => { (0, eval)(text); }, code); },
    said: async (text) => {
      await page.locator('p', { hasText: text }).first().waitFor({ timeout: 15_000 });
      await read();
    },
    asked: async (path) => {
      for (const end = Date.now() + 15_000; !server.recorded().navigations.some((url) => new URL(url).pathname === path);) {
        assert.ok(Date.now() < end, `${path} was never asked for`);
        await pause(20);
      }
    },
  });
  const { requests: all, navigations } = server.recorded();
  // auth0.js fetches the tenant's keys for each token, ours once a page.
  const requests = all.filter(({ url }, at) => !url.endsWith('/jwks.json') || all.findIndex((other) => other.url === url) === at);
  const text = JSON.stringify({ lines, requests, navigations }).replaceAll(`/${library}/`, '/LIBRARY/').replaceAll(`%2F${library}%2F`, '%2FLIBRARY%2F').replace(/(id_token=)[\w.-]+/g, '$1<token>');
  return /** @type {any} */ (normalised(JSON.parse(text)));
}
