// @ts-check
/** The constructor, `authorize`, `logout` and the URL builders. */

import { options } from './common.mjs';

/** @typedef {import('../calls.mjs').Call} Call */

/** @type {(name: string, options: Call['options']) => Call} */
const construct = (name, options) => ({ name: `constructor: ${name}`, options, method: 'new' });
/** @type {(name: string, method: string, args: unknown[], more?: Record<string, unknown>) => Call} */
const navigate = (name, method, args, more) => ({ name: `${method}: ${name}`, options: options(more), method, args });
/** @type {(name: string, args: unknown[], more?: Record<string, unknown>) => Call} */
const authorizeUrl = (name, args, more) => ({ name: `buildAuthorizeUrl: ${name}`, options: options(more), method: 'client.buildAuthorizeUrl', args });
/** @type {(name: string, args: unknown[], more?: Record<string, unknown>) => Call} */
const logoutUrl = (name, args, more) => ({ name: `buildLogoutUrl: ${name}`, options: options(more), method: 'client.buildLogoutUrl', args });

const wrongTypes = {
  domain: 5, clientID: 5, redirectUri: 5, responseType: 5, responseMode: 5, scope: 5, audience: 5, leeway: 'x', maxAge: 'x', stateExpiration: 'x',
  plugins: 'x', popupOrigin: 5, legacySameSiteCookie: 'x', _sendTelemetry: 'x', _telemetryInfo: 'x', _timesToRetryFailedRequests: 'x',
  _disableDeprecationWarnings: 'x', overrides: 'x',
};

