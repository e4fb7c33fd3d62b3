// @ts-check
/** `passwordlessLogin`. */

import { options, refusals } from './common.mjs';

const PATH = 'POST /co/authenticate';
const ticket = { [PATH]: { json: { login_ticket: 'LT', co_verifier: 'COV', co_id: 'COID' } } };
const email = { connection: 'email', email: 'a@b.co', verificationCode: '123456' };

/** @type {(name: string, args: unknown[], more?: Partial<import('../calls.mjs').Call>) => import('../calls.mjs').Call} */
const webAuth = (name, args, more) => ({
  name: `login: ${name}`, options: options(), method: 'passwordlessLogin', args, responses: ticket, ...more,
});

/** @type {import('../calls.mjs').Call[]} */
export const login = [
  webAuth('sms', [{ connection: 'sms', phoneNumber: '+55165134', verificationCode: '123456' }, '$callback'], { options: options({ responseType: 'id_token' }) }),
  webAuth('e-mail', [email, '$callback']),
  webAuth('e-mail is trimmed', [{ ...email, email: ' a@b.co ' }, '$callback']),
  webAuth('onRedirecting', [{ ...email, onRedirecting: '$done' }, '$callback']),
  webAuth('onRedirecting of the constructor', [email, '$callback'], { options: options({ onRedirecting: '$function' }), patience: 600 }),
  webAuth('realm, user name and code under their own names', [{ username: 'me@example.com', otp: '123456', realm: 'email', credentialType: 'http://auth0.com/oauth/grant-type/passwordless/otp' }, '$callback']),
  webAuth('realm of the constructor', [email, '$callback'], { options: options({ realm: 'r' }) }),
  webAuth('no callback', [email]),
  webAuth('onRedirecting that never says done', [{ ...email, onRedirecting: '$function' }, '$callback'], { patience: 600 }),
  webAuth('no response type', [email, '$callback'], { options: options({ responseType: undefined }) }),
  webAuth('stored verifier, authorize URL, credentials', [email, '$callback'], { options: options({ responseType: 'token id_token' }) }),
  webAuth('own state and nonce', [{ ...email, state: 's1', nonce: 'n1' }, '$callback']),
  webAuth('state of the constructor', [email, '$callback'], { options: options({ state: 's1', nonce: 'n1' }) }),
  webAuth('scope and audience', [email, '$callback'], { options: options({ scope: 'openid email', audience: 'urn:api' }) }),
  webAuth('organization and invitation', [email, '$callback'], { options: options({ organization: 'org_1', invitation: 'inv' }) }),
  webAuth('responseMode of the call', [{ ...email, responseMode: 'form_post' }, '$callback']),
  webAuth('appState stays in the cookie', [{ ...email, appState: { returnTo: '/a' } }, '$callback']),
  webAuth('challenge', [{ ...email, code_challenge: 'CH', code_challenge_method: 'S256' }, '$callback']),
  webAuth('an unknown option', [{ ...email, fooBar: 'x y&z' }, '$callback'], { options: options({ _disableDeprecationWarnings: true }) }),
  webAuth('redirectUri of the call', [{ ...email, redirectUri: 'http://page.com/other?a=b' }, '$callback']),
  webAuth('telemetry', [email, '$callback'], { options: options({ _sendTelemetry: true }) }),
  webAuth('a number as code', [{ ...email, verificationCode: 123456 }, '$callback']),
  webAuth('no code', [{ connection: 'email', email: 'a@b.co' }, '$callback']),
  webAuth('empty code', [{ ...email, verificationCode: '' }, '$callback']),
  webAuth('empty options', [{}, '$callback']),
  webAuth('clientID of the call', [{ ...email, clientID: 'OTHER' }, '$callback']),
  webAuth('refused: any error', [email, '$callback'], { responses: { [PATH]: { status: 400, json: { error: 'any_error', error_description: 'a super big error message description' } } } }),
  webAuth('refused: no response', [email, '$callback'], { responses: { [PATH]: { drop: true } } }),
  webAuth('200 with null', [email, '$callback'], { responses: { [PATH]: { json: null } } }),
  webAuth('200 without a ticket', [email, '$callback'], { responses: { [PATH]: { json: {} } } }),
  webAuth("on the tenant's own origin, verify", [email, '$callback'], { host: 'me.auth0.com', responses: { 'POST /passwordless/verify': { json: {} } } }),
  webAuth("on the tenant's own origin, verify refused", [email, '$callback'], { host: 'me.auth0.com', responses: { 'POST /passwordless/verify': { status: 401, json: { error: 'invalid_user_password', error_description: 'Wrong email or verification code.' } } } }),
  ...refusals.map(([name, refusal]) => webAuth(`refused: ${name}`, [email, '$callback'], { responses: { [PATH]: refusal } })),
];
