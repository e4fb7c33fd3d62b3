// @ts-check
/** `checkSession`, `renewAuth`, logins in the page, and popups. */

import { options } from './common.mjs';

/** @typedef {import('../calls.mjs').Call} Call */

const AUTHORIZE = 'GET /authorize';
const silent = { responseType: 'token', redirectUri: 'https://page.com/callback' };

/** A page of the tenant that posts messages to the page around it. @param {unknown} message @param {string} [target] */
const page = (message, target = 'parent') => ({
  [AUTHORIZE]: {
    type: 'text/html',
    text: `<script>
      const state = new URLSearchParams(location.search).get('state');
      for (const message of ${JSON.stringify([message].flat())}) {
        if (message && message.response) message.response.state ??= state;
        ${target}.postMessage(message, '*');
      }
    </script>`,
  },
});
/** @param {Record<string, unknown>} response */
const said = (response) => ({ type: 'authorization_response', response });

/** @type {(name: string, args: unknown[], responses?: Call['responses'], more?: Record<string, unknown>) => Call} */
const check = (name, args, responses, more) => ({
  name: `checkSession: ${name}`, options: options({ ...silent, ...more }), method: 'checkSession', args, responses,
});
/** @type {(name: string, args: unknown[], responses?: Call['responses'], more?: Record<string, unknown>) => Call} */
const renew = (name, args, responses, more) => ({
  name: `renewAuth: ${name}`, options: options({ ...silent, ...more }), method: 'renewAuth', args, responses,
});

/** A page in a popup that posts a result by WinChan's protocol. @param {unknown} result */
const popup = (result) => ({
  [AUTHORIZE]: {
    type: 'text/html',
    text: `<script>
      addEventListener('message', (event) => {
        if (JSON.parse(event.data).a === 'request') opener.postMessage(JSON.stringify(${JSON.stringify({ a: 'response', d: result })}), event.origin);
      });
      opener.postMessage('{"a":"ready"}', '*');
    </script>`,
  },
});
const inPopup = { responseType: 'token', redirectUri: 'https://me.auth0.com/callback' };
/** @type {(name: string, args: unknown[], responses?: Call['responses'], more?: Record<string, unknown>) => Call} */
const open = (name, args, responses, more) => ({
  name: `popup.authorize: ${name}`, options: options({ ...inPopup, ...more }), method: 'popup.authorize', args, responses,
});

const TICKET = { 'POST /co/authenticate': { json: { login_ticket: 'LT', co_verifier: 'COV', co_id: 'COID' } } };
const code = { connection: 'email', email: 'a@b.co', verificationCode: '123456', state: 's1', popup: true };

