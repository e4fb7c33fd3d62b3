// @ts-check
/** ID token validation, with keys that are generated for each run. */

import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { options } from './common.mjs';

/** @typedef {import('../calls.mjs').Call} Call */

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'K1', alg: 'RS256', use: 'sig' };
const KEYS = 'GET /.well-known/jwks.json';
export const keys = { [KEYS]: { json: { keys: [{ ...other.publicKey.export({ format: 'jwk' }), kid: 'K0' }, jwk] } } };

const now = Math.floor(Date.now() / 1000);
const claims = { iss: 'https://me.auth0.com/', sub: 'email|1', aud: 'CID', iat: now, exp: now + 3600, nonce: 'N1', email: 'a@b.co', email_verified: true };
const segment = (/** @type {unknown} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Creates an ID token.
 *
 * @param {Record<string, unknown>} [changes] of the claims
 * @param {Record<string, unknown>} [header]
 * @param {import('node:crypto').KeyObject} [key]
 */
export function token(changes, header, key = privateKey) {
  const signed = `${segment({ alg: 'RS256', kid: 'K1', typ: 'JWT', ...header })}.${segment({ ...claims, ...changes })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

/** @type {(name: string, idToken: string, more?: Partial<Call> & { call?: Record<string, unknown>, hash?: string, extra?: Record<string, unknown>, transaction?: Record<string, unknown> }) => Call} */
const parse = (name, idToken, { call, hash = '', extra, transaction, ...more } = {}) => ({
  name: `ID token: ${name}`,
  options: options({ responseType: 'id_token', ...extra }),
  method: 'parseHash',
  args: [{ hash: `#state=foo&id_token=${idToken}${hash}`, ...call }, '$callback'],
  responses: keys,
  cookies: { 'com.auth0.auth.foo': JSON.stringify({ nonce: 'N1', state: 'foo', ...transaction }) },
  ...more,
});
const atHash = (/** @type {string} */ text) => createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
const undefined_ = undefined;

