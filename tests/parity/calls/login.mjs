// @ts-check
/** `passwordlessLogin`: reference cases 19 to 30, 32. */

import { options, refusals } from './common.mjs';

const PATH = 'POST /co/authenticate';
const ticket = { [PATH]: { json: { login_ticket: 'LT', co_verifier: 'COV', co_id: 'COID' } } };
const email = { connection: 'email', email: 'a@b.co', verificationCode: '123456' };

/** @type {(name: string, args: unknown[], more?: Partial<import('../calls.mjs').Call>) => import('../calls.mjs').Call} */
const login_ = (name, args, more) => ({
  name: `login: ${name}`, options: options(), method: 'passwordlessLogin', args, answers: ticket, ...more,
});

/** @type {import('../calls.mjs').Call[]} */
export const login = [
  login_('19 sms', [{ connection: 'sms', phoneNumber: '+55165134', verificationCode: '123456' }, '$callback'], { options: options({ responseType: 'id_token' }) }),
  login_('20 e-mail', [email, '$callback']),
  login_('20 e-mail is trimmed', [{ ...email, email: ' a@b.co ' }, '$callback']),
  login_('21 onRedirecting', [{ ...email, onRedirecting: '$done' }, '$callback']),
  login_('21 onRedirecting of the constructor', [email, '$callback'], { options: options({ onRedirecting: '$function' }), patience: 600 }),
  login_('22 realm, user name and code under their own names', [{ username: 'me@example.com', otp: '123456', realm: 'email', credentialType: 'http://auth0.com/oauth/grant-type/passwordless/otp' }, '$callback']),
  login_('realm of the constructor', [email, '$callback'], { options: options({ realm: 'r' }) }),
  login_('no callback', [email]),
  login_('24 onRedirecting that never says done', [{ ...email, onRedirecting: '$function' }, '$callback'], { patience: 600 }),
  login_('no response type', [email, '$callback'], { options: options({ responseType: undefined }) }),
  login_('23 28 29 the verifier kept, the address it goes to, with credentials', [email, '$callback'], { options: options({ responseType: 'token id_token' }) }),
  login_('own state and nonce', [{ ...email, state: 's1', nonce: 'n1' }, '$callback']),
  login_('state of the constructor', [email, '$callback'], { options: options({ state: 's1', nonce: 'n1' }) }),
  login_('scope and audience', [email, '$callback'], { options: options({ scope: 'openid email', audience: 'urn:api' }) }),
  login_('organization and invitation', [email, '$callback'], { options: options({ organization: 'org_1', invitation: 'inv' }) }),
  login_('responseMode of the call', [{ ...email, responseMode: 'form_post' }, '$callback']),
  login_('appState stays in the cookie', [{ ...email, appState: { returnTo: '/a' } }, '$callback']),
  login_('challenge', [{ ...email, code_challenge: 'CH', code_challenge_method: 'S256' }, '$callback']),
  login_('an option it does not know', [{ ...email, fooBar: 'x y&z' }, '$callback'], { options: options({ _disableDeprecationWarnings: true }) }),
  login_('redirectUri of the call', [{ ...email, redirectUri: 'http://page.com/other?a=b' }, '$callback']),
  login_('telemetry', [email, '$callback'], { options: options({ _sendTelemetry: true }) }),
  login_('a number as code', [{ ...email, verificationCode: 123456 }, '$callback']),
  login_('no code', [{ connection: 'email', email: 'a@b.co' }, '$callback']),
  login_('empty code', [{ ...email, verificationCode: '' }, '$callback']),
  login_('nothing', [{}, '$callback']),
  login_('clientID of the call', [{ ...email, clientID: 'OTHER' }, '$callback']),
  login_('refused: 26 any error', [email, '$callback'], { answers: { [PATH]: { status: 400, json: { error: 'any_error', error_description: 'a super big error message description' } } } }),
  login_('refused: 27 no answer', [email, '$callback'], { answers: { [PATH]: { drop: true } } }),
  login_('30 200 with null', [email, '$callback'], { answers: { [PATH]: { json: null } } }),
  login_('200 without a ticket', [email, '$callback'], { answers: { [PATH]: { json: {} } } }),
  login_('32 on the tenant itself: verify', [email, '$callback'], { host: 'me.auth0.com', answers: { 'POST /passwordless/verify': { json: {} } } }),
  login_('32 on the tenant itself: verify, refused', [email, '$callback'], { host: 'me.auth0.com', answers: { 'POST /passwordless/verify': { status: 401, json: { error: 'invalid_user_password', error_description: 'Wrong email or verification code.' } } } }),
  ...refusals.map(([name, answer]) => login_(`refused: ${name}`, [email, '$callback'], { answers: { [PATH]: answer } })),
];
