// @ts-check
/** `parseHash` and `validateAuthenticationResponse` without ID tokens. */

import { options } from './common.mjs';

/** @typedef {import('../calls.mjs').Call} Call */

/** @type {(name: string, args: unknown[], more?: Partial<Call>) => Call} */
const parse = (name, args, more) => ({ name: `parseHash: ${name}`, options: options({ responseType: 'token' }), method: 'parseHash', args, ...more });
/** @type {(name: string, args: unknown[], more?: Partial<Call>) => Call} */
const validate = (name, args, more) => parse(`validate, ${name}`, args, { method: 'validateAuthenticationResponse', ...more });

/** @type {(more?: Record<string, unknown>) => Record<string, string>} */
const stored = (more) => ({ 'com.auth0.auth.foo': JSON.stringify({ nonce: null, state: 'foo', ...more }) });
const TOKENS = '#state=foo&access_token=VjubIMBmpgQ2W2&token_type=Bearer&refresh_token=k';

/** @type {Call[]} */
export const responses = [
  parse('tokens, and the transaction is removed', [{ hash: TOKENS }, '$callback'], { cookies: stored() }),
  parse('only a callback, fragment of the page', ['$callback'], { hash: TOKENS, cookies: stored() }),
  parse('fragment of the page, with a slash', [{}, '$callback'], { hash: '#/state=foo&access_token=t&expires_in=7200&scope=openid%20email', cookies: stored() }),
  parse('without #', [{ hash: 'state=foo&access_token=t' }, '$callback'], { cookies: stored() }),
  parse('plus is a space', [{ hash: '#state=foo&access_token=t&scope=openid+email' }, '$callback'], { cookies: stored() }),
  parse('appState', [{ hash: TOKENS }, '$callback'], { cookies: stored({ appState: { a: [1] } }) }),
  parse('a state of the call', [{ hash: TOKENS, state: 'foo' }, '$callback']),
  parse('a state of the call and appState', [{ hash: TOKENS, state: 'foo' }, '$callback'], { cookies: stored({ appState: 'A' }) }),
  parse('no token', [{ hash: '#token_type=Bearer' }, '$callback']),
  parse('a code', [{ hash: '#code=abc&state=foo' }, '$callback']),
  parse('no fragment', ['$callback']),
  parse('an empty fragment', [{ hash: '' }, '$callback']),
  parse('an error', [{ hash: '#error=the_error_code&error_description=the_error_description&state=some_state' }, '$callback']),
  parse('an error without state', [{ hash: '#error=the_error_code&error_description=the+description' }, '$callback']),
  parse('an error without description', [{ hash: '#error=access_denied' }, '$callback']),
  parse('an error whose transaction is known', [{ hash: '#error=access_denied&error_description=D&state=foo' }, '$callback'], { cookies: stored() }),
  parse('token missing', [{ hash: '#id_token=x&state=foo' }, '$callback']),
  parse('token missing, response type of the call', [{ hash: '#id_token=x&state=foo', responseType: 'token' }, '$callback'], { options: options({ responseType: undefined }) }),
  parse('id_token missing', [{ hash: '#access_token=x&state=foo' }, '$callback'], { options: options({ responseType: 'id_token' }) }),
  parse('id_token missing, response type of the call', [{ hash: '#access_token=x&state=foo', responseType: 'token id_token' }, '$callback'], { options: options({ responseType: undefined }) }),
  parse("the constructor's response type has precedence", [{ hash: TOKENS, responseType: 'id_token' }, '$callback'], { cookies: stored() }),
  parse('unknown state', [{ hash: '#access_token=x&state=bar' }, '$callback'], { cookies: stored() }),
  parse('no state', [{ hash: '#access_token=x' }, '$callback'], { cookies: stored() }),
  parse('another state than in the options', [{ hash: '#access_token=x&state=bar', state: 'foo' }, '$callback']),
  parse('state twice', [{ hash: '#access_token=x&state=foo&state=foo' }, '$callback'], { cookies: stored() }),
  parse('IdP-initiated login', [{ hash: '#access_token=x', __enableIdPInitiatedLogin: true }, '$callback']),
  parse('IdP-initiated login by __enableImpersonation', [{ hash: '#access_token=x', __enableImpersonation: true }, '$callback']),
  parse('IdP-initiated login with a state', [{ hash: '#access_token=x&state=bar', __enableIdPInitiatedLogin: true }, '$callback']),
  parse('IdP-initiated login disabled', [{ hash: '#access_token=x', __enableIdPInitiatedLogin: false }, '$callback']),
  parse('another namespace', [{ hash: TOKENS }, '$callback'], { options: options({ responseType: 'token', transaction: { namespace: 'mine.' } }), cookies: { 'mine.foo': JSON.stringify({ state: 'foo', nonce: null }) } }),
  parse('only the compat cookie', [{ hash: TOKENS }, '$callback'], { cookies: { '_com.auth0.auth.foo_compat': JSON.stringify({ state: 'foo', nonce: null }) } }),
  parse('a broken cookie', [{ hash: TOKENS }, '$callback'], { cookies: { 'com.auth0.auth.foo': '{' } }),

  validate('tokens', [{}, { access_token: 't', state: 'foo', expires_in: '60', token_type: 'Bearer', scope: 'openid' }, '$callback'], { cookies: stored({ appState: 'A' }) }),
  validate('a number of seconds', [{ state: 'foo' }, { access_token: 't', state: 'foo', expires_in: 60 }, '$callback']),
  validate('a leeway that no token needs', [{ state: 'foo' }, { access_token: 't', state: 'foo' }, '$callback'], { options: options({ responseType: 'token', leeway: 301 }) }),
  validate('a leeway too long', [{ state: 'foo' }, { id_token: 'x.y.z', state: 'foo' }, '$callback'], { options: options({ responseType: 'token', leeway: 301 }) }),
  validate('another state', [{ state: 'foo' }, { access_token: 't', state: 'bar' }, '$callback']),
];
