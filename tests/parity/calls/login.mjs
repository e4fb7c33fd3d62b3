// @ts-check
/** `passwordlessLogin`. */

import { options, refusals } from './common.mjs';

const PATH = 'POST /co/authenticate';
const ticket = { [PATH]: { json: { login_ticket: 'LT', co_verifier: 'COV', co_id: 'COID' } } };
const email = { connection: 'email', email: 'a@b.co', verificationCode: '123456' };

/** @type {(name: string, args: unknown[], more?: Partial<import('../calls.mjs').Call>) => import('../calls.mjs').Call} */
const login_ = (name, args, more) => ({
  name: `login: ${name}`, options: options(), method: 'passwordlessLogin', args, responses: ticket, ...more,
});

/** @type {import('../calls.mjs').Call[]} */
export const login = [
  login_('sms', [{ connection: 'sms', phoneNumber: '+55165134', verificationCode: '123456' }, '$callback'], { options: options({ responseType: 'id_token' }) }),
  login_('e-mail', [email, '$callback']),
  login_('e-mail is trimmed', [{ ...email, email: ' a@b.co ' }, '$callback']),
  login_('onRedirecting', [{ ...email, onRedirecting: '$done' }, '$callback']),
  login_('onRedirecting of the constructor', [email, '$callback'], { options: options({ onRedirecting: '$function' }), patience: 600 }),
  login_('realm, user name and code under their own names', [{ username: 'me@example.com', otp: '123456', realm: 'email', credentialType: 'http://auth0.com/oauth/grant-type/passwordless/otp' }, '$callback']),
  login_('realm of the constructor', [email, '$callback'], { options: options({ realm: 'r' }) }),
  login_('no callback', [email]),
  login_('onRedirecting that never says done', [{ ...email, onRedirecting: '$function' }, '$callback'], { patience: 600 }),
  login_('no response type', [email, '$callback'], { options: options({ responseType: undefined }) }),
  login_('stored verifier, authorize URL, credentials', [email, '$callback'], { options: options({ responseType: 'token id_token' }) }),
  login_('own state and nonce', [{ ...email, state: 's1', nonce: 'n1' }, '$callback']),
  login_('state of the constructor', [email, '$callback'], { options: options({ state: 's1', nonce: 'n1' }) }),
  login_('scope and audience', [email, '$callback'], { options: options({ scope: 'openid email', audience: 'urn:api' }) }),
  login_('organization and invitation', [email, '$callback'], { options: options({ organization: 'org_1', invitation: 'inv' }) }),
  login_('responseMode of the call', [{ ...email, responseMode: 'form_post' }, '$callback']),
  login_('appState stays in the cookie', [{ ...email, appState: { returnTo: '/a' } }, '$callback']),
  login_('challenge', [{ ...email, code_challenge: 'CH', code_challenge_method: 'S256' }, '$callback']),
  login_('an unknown option', [{ ...email, fooBar: 'x y&z' }, '$callback'], { options: options({ _disableDeprecationWarnings: true }) }),
  login_('redirectUri of the call', [{ ...email, redirectUri: 'http://page.com/other?a=b' }, '$callback']),
  login_('telemetry', [email, '$callback'], { options: options({ _sendTelemetry: true }) }),
  login_('a number as code', [{ ...email, verificationCode: 123456 }, '$callback']),
  login_('no code', [{ connection: 'email', email: 'a@b.co' }, '$callback']),
  login_('empty code', [{ ...email, verificationCode: '' }, '$callback']),
  login_('empty options', [{}, '$callback']),
  login_('clientID of the call', [{ ...email, clientID: 'OTHER' }, '$callback']),
  login_('refused: any error', [email, '$callback'], { responses: { [PATH]: { status: 400, json: { error: 'any_error', error_description: 'a super big error message description' } } } }),
  login_('refused: no response', [email, '$callback'], { responses: { [PATH]: { drop: true } } }),
  login_('200 with null', [email, '$callback'], { responses: { [PATH]: { json: null } } }),
  login_('200 without a ticket', [email, '$callback'], { responses: { [PATH]: { json: {} } } }),
  login_("on the tenant's own origin, verify", [email, '$callback'], { host: 'me.auth0.com', responses: { 'POST /passwordless/verify': { json: {} } } }),
  login_("on the tenant's own origin, verify refused", [email, '$callback'], { host: 'me.auth0.com', responses: { 'POST /passwordless/verify': { status: 401, json: { error: 'invalid_user_password', error_description: 'Wrong email or verification code.' } } } }),
  ...refusals.map(([name, refusal]) => login_(`refused: ${name}`, [email, '$callback'], { responses: { [PATH]: refusal } })),
];
