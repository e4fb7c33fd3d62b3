// @ts-check
/** ID tokens, with keys made for this run: reference 3.2, cases 71 and 72. */

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
const part = (/** @type {unknown} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * An ID token.
 *
 * @param {Record<string, unknown>} [changes] of the claims
 * @param {Record<string, unknown>} [header]
 * @param {import('node:crypto').KeyObject} [key]
 */
export function token(changes, header, key = privateKey) {
  const signed = `${part({ alg: 'RS256', kid: 'K1', typ: 'JWT', ...header })}.${part({ ...claims, ...changes })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

/** @type {(name: string, idToken: string, more?: Partial<Call> & { call?: Record<string, unknown>, hash?: string, extra?: Record<string, unknown>, transaction?: Record<string, unknown> }) => Call} */
const parse = (name, idToken, { call, hash = '', extra, transaction, ...more } = {}) => ({
  name: `ID token: ${name}`,
  options: options({ responseType: 'id_token', ...extra }),
  method: 'parseHash',
  args: [{ hash: `#state=foo&id_token=${idToken}${hash}`, ...call }, '$callback'],
  answers: keys,
  cookies: { 'com.auth0.auth.foo': JSON.stringify({ nonce: 'N1', state: 'foo', ...transaction }) },
  ...more,
});
const atHash = (/** @type {string} */ text) => createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
const undefined_ = undefined;

/** @type {Call[]} */
export const tokens = [
  parse('71 good', token()),
  parse('71 good, with appState', token(), { transaction: { appState: { a: 1 } } }),
  parse('71 good, by a nonce of the call', token({ nonce: 'N2' }), { call: { nonce: 'N2' } }),
  parse('71 good, without any nonce', token(), { transaction: { nonce: null } }),
  parse('71 good, several audiences', token({ aud: ['CID', 'other'], azp: 'CID' })),
  parse('71 good, one audience in a list', token({ aud: ['CID'] })),
  parse('71 good, of another issuer', token({ iss: 'https://id.example.com/' }), { extra: { overrides: { __token_issuer: 'https://id.example.com/', __jwks_uri: 'https://me.auth0.com/.well-known/jwks.json' } } }),
  parse('71 good, keys from elsewhere', token(), { extra: { overrides: { __jwks_uri: 'https://me.auth0.com/keys' } }, answers: { 'GET /keys': keys[KEYS] } }),
  parse('71 good, text that is not ASCII', token({ name: 'Zoë 😀' })),
  parse('2 two parts', 'a.b'),
  parse('2 four parts', `${token()}.x`),
  parse('2 no JSON', 'YQ.YQ.YQ'),
  parse('2 no base64', '*.*.*'),
  ...['HS256', 'none', 'ES256', 'RS512'].map((alg) => parse(`3 ${alg}`, token({}, { alg }))),
  parse('3 no algorithm', token({}, { alg: undefined_ })),
  parse('4 keys: server error', token(), { answers: { [KEYS]: { status: 500, text: 'oops' } } }),
  parse('4 keys: no JSON', token(), { answers: { [KEYS]: { text: 'oops', type: 'application/json' } } }),
  parse('4 keys: connection dropped', token(), { answers: { [KEYS]: { drop: true } } }),
  parse('4 keys: refused by CORS', token(), { answers: { [KEYS]: { json: { keys: [] }, cors: false } } }),
  parse('5 unknown key', token({}, { kid: 'K9' })),
  parse('5 no key ID', token({}, { kid: undefined_ })),
  parse('5 no keys', token(), { answers: { [KEYS]: { json: { keys: [] } } } }),
  parse('6 signed with another key', token({}, {}, other.privateKey)),
  parse('6 another payload', (([header, , signature]) => `${header}.${part({ ...claims, sub: 'admin' })}.${signature}`)(token().split('.'))),
  parse('6 no signature', `${token().split('.').slice(0, 2).join('.')}.`),
  parse('7 another issuer than configured', token(), { extra: { overrides: { __token_issuer: 'E', __jwks_uri: 'https://me.auth0.com/.well-known/jwks.json' } } }),
  parse('7 no issuer', token({ iss: undefined_ }), { extra: { overrides: { __jwks_uri: 'https://me.auth0.com/.well-known/jwks.json' } } }),
  parse('8 no subject', token({ sub: undefined_ })),
  parse('8 a number as subject', token({ sub: 5 })),
  parse('9 no audience', token({ aud: undefined_ })),
  parse('9 another audience', token({ aud: 'X' })),
  parse('9 other audiences', token({ aud: ['X', 'Y'] })),
  parse('9 a number as audience', token({ aud: 5 })),
  parse('10 no nonce', token({ nonce: undefined_ })),
  parse('10 another nonce', token({ nonce: 'ZZ' })),
  parse('11 no azp', token({ aud: ['CID', 'Y'] })),
  parse('11 another azp', token({ aud: ['CID', 'Y'], azp: 'Q' })),
  parse('12 no exp', token({ exp: undefined_ })),
  parse('12 exp is a text', token({ exp: 'soon' })),
  parse('12 no iat', token({ iat: undefined_ })),
  parse('12 iat in the future', token({ iat: now + 9999 })),
  parse('13 expired', token({ exp: now - 120 })),
  parse('13 expired within the leeway', token({ exp: now - 1 })),
  parse('13 expired beyond a leeway of its own', token({ exp: now - 30 }), { extra: { leeway: 10 } }),
  parse('13 leeway zero', token({ exp: now - 1 }), { extra: { leeway: 0 } }),
  parse('13 leeway too long', token(), { extra: { leeway: 301 } }),
  parse('13 leeway negative', token(), { extra: { leeway: -1 } }),
  parse('13 leeway too long, another state', token(), { extra: { leeway: 301 }, transaction: { state: 'bar' } }),
  parse('14 not yet', token({ nbf: now + 3000 })),
  parse('14 not yet within the leeway', token({ nbf: now + 30 })),
  parse('15 no auth_time', token(), { extra: { maxAge: 100 } }),
  parse('15 too long ago', token({ auth_time: now - 300 }), { extra: { maxAge: 100 } }),
  parse('15 recent', token({ auth_time: now - 50 }), { extra: { maxAge: 100 } }),
  parse('16 organization', token({ org_id: 'org_1' }), { transaction: { organization: 'org_1' } }),
  parse('16 no organization', token(), { transaction: { organization: 'org_1' } }),
  parse('16 another organization', token({ org_id: 'org_2' }), { transaction: { organization: 'org_1' } }),
  parse('16 organization by name', token({ org_name: 'acme' }), { transaction: { organization: 'ACME' } }),
  parse('16 no organization by name', token(), { transaction: { organization: 'ACME' } }),
  parse('16 another organization by name', token({ org_name: 'x' }), { transaction: { organization: 'ACME' } }),
  parse('17 at_hash', token({ at_hash: atHash('AT') }), { hash: '&access_token=AT' }),
  parse('17 at_hash of another token', token({ at_hash: atHash('other') }), { hash: '&access_token=AT' }),
  parse('17 no at_hash', token(), { hash: '&access_token=AT' }),
  parse('custom domain', token({ iss: 'https://login.page.com/' }), { extra: { domain: 'login.page.com' } }),
  parse('state of the call alone', token(), { call: { state: 'foo', nonce: 'N1' }, cookies: {} }),
  parse('lastUsedConnection', token(), { transaction: { lastUsedConnection: 'email' } }),
];