/** @type {Call[]} */
export const urls = [
  construct('no options', '$none'),
  construct('empty options', {}),
  construct('domain only', { domain: 'me.auth0.com' }),
  construct('required options only', { domain: 'me.auth0.com', clientID: 'CID' }),
  ...Object.entries(wrongTypes).map(([name, value]) => construct(`wrong type of ${name}`, options({ [name]: value }))),
  construct('overrides.__tenant of a wrong type', options({ overrides: { __tenant: 5 } })),
  construct('overrides.__token_issuer of a wrong type', options({ overrides: { __token_issuer: 5 } })),
  construct('overrides.__jwks_uri of a wrong type', options({ overrides: { __jwks_uri: 5 } })),

  navigate('with all parameters', 'authorize', [{ responseType: 'code', connection: 'facebook', state: '1234', scope: 'openid' }]),
  navigate('without scope', 'authorize', [{ responseType: 'code', connection: 'facebook', state: '1234' }]),
  navigate('without response type', 'authorize', [{ connection: 'facebook', state: '1234' }], { responseType: undefined }),
  navigate('no response type', 'authorize', [{ responseType: '' }], { responseType: undefined }),
  navigate('code creates a state', 'authorize', [{ responseType: 'code' }]),
  navigate('code id_token with a state creates a nonce', 'authorize', [{ responseType: 'code id_token', state: 'some-state' }]),
  navigate('state and nonce of the call', 'authorize', [{ responseType: 'code id_token', state: 'some-state', nonce: 'some-nonce' }]),
  navigate('the stored transaction', 'authorize', [{ state: 's', connection: 'email', organization: 'org_1', appState: { a: 1 } }], { stateExpiration: 60 }),
  navigate('no options', 'authorize', []),
  navigate('generated state and nonce', 'authorize', [{}], { responseType: 'token id_token' }),
  navigate('appState', 'authorize', [{ appState: { a: 1 } }]),
  navigate('organization', 'authorize', [{}], { organization: 'org_1', invitation: 'i' }),
  navigate('prompt and a challenge', 'authorize', [{ prompt: 'login', code_challenge: 'C', code_challenge_method: 'S256', login_hint: 'a+b@c.d' }]),
  navigate('values that need escapes', 'authorize', [{ state: "a b&c=d'(e)*!~", scope: 'openid é' }]),
  navigate('protocol and the like of the constructor', 'authorize', [{ state: 's' }], { protocol: 'samlp', _csrf: 'c', _intstate: 'i', nonce: 'n', realm: 'r', maxAge: 5, onRedirecting: '$function' }),
  navigate('maxAge of the call', 'authorize', [{ state: 's', maxAge: 5 }]),
  navigate('telemetry', 'authorize', [{ state: 's' }], { _sendTelemetry: true }),

  navigate('no options', 'logout', []),
  navigate('empty options', 'logout', [{}]),
  navigate('without clientID', 'logout', [{ clientID: '$undefined' }]),
  navigate('federated as a flag', 'logout', [{ clientID: '123', returnTo: 'http://page.com', federated: '' }]),

  authorizeUrl('no options', []),
  authorizeUrl('empty options', [{}]),
  authorizeUrl('no response type', [{}], { responseType: undefined }),
  authorizeUrl('id_token without nonce', [{ responseType: 'id_token' }]),
  authorizeUrl('id_token with nonce', [{ responseType: 'id_token', nonce: 'n' }]),
  authorizeUrl('code id_token without nonce', [{ responseType: 'code id_token' }]),
  authorizeUrl('options override', [{ clientID: 'other', redirectUri: 'http://a.b/c?d=e', state: 's', audience: 'urn:x', scope: 'openid profile' }]),
  authorizeUrl('undefined removes a parameter', [{ redirectUri: '$undefined', state: 's' }]),
  authorizeUrl('connection_scope', [{ connection_scope: ['a', 'b'] }]),
  authorizeUrl('connectionScope', [{ connectionScope: ['a', 'b'] }]),
  authorizeUrl('dropped keys', [{ username: 'u', popupOptions: {}, domain: 'd', tenant: 't', timeout: 1, appState: 'a', device: 'x' }]),
  authorizeUrl('another domain', [{ state: 's' }], { domain: 'login.page.com' }),
  authorizeUrl('a domain with http', [{ state: 's' }], { domain: 'http://me.auth0.com' }),
  authorizeUrl('a domain with HTTPS in capitals', [{ state: 's' }], { domain: 'HTTPS://me.auth0.com' }),
  authorizeUrl('a domain with a port', [{ state: 's' }], { domain: 'me.auth0.com:8443' }),
  authorizeUrl('an empty domain and client', [{ state: 's' }], { domain: '', clientID: '' }),
  authorizeUrl('values of all types', [{ state: 's', a: true, b: 1.5, c: null, d: '$undefined', e: '', f: ['x', 'y'], g: { h: 'i' }, j: '$function' }]),
  authorizeUrl('telemetry', [{}], { _sendTelemetry: true }),
  authorizeUrl('camel case', [{ uiLocales: 'fr', maxAge: 5, screenHint: 'signup', accessType: 'offline' }]),
  authorizeUrl('prompt none', [{ prompt: 'none', responseMode: 'web_message' }]),
  authorizeUrl('everything of the constructor', [{}], { scope: 'openid', audience: 'a', responseMode: 'query', state: 's', _csrf: 'c', _intstate: 'i', nonce: 'n' }),

  logoutUrl('no options', []),
  logoutUrl('empty options', [{}]),
  logoutUrl('empty clientID', [{ clientID: '' }]),
  logoutUrl('undefined clientID', [{ clientID: '$undefined' }]),
  logoutUrl('returnTo and federated', [{ returnTo: 'http://page.com/Path?q=A b', federated: true }]),
  logoutUrl('federated false', [{ federated: false }]),
  logoutUrl('federated "false"', [{ federated: 'false' }]),
  logoutUrl('federated undefined', [{ federated: '$undefined' }]),
  logoutUrl('an unknown option', [{ fooBar: 'x' }]),
  logoutUrl('telemetry', [{ clientID: 'x' }], { _sendTelemetry: true }),
];