/** @type {Call[]} */
export const tokens = [
  parse('valid', token()),
  parse('valid, with appState', token(), { transaction: { appState: { a: 1 } } }),
  parse('valid, by a nonce of the call', token({ nonce: 'N2' }), { call: { nonce: 'N2' } }),
  parse('valid, without any nonce', token(), { transaction: { nonce: null } }),
  parse('valid, several audiences', token({ aud: ['CID', 'other'], azp: 'CID' })),
  parse('valid, one audience in a list', token({ aud: ['CID'] })),
  parse('valid, of another issuer', token({ iss: 'https://id.example.com/' }), { extra: { overrides: { __token_issuer: 'https://id.example.com/', __jwks_uri: 'https://me.auth0.com/.well-known/jwks.json' } } }),
  parse('valid, keys from elsewhere', token(), { extra: { overrides: { __jwks_uri: 'https://me.auth0.com/keys' } }, responses: { 'GET /keys': keys[KEYS] } }),
  parse('valid, text that is not ASCII', token({ name: 'Zoë 😀' })),
  parse('two segments', 'a.b'),
  parse('four segments', `${token()}.x`),
  parse('a header that is no JSON', 'YQ.YQ.YQ'),
  parse('no base64url', '*.*.*'),
  ...['HS256', 'none', 'ES256', 'RS512'].map((alg) => parse(`algorithm ${alg}`, token({}, { alg }))),
  parse('no algorithm', token({}, { alg: undefined_ })),
  parse('JWKS: server error', token(), { responses: { [KEYS]: { status: 500, text: 'oops' } } }),
  parse('JWKS: no JSON', token(), { responses: { [KEYS]: { text: 'oops', type: 'application/json' } } }),
  parse('JWKS: connection dropped', token(), { responses: { [KEYS]: { drop: true } } }),
  parse('JWKS: refused by CORS', token(), { responses: { [KEYS]: { json: { keys: [] }, cors: false } } }),
  parse('unknown key', token({}, { kid: 'K9' })),
  parse('no key ID', token({}, { kid: undefined_ })),
  parse('no keys', token(), { responses: { [KEYS]: { json: { keys: [] } } } }),
  parse('signed with another key', token({}, {}, other.privateKey)),
  parse('another payload', (([header, , signature]) => `${header}.${segment({ ...claims, sub: 'admin' })}.${signature}`)(token().split('.'))),
  parse('no signature', `${token().split('.').slice(0, 2).join('.')}.`),
  parse('another issuer than configured', token(), { extra: { overrides: { __token_issuer: 'E', __jwks_uri: 'https://me.auth0.com/.well-known/jwks.json' } } }),
  parse('no issuer', token({ iss: undefined_ }), { extra: { overrides: { __jwks_uri: 'https://me.auth0.com/.well-known/jwks.json' } } }),
  parse('no subject', token({ sub: undefined_ })),
  parse('a number as subject', token({ sub: 5 })),
  parse('no audience', token({ aud: undefined_ })),
  parse('another audience', token({ aud: 'X' })),
  parse('other audiences', token({ aud: ['X', 'Y'] })),
  parse('a number as audience', token({ aud: 5 })),
  parse('no nonce', token({ nonce: undefined_ })),
  parse('another nonce', token({ nonce: 'ZZ' })),
  parse('no azp', token({ aud: ['CID', 'Y'] })),
  parse('another azp', token({ aud: ['CID', 'Y'], azp: 'Q' })),
  parse('no exp', token({ exp: undefined_ })),
  parse('exp is a text', token({ exp: 'soon' })),
  parse('no iat', token({ iat: undefined_ })),
  parse('iat in the future', token({ iat: now + 9999 })),
  parse('expired', token({ exp: now - 120 })),
  parse('expired within the leeway', token({ exp: now - 1 })),
  parse('expired beyond a leeway of its own', token({ exp: now - 30 }), { extra: { leeway: 10 } }),
  parse('leeway zero', token({ exp: now - 1 }), { extra: { leeway: 0 } }),
  parse('leeway too long', token(), { extra: { leeway: 301 } }),
  parse('leeway negative', token(), { extra: { leeway: -1 } }),
  parse('leeway too long, another state', token(), { extra: { leeway: 301 }, transaction: { state: 'bar' } }),
  parse('nbf in the future', token({ nbf: now + 3000 })),
  parse('nbf within the leeway', token({ nbf: now + 30 })),
  parse('no auth_time', token(), { extra: { maxAge: 100 } }),
  parse('auth_time too long ago', token({ auth_time: now - 300 }), { extra: { maxAge: 100 } }),
  parse('auth_time within maxAge', token({ auth_time: now - 50 }), { extra: { maxAge: 100 } }),
  parse('organization', token({ org_id: 'org_1' }), { transaction: { organization: 'org_1' } }),
  parse('no organization', token(), { transaction: { organization: 'org_1' } }),
  parse('another organization', token({ org_id: 'org_2' }), { transaction: { organization: 'org_1' } }),
  parse('organization by name', token({ org_name: 'acme' }), { transaction: { organization: 'ACME' } }),
  parse('no organization by name', token(), { transaction: { organization: 'ACME' } }),
  parse('another organization by name', token({ org_name: 'x' }), { transaction: { organization: 'ACME' } }),
  parse('at_hash', token({ at_hash: atHash('AT') }), { hash: '&access_token=AT' }),
  parse('at_hash of another token', token({ at_hash: atHash('other') }), { hash: '&access_token=AT' }),
  parse('no at_hash', token(), { hash: '&access_token=AT' }),
  parse('custom domain', token({ iss: 'https://login.page.com/' }), { extra: { domain: 'login.page.com' } }),
  parse('state and nonce of the call', token(), { call: { state: 'foo', nonce: 'N1' }, cookies: {} }),
  parse('lastUsedConnection', token(), { transaction: { lastUsedConnection: 'email' } }),
];
