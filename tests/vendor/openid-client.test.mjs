// @ts-check
/** openid-client, a certified relying party for Node.js, with the mock tenant. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as client from 'openid-client';
import { freePort, startTenant } from '../../scripts/lib/servers.mjs';

const ADDRESS = 'ada@example.com';
const APP = 'http://localhost:3000';
const CALLBACK = `${APP}/callback`;
const OTP = 'http://auth0.com/oauth/grant-type/passwordless/otp';

/** @type {Awaited<ReturnType<typeof startTenant>>} */
let tenant;
before(async () => { tenant = await startTenant({ port: await freePort(), appUrl: APP, quiet: true }); });
after(() => tenant?.stop());
beforeEach(() => ask('POST', '/_mock/reset'));

/** @param {string} method @param {string} path @param {unknown} [body] */
const ask = (method, path, body) => fetch(tenant.url + path, {
  method, headers: { 'content-type': 'application/json', origin: path.startsWith('/_mock') ? tenant.url : APP }, body: JSON.stringify(body), redirect: 'manual',
});

/** Discovers the tenant for one of the built-in clients. @param {'latchkey-web' | 'latchkey-spa'} id */
const discover = (id) => client.discovery(
  new URL(tenant.url), id, undefined,
  id === 'latchkey-web' ? client.ClientSecretPost('latchkey-web-secret') : client.None(),
  { execute: [client.allowInsecureRequests] },
);

/**
 * Acts as the browser: requests a code, logs in with it, and follows the authorization URL.
 *
 * @param {string} id
 * @param {URL} url
 * @returns {Promise<URL>} the callback URL with the authorization response
 */
async function logIn(id, url) {
  await ask('POST', '/passwordless/start', { client_id: id, connection: 'email', email: ADDRESS, send: 'code' });
  const messages = await (await fetch(`${tenant.url}/_mock/outbox?to=${ADDRESS}&wait=5`)).json();
  const answer = await ask('POST', '/co/authenticate', {
    client_id: id, credential_type: OTP, username: ADDRESS, otp: messages.at(-1).code, realm: 'email',
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const { login_ticket } = await answer.json();
  url.searchParams.set('realm', 'email');
  url.searchParams.set('login_ticket', login_ticket);
  const redirect = await fetch(url, { redirect: 'manual', headers: { cookie } });
  return new URL(redirect.headers.get('location') ?? '');
}

for (const id of /** @type {const} */ (['latchkey-web', 'latchkey-spa'])) {
  test(`${id}: code exchange with PKCE, userinfo, and refresh`, async () => {
    const config = await discover(id);
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK, scope: 'openid profile email offline_access', state, nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    });
    const callback = await logIn(id, url);
    const tokens = await client.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
    });
    const claims = tokens.claims();
    assert.ok(claims);
    assert.equal(claims.email, ADDRESS);
    const profile = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
    assert.equal(profile.email, ADDRESS);
    assert.ok(tokens.refresh_token);
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
    assert.notEqual(renewed.access_token, tokens.access_token);
    assert.equal(renewed.claims()?.sub, claims.sub);
  });
}

test('a wrong code verifier is refused', async () => {
  const config = await discover('latchkey-spa');
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK, scope: 'openid', state,
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()), code_challenge_method: 'S256',
  });
  const callback = await logIn('latchkey-spa', url);
  await assert.rejects(
    client.authorizationCodeGrant(config, callback, { pkceCodeVerifier: client.randomPKCECodeVerifier(), expectedState: state }),
    (/** @type {any} */ error) => error.error === 'invalid_grant',
  );
});

test('a revoked token is refused', async () => {
  const config = await discover('latchkey-web');
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(config, { redirect_uri: CALLBACK, scope: 'openid offline_access', state });
  const tokens = await client.authorizationCodeGrant(config, await logIn('latchkey-web', url), { expectedState: state });
  assert.ok(tokens.refresh_token);
  await client.tokenRevocation(config, tokens.refresh_token);
  await assert.rejects(
    client.refreshTokenGrant(config, tokens.refresh_token),
    (/** @type {any} */ error) => error.error === 'invalid_grant',
  );
});

test('a client with private_key_jwt logs in and verifies ID tokens before and after a key rotation', async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, false, ['sign', 'verify'],
  );
  const der = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64');
  const pem = `-----BEGIN PUBLIC KEY-----\n${der.match(/.{1,64}/g)?.join('\n')}\n-----END PUBLIC KEY-----\n`;
  const patched = await ask('PATCH', '/_mock/clients/latchkey-web', {
    token_endpoint_auth_method: 'private_key_jwt',
    client_authentication_methods: { private_key_jwt: { credentials: [{ credential_type: 'public_key', name: 'test', pem, alg: 'RS256', kid: 'k1' }] } },
  });
  assert.equal(patched.status, 200);
  const login = async () => {
    const config = await client.discovery(
      new URL(tenant.url), 'latchkey-web', undefined, client.PrivateKeyJwt({ key: privateKey, kid: 'k1' }),
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    );
    const state = client.randomState();
    const callback = await logIn('latchkey-web', client.buildAuthorizationUrl(config, { redirect_uri: CALLBACK, scope: 'openid email', state }));
    const tokens = await client.authorizationCodeGrant(config, callback, { expectedState: state, idTokenExpected: true });
    assert.equal(tokens.claims()?.email, ADDRESS);
    return JSON.parse(Buffer.from(tokens.id_token?.split('.')[0] ?? '', 'base64url').toString()).kid;
  };
  const before = await login();
  await ask('POST', '/_mock/keys/rotate');
  assert.notEqual(await login(), before);
  const refused = await ask('POST', '/oauth/token', { grant_type: 'refresh_token', refresh_token: 'x', client_id: 'latchkey-web', client_secret: 'latchkey-web-secret' });
  assert.equal(refused.status, 401, 'the secret is given up');
});
