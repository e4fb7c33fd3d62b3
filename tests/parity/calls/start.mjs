// @ts-check
/** `passwordlessStart` and `client.passwordless.start`. */

import { options, refusals } from './common.mjs';

const PATH = 'POST /passwordless/start';
const sent = { [PATH]: { json: { _id: '1', email: 'a@b.co', email_verified: false } } };
const email = { connection: 'email', send: 'code', email: 'a@b.co' };

/** @type {(name: string, args: unknown[], more?: Partial<import('../calls.mjs').Call>) => import('../calls.mjs').Call} */
const webAuth = (name, args, more) => ({ name: `start: ${name}`, options: options(), method: 'passwordlessStart', args, responses: sent, ...more });
/** @type {typeof webAuth} */
const client = (name, args, more) => webAuth(`client, ${name}`, args, { method: 'client.passwordless.start', ...more });

/** @type {import('../calls.mjs').Call[]} */
export const start = [
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
  webAuth('no options', []),
  webAuth('empty options', [{}, '$callback']),
  webAuth('no send', [{ connection: 'email' }, '$callback']),
  webAuth('unknown send', [{ connection: 'email', send: 'pigeon', email: 'a@b.co' }, '$callback']),
  webAuth('no callback', [email], { patience: 1000 }),
  webAuth('a callback that is no function', [email, 'x']),
  webAuth('sms with authParams', [{ connection: 'sms', send: 'code', phoneNumber: '+55165134', authParams: { auth: 'params' } }, '$callback']),
  webAuth('sms, a custom parameter', [{ connection: 'the_connection', phoneNumber: '123456', send: 'code', authParams: { from: 'tm' } }, '$callback']),
  webAuth('e-mail code', [email, '$callback']),
  webAuth('e-mail link', [{ ...email, send: 'link' }, '$callback']),
  webAuth('the response in camel case', [email, '$callback'], { responses: { [PATH]: { json: { _id: '1', email: 'a@b.co', email_verified: false } } } }),
  webAuth('e-mail is trimmed', [{ ...email, email: '  a@b.co ' }, '$callback']),
  webAuth('phone number is trimmed', [{ connection: 'sms', send: 'code', phoneNumber: ' +1555 ' }, '$callback']),
  webAuth('no address', [{ connection: 'email', send: 'code' }, '$callback']),
  webAuth('e-mail is a number', [{ ...email, email: 5 }, '$callback']),
  webAuth('phone number is a number', [{ connection: 'sms', send: 'code', phoneNumber: 5 }, '$callback']),
  webAuth('no response type', [email, '$callback'], { options: options({ responseType: undefined }) }),
  webAuth('token id_token', [email, '$callback'], { options: options({ responseType: 'token id_token' }) }),
  webAuth('id_token with own state and nonce', [{ ...email, authParams: { state: 's1', nonce: 'n1' } }, '$callback'], { options: options({ responseType: 'id_token' }) }),
  webAuth('state of the constructor', [email, '$callback'], { options: options({ state: 's1', nonce: 'n1', _csrf: 'c', _intstate: 'i' }) }),
  webAuth('scope and audience', [email, '$callback'], { options: options({ scope: 'openid', audience: 'urn:api', responseMode: 'form_post' }) }),
  webAuth('scope of authParams has precedence', [{ ...email, authParams: { scope: 'openid email' } }, '$callback'], { options: options({ scope: 'openid' }) }),
  webAuth('xRequestLanguage', [{ ...email, xRequestLanguage: 'fr-FR' }, '$callback']),
  webAuth('camel case in authParams', [{ ...email, authParams: { uiLocales: 'fr', nestedThing: { innerKey: 1 } } }, '$callback']),
  webAuth('captcha', [{ ...email, captcha: 'abc' }, '$callback']),
  webAuth('an unknown option', [{ ...email, fooBar: 'x', attrNAME3: 1 }, '$callback']),
  webAuth('names in snake case', [{ ...email, attrName1: 1, attrNAME2: 2, attrName_3: 3, someATTRIBUTEName: 4, attrName22: 5, _csrf: 6, nested: { innerName: { deepName: null } }, list: [{ notThis: 1 }] }, '$callback']),
  webAuth('names in camel case', [email, '$callback'], { responses: { [PATH]: { json: { attr_name_1: 1, attr__name_3: 3, _id: 4, some_attribute_name: { inner_name: [{ not_this: 1 }] }, plain: null } } } }),
  webAuth('clientID of the call', [{ ...email, clientID: 'OTHER' }, '$callback']),
  webAuth('telemetry', [email, '$callback'], { options: options({ _sendTelemetry: true }) }),
  webAuth('telemetry of a wrapper', [email, '$callback'], { options: options({ _sendTelemetry: true, _telemetryInfo: { name: 'wrapper', version: '1.2.3', env: { node: '20' } } }) }),
  webAuth('domain with https', [email, '$callback'], { options: options({ domain: 'https://me.auth0.com' }) }),
  webAuth('headers of the constructor', [email, '$callback'], { options: options({ headers: { 'X-Custom': 'yes' } }) }),
  webAuth('stateExpiration', [email, '$callback'], { options: options({ stateExpiration: 60 }) }),
  webAuth('protocol and the like of the constructor', [email, '$callback'], { options: options({ protocol: 'samlp', realm: 'r', credentialType: 'c', universalLoginPage: true, _sendTelemetry: true }) }),
  webAuth('a namespace and a shorter state', [email, '$callback'], { options: options({ transaction: { namespace: 'mine.', keyLength: 32 } }) }),
  webAuth('cookieDomain', [email, '$callback'], { options: options({ cookieDomain: 'page.com' }), host: 'page.com' }),
  webAuth('without legacySameSiteCookie', [email, '$callback'], { options: options({ legacySameSiteCookie: false }) }),
  webAuth('__tryLocalStorageFirst', [email, '$callback'], { options: options({ __tryLocalStorageFirst: true }) }),
  webAuth('_timesToRetryFailedRequests', [email, '$callback'], { options: options({ _timesToRetryFailedRequests: 2 }), responses: { [PATH]: { status: 429, json: { error: 'too_many_requests' } } } }),
  webAuth("on the tenant's own origin no cookie is set", [email, '$callback'], { host: 'me.auth0.com' }),
  webAuth('200 text', [email, '$callback'], { responses: { [PATH]: { text: 'OK' } } }),
  webAuth('200 HTML', [email, '$callback'], { responses: { [PATH]: { text: '<p>OK</p>', type: 'text/html' } } }),
  webAuth('200 empty', [email, '$callback'], { responses: { [PATH]: { status: 200 } } }),
  webAuth('204', [email, '$callback'], { responses: { [PATH]: { status: 204 } } }),
  webAuth('200 null', [email, '$callback'], { responses: { [PATH]: { json: null } } }),
  webAuth('200 with an error in it', [email, '$callback'], { responses: { [PATH]: { json: { error: 'x' } } } }),
  webAuth('200 array', [email, '$callback'], { responses: { [PATH]: { json: [{ a_b: 1 }] } } }),
  webAuth('200 nested', [email, '$callback'], { responses: { [PATH]: { json: { a_b: { c_d__e: 1, attr__name_3: null } } } } }),
  ...refusals.map(([name, refusal]) => webAuth(`refused: ${name}`, [email, '$callback'], { responses: { [PATH]: refusal } })),
];
