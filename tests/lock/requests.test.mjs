// @ts-check
/** How a page's option `auth` changes the requests of its dialog. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const SCOPE = 'openid profile email';
const ELSEWHERE = 'http://localhost:3000/callback';

/**
 * The `authParams` of a request for a code, without random values.
 *
 * @param {Record<string, unknown>} options
 */
async function authParams(options) {
  const { context, page } = await stage.open({ path: '/?from=a#part' });
  await page.waitForFunction(() => 'Auth0LockPasswordless' in window);
  await page.evaluate(([domain, options]) => new /** @type {any} */ (window).Auth0LockPasswordless('latchkey-web', domain, options).show(), /** @type {const} */ ([stage.tenant.url, options]));
  await controls(page).email.fill('asked@example.com');
  const request = page.waitForRequest('**/passwordless/start');
  await page.keyboard.press('Enter');
  const { authParams: { state, nonce, ...rest } } = (await request).postDataJSON();
  await context.close();
  return { ...rest, ...state === 'S1' && { state }, ...nonce === 'N1' && { nonce } };
}

/** @type {[name: string, options: Record<string, unknown>, expected: () => Record<string, unknown>][]} */
const CASES = [
  ['a redirectUrl makes `code` the default', { auth: { redirectUrl: ELSEWHERE } }, () => ({ response_type: 'code', redirect_uri: ELSEWHERE, scope: SCOPE })],
  ['an empty redirectUrl is none', { auth: { redirectUrl: '', responseType: '' } }, () => ({ response_type: 'token', redirect_uri: `${stage.url}/`, scope: SCOPE })],
  ['response type and mode, audience, state and nonce', { auth: { redirectUrl: ELSEWHERE, responseType: 'id_token', responseMode: 'form_post', audience: 'api', state: 'S1', nonce: 'N1' } }, () => ({ response_type: 'id_token', response_mode: 'form_post', redirect_uri: ELSEWHERE, scope: SCOPE, audience: 'api', state: 'S1', nonce: 'N1' })],
  ['auth.params over them; of the rest, a code says nothing', { auth: { redirectUrl: ELSEWHERE, audience: 'api', state: 'x', params: { scope: 'openid', audience: 'api2', state: 'S1', nonce: 'N1', screen_hint: 'x' } } }, () => ({ response_type: 'code', redirect_uri: ELSEWHERE, scope: 'openid', audience: 'api2', state: 'S1', nonce: 'N1' })],
  ['a link says all of auth.params', { passwordlessMethod: 'link', auth: { redirectUrl: ELSEWHERE, params: { screen_hint: 'x' } } }, () => ({ response_type: 'code', redirect_uri: ELSEWHERE, scope: SCOPE, screen_hint: 'x' })],
  ['no auth at all', { auth: null }, () => ({ response_type: 'token', redirect_uri: `${stage.url}/`, scope: SCOPE })],
];

test('the login returns to the page, without its query and fragment', async () => {
  assert.deepEqual(await authParams({}), { response_type: 'token', redirect_uri: `${stage.url}/`, scope: SCOPE });
});

for (const [name, options, expected] of CASES) test(name, async () => assert.deepEqual(await authParams(options), expected()));
