// @ts-check
/** Requests of the API client, captcha challenges, and the page for cross-origin verification. */

import { options } from './common.mjs';

/** @typedef {import('../calls.mjs').Call} Call */

/** @type {(name: string, method: string, args: unknown[], responses: Call['responses'], more?: Record<string, unknown>) => Call} */
const call = (name, method, args, responses, more) => ({ name: `${method}: ${name}`, options: options(more), method, args, responses });

const OTP = 'http://auth0.com/oauth/grant-type/passwordless/otp';
const userInfo = { 'GET /userinfo': { json: { sub: 'email|1', email_verified: true } } };
const token = { 'POST /oauth/token': { json: { access_token: 'AT', expires_in: 60, id_token: 'x' } } };
const challenge = { 'POST /passwordless/challenge': { json: { image: 'data:image/svg+xml,x', type: 'code', is_required: true } } };
const grant = { grantType: OTP, realm: 'email', username: 'a@b.co', otp: '123456' };

/** @type {(name: string, more: Partial<Call>) => Call} */
const verification = (name, more) => ({
  name: `crossOriginVerification: ${name}`, options: options(), method: 'crossOriginVerification', args: [], patience: 60,
  hash: '#origin=https%3A%2F%2Fpage.com', ...more,
});
const request = { type: 'co_verifier_request', request: { id: 'COID' } };
const verifier = { 'co/verifier/https%3A%2F%2Fpage.com/COID': '"COV"' };

/** @type {Call[]} */
export const api = [
  call('a token', 'client.userInfo', ['AT', '$callback'], userInfo),
  call('telemetry', 'client.userInfo', ['AT', '$callback'], userInfo, { _sendTelemetry: true }),
  call('no token', 'client.userInfo', ['$undefined', '$callback'], userInfo),
  call('refused', 'client.userInfo', ['AT', '$callback'], { 'GET /userinfo': { status: 401, text: 'Unauthorized' } }),

  call('the OTP grant', 'client.oauthToken', [grant, '$callback'], token),
  call('scope and audience of the constructor', 'client.oauthToken', [grant, '$callback'], token, { scope: 'openid', audience: 'urn:a' }),
  call('a code', 'client.oauthToken', [{ grantType: 'authorization_code', code: 'C', codeVerifier: 'V', redirectUri: 'http://page.com/cb' }, '$callback'], token),
  call('a refresh token', 'client.oauthToken', [{ grantType: 'refresh_token', refreshToken: 'R', clientSecret: 'S', fooBar: 'x' }, '$callback'], token),
  call('no grant type', 'client.oauthToken', [{}, '$callback'], token),
  call('no options', 'client.oauthToken', ['$undefined', '$callback'], token),
  call('scope is a number', 'client.oauthToken', [{ ...grant, scope: 5 }, '$callback'], token),
  call('refused', 'client.oauthToken', [grant, '$callback'], { 'POST /oauth/token': { status: 403, json: { error: 'invalid_grant', error_description: 'Wrong email or verification code.' } } }),
  call('mfa_required', 'client.oauthToken', [grant, '$callback'], { 'POST /oauth/token': { status: 403, json: { error: 'mfa_required', error_description: 'D', mfa_token: 'M' } } }),

  call('without state', 'client.passwordless.getChallenge', ['$callback'], challenge),
  call('with state', 'client.passwordless.getChallenge', ['$callback'], challenge, { state: '123abc' }),
  call('network', 'client.passwordless.getChallenge', ['$callback'], { 'POST /passwordless/challenge': { drop: true } }, { state: '123abc' }),
  call('without state', 'renderPasswordlessCaptcha', ['$element', {}, '$callback'], challenge),
  call('none needed', 'renderPasswordlessCaptcha', ['$element', {}, '$callback'], { 'POST /passwordless/challenge': { json: { required: false } } }, { state: 's' }),
  call('a picture', 'renderPasswordlessCaptcha', ['$element', {}, '$callback'], { 'POST /passwordless/challenge': { json: { required: true, provider: 'auth0', image: 'data:,', type: 'code' } } }, { state: 's' }),
  call('refused', 'renderPasswordlessCaptcha', ['$element', {}, '$callback'], { 'POST /passwordless/challenge': { status: 400, json: { error: 'e', error_description: 'D' } } }, { state: 's' }),

  verification('ready', {}),
  verification('a verifier', { post: [request], cookies: verifier }),
  verification('once', { post: [request, request], cookies: verifier }),
  verification('an unknown login', { post: [request] }),
  verification('other messages', { post: [{ type: 'other' }] }),
  verification('under its old name', { method: 'crossOriginAuthenticationCallback', post: [request], cookies: verifier }),
];