/** @type {Call[]} */
export const frames = [
  check('code', [{}, '$callback'], undefined, { responseType: 'code' }),
  check('no redirect URI', [{}, '$callback'], undefined, { redirectUri: '' }),
  check('another origin', [{}, '$callback'], undefined, { redirectUri: 'https://other.com/callback' }),
  check('no response type', [{}, '$callback'], undefined, { responseType: undefined }),
  check('tokens', [{ state: 's1' }, '$callback'], page(said({ access_token: 'AT', expires_in: 7200, token_type: 'Bearer', scope: 'openid' }))),
  check('generated state', [{}, '$callback'], page(said({ access_token: 'AT' }))),
  check('own appState', [{ state: 's1', appState: 'A' }, '$callback'], page(said({ access_token: 'AT' }))),
  check('scope, audience and what is dropped', [{ state: 's1', scope: 'openid', audience: 'a', usePostMessage: true, tenant: 't', postMessageDataType: 'x', prompt: 'login' }, '$callback'], page(said({ access_token: 'AT' }))),
  check('telemetry', [{ state: 's1' }, '$callback'], page(said({ access_token: 'AT' })), { _sendTelemetry: true }),
  check('login_required', [{ state: 's1' }, '$callback'], page(said({ error: 'login_required', error_description: 'Login required' }))),
  check('consent_required', [{ state: 's1' }, '$callback'], page(said({ error: 'consent_required', error_description: 'Consent required' }))),
  check('another type, another state, null', [{ state: 's1', timeout: 8000 }, '$callback'], page([{ type: 'other' }, null, said({ state: 'zz', access_token: 'X' }), 'text', said({ access_token: 'AT' })])),
  check('an error of another state is ignored', [{ state: 's1', timeout: 2000 }, '$callback'], page(said({ state: 'zz', error: 'login_required' }))),
  check('timeout', [{ state: 's1', timeout: 2000 }, '$callback'], { [AUTHORIZE]: { text: '<p>', type: 'text/html' } }),

  renew('a message with the hash', [{ state: 's1', usePostMessage: true, postMessageOrigin: 'https://me.auth0.com' }, '$callback'], page('#access_token=AT&state=s1')),
  renew('a message whose data has the hash', [{ state: 's1', usePostMessage: true, postMessageOrigin: 'https://me.auth0.com', postMessageDataType: 'auth' }, '$callback'], page([{ type: 'other', hash: '#x' }, { type: 'auth', hash: '#access_token=AT&state=s1' }])),
  renew('a message with a parsed response', [{ state: 's1', usePostMessage: true, postMessageOrigin: 'https://me.auth0.com' }, '$callback'], page({ accessToken: 'AT', mine: 1 })),
  renew('a message of another origin', [{ state: 's1', usePostMessage: true, timeout: 2000 }, '$callback'], page('#access_token=AT&state=s1')),
  renew('an error', [{ state: 's1', usePostMessage: true, postMessageOrigin: 'https://me.auth0.com' }, '$callback'], page('#error=login_required&error_description=D&state=s1')),
  renew('timeout', [{ state: 's1', timeout: 2000 }, '$callback'], { [AUTHORIZE]: { text: '<p>', type: 'text/html' } }),
  renew('no response in the fragment', [{ state: 's1', usePostMessage: true, postMessageOrigin: 'https://me.auth0.com' }, '$callback'], page('#x=y')),
  renew('defaults', [{ state: 's1', usePostMessage: true, postMessageOrigin: 'https://me.auth0.com' }, '$callback'], page('#access_token=AT&state=s1'), { responseType: undefined, scope: 'openid' }),
  { ...renew('the fragment of a page of the same origin', [{ state: 's1' }, '$callback'], { [AUTHORIZE]: { type: 'text/html', text: '<script>if (!location.hash) location.hash = "#access_token=AT&state=s1", location.reload()</script>' } }), host: 'me.auth0.com' },

  { name: 'login in place: tokens', options: options(silent), method: 'passwordlessLogin', args: [code, '$callback'], responses: { ...TICKET, ...page(said({ access_token: 'AT' })) } },
  { name: 'login in place: refused', options: options(silent), method: 'passwordlessLogin', args: [code, '$callback'], responses: { ...TICKET, ...page(said({ error: 'any error', error_description: 'a huge error string' })) } },

  open('tokens', [{ state: 's1' }, '$callback'], popup({ accessToken: 'AT', state: 's1' })),
  open('all options', [{ state: 's1', connection: 'email', scope: 'openid', audience: 'a', prompt: 'login', popupOptions: { width: 400 }, owp: true }, '$callback'], popup({ accessToken: 'AT' }), { organization: 'org_1' }),
  open('telemetry', [{ state: 's1' }, '$callback'], popup({ accessToken: 'AT' }), { _sendTelemetry: true }),
  open('an error', [{ state: 's1' }, '$callback'], popup({ error: 'access_denied', errorDescription: 'D', state: 's1' })),
  open('an error in its other spelling', [{ state: 's1' }, '$callback'], popup({ error: 'origin_mismatch', error_description: 'D' })),
  open('no response', [{ state: 's1' }, '$callback'], popup(null)),
  open('no response type', [{ state: 's1' }, '$callback'], undefined, { responseType: undefined }),
];
