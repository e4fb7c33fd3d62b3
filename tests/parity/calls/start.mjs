// @ts-check
/** `passwordlessStart` and `client.passwordless.start`. */

import { options, refusals } from './common.mjs';

const PATH = 'POST /passwordless/start';
const sent = { [PATH]: { json: { _id: '1', email: 'a@b.co', email_verified: false } } };
const email = { connection: 'email', send: 'code', email: 'a@b.co' };

/** @type {(name: string, args: unknown[], more?: Partial<import('../calls.mjs').Call>) => import('../calls.mjs').Call} */
const start = (name, args, more) => ({ name: `start: ${name}`, options: options(), method: 'passwordlessStart', args, responses: sent, ...more });
/** @type {typeof start} */
const client = (name, args, more) => start(`client, ${name}`, args, { method: 'client.passwordless.start', ...more });

/** @type {import('../calls.mjs').Call[]} */
export const start_ = [
  client('no options', []),
  client('empty options', [{}]),
  client('no send', [{ connection: 'bla' }]),
  client('unknown send', [{ connection: 'bla', send: 'blabla' }]),
  client('no callback', [email], { patience: 1000 }),
  client('empty scope, link', [{ connection: 'the_connection', email: 'me@example.com', send: 'link' }, '$callback'], { options: options({ scope: '' }) }),
  client('authParams override the constructor', [{
    connection: 'the_connection', email: 'me@example.com', send: 'link',
    authParams: { redirectUri: 'http://page.com/othercallback', protocol: 'wsfed', responseType: 'token', scope: 'openid email' },
  }, '$callback']),
  client('xRequestLanguage', [{ ...email, xRequestLanguage: 'de-DE' }, '$callback']),
  start('no options', []),
  start('empty options', [{}, '$callback']),
  start('no send', [{ connection: 'email' }, '$callback']),
  start('unknown send', [{ connection: 'email', send: 'pigeon', email: 'a@b.co' }, '$callback']),
  start('no callback', [email], { patience: 1000 }),
  start('a callback that is no function', [email, 'x']),
  start('sms with authParams', [{ connection: 'sms', send: 'code', phoneNumber: '+55165134', authParams: { auth: 'params' } }, '$callback']),
  start('sms, a custom parameter', [{ connection: 'the_connection', phoneNumber: '123456', send: 'code', authParams: { from: 'tm' } }, '$callback']),
  start('e-mail code', [email, '$callback']),
  start('e-mail link', [{ ...email, send: 'link' }, '$callback']),
  start('the response in camel case', [email, '$callback'], { responses: { [PATH]: { json: { _id: '1', email: 'a@b.co', email_verified: false } } } }),
  start('e-mail is trimmed', [{ ...email, email: '  a@b.co ' }, '$callback']),
  start('phone number is trimmed', [{ connection: 'sms', send: 'code', phoneNumber: ' +1555 ' }, '$callback']),
  start('no address', [{ connection: 'email', send: 'code' }, '$callback']),
  start('e-mail is a number', [{ ...email, email: 5 }, '$callback']),
  start('phone number is a number', [{ connection: 'sms', send: 'code', phoneNumber: 5 }, '$callback']),
  start('no response type', [email, '$callback'], { options: options({ responseType: undefined }) }),
  start('token id_token', [email, '$callback'], { options: options({ responseType: 'token id_token' }) }),
  start('id_token with own state and nonce', [{ ...email, authParams: { state: 's1', nonce: 'n1' } }, '$callback'], { options: options({ responseType: 'id_token' }) }),
  start('state of the constructor', [email, '$callback'], { options: options({ state: 's1', nonce: 'n1', _csrf: 'c', _intstate: 'i' }) }),
  start('scope and audience', [email, '$callback'], { options: options({ scope: 'openid', audience: 'urn:api', responseMode: 'form_post' }) }),
  start('scope of authParams has precedence', [{ ...email, authParams: { scope: 'openid email' } }, '$callback'], { options: options({ scope: 'openid' }) }),
  start('xRequestLanguage', [{ ...email, xRequestLanguage: 'fr-FR' }, '$callback']),
  start('camel case in authParams', [{ ...email, authParams: { uiLocales: 'fr', nestedThing: { innerKey: 1 } } }, '$callback']),
  start('captcha', [{ ...email, captcha: 'abc' }, '$callback']),
  start('an unknown option', [{ ...email, fooBar: 'x', attrNAME3: 1 }, '$callback']),
  start('names in snake case', [{ ...email, attrName1: 1, attrNAME2: 2, attrName_3: 3, someATTRIBUTEName: 4, attrName22: 5, _csrf: 6, nested: { innerName: { deepName: null } }, list: [{ notThis: 1 }] }, '$callback']),
  start('names in camel case', [email, '$callback'], { responses: { [PATH]: { json: { attr_name_1: 1, attr__name_3: 3, _id: 4, some_attribute_name: { inner_name: [{ not_this: 1 }] }, plain: null } } } }),
  start('clientID of the call', [{ ...email, clientID: 'OTHER' }, '$callback']),
  start('telemetry', [email, '$callback'], { options: options({ _sendTelemetry: true }) }),
  start('telemetry of a wrapper', [email, '$callback'], { options: options({ _sendTelemetry: true, _telemetryInfo: { name: 'wrapper', version: '1.2.3', env: { node: '20' } } }) }),
  start('domain with https', [email, '$callback'], { options: options({ domain: 'https://me.auth0.com' }) }),
  start('headers of the constructor', [email, '$callback'], { options: options({ headers: { 'X-Custom': 'yes' } }) }),
  start('stateExpiration', [email, '$callback'], { options: options({ stateExpiration: 60 }) }),
  start('protocol and the like of the constructor', [email, '$callback'], { options: options({ protocol: 'samlp', realm: 'r', credentialType: 'c', universalLoginPage: true, _sendTelemetry: true }) }),
  start('a namespace and a shorter state', [email, '$callback'], { options: options({ transaction: { namespace: 'mine.', keyLength: 32 } }) }),
  start('cookieDomain', [email, '$callback'], { options: options({ cookieDomain: 'page.com' }), host: 'page.com' }),
  start('without legacySameSiteCookie', [email, '$callback'], { options: options({ legacySameSiteCookie: false }) }),
  start('__tryLocalStorageFirst', [email, '$callback'], { options: options({ __tryLocalStorageFirst: true }) }),
  start('_timesToRetryFailedRequests', [email, '$callback'], { options: options({ _timesToRetryFailedRequests: 2 }), responses: { [PATH]: { status: 429, json: { error: 'too_many_requests' } } } }),
  start("on the tenant's own origin no cookie is set", [email, '$callback'], { host: 'me.auth0.com' }),
  start('200 text', [email, '$callback'], { responses: { [PATH]: { text: 'OK' } } }),
  start('200 HTML', [email, '$callback'], { responses: { [PATH]: { text: '<p>OK</p>', type: 'text/html' } } }),
  start('200 empty', [email, '$callback'], { responses: { [PATH]: { status: 200 } } }),
  start('204', [email, '$callback'], { responses: { [PATH]: { status: 204 } } }),
  start('200 null', [email, '$callback'], { responses: { [PATH]: { json: null } } }),
  start('200 with an error in it', [email, '$callback'], { responses: { [PATH]: { json: { error: 'x' } } } }),
  start('200 array', [email, '$callback'], { responses: { [PATH]: { json: [{ a_b: 1 }] } } }),
  start('200 nested', [email, '$callback'], { responses: { [PATH]: { json: { a_b: { c_d__e: 1, attr__name_3: null } } } } }),
  ...refusals.map(([name, refusal]) => start(`refused: ${name}`, [email, '$callback'], { responses: { [PATH]: refusal } })),
];
export { start_ as start };
