// @ts-check
/** `passwordlessVerify` and `client.passwordless.verify`. */

import { options } from './common.mjs';

/** @typedef {import('../calls.mjs').Call} Call */

const PATH = 'POST /passwordless/verify';
const done = { [PATH]: { json: {} } };
const sms = { connection: 'the_connection', phoneNumber: '123456', verificationCode: 'abc' };

/** @type {(name: string, args: unknown[], more?: Partial<Call>) => Call} */
const webAuth = (name, args, more) => ({ name: `verify: ${name}`, options: options(), method: 'passwordlessVerify', args, responses: done, ...more });
/** @type {typeof webAuth} */
const client = (name, args, more) => webAuth(`client, ${name}`, args, { method: 'client.passwordless.verify', ...more });
/** @type {typeof webAuth} */
const url = (name, args, more) => webAuth(`URL, ${name}`, args, { method: 'client.passwordless.buildVerifyUrl', ...more });

/** @type {Call[]} */
export const verify = [
  webAuth('no response type', [{}, '$callback'], { options: options({ responseType: undefined }) }),
  webAuth('sms', [{ ...sms, state: 'randomState' }, '$callback']),
  webAuth('e-mail', [{ connection: 'email', email: 'a@b.co', verificationCode: 'abc', state: 's' }, '$callback']),
  webAuth('telemetry', [{ ...sms, state: 's' }, '$callback'], { options: options({ _sendTelemetry: true }) }),
  webAuth('clientID of the call', [{ ...sms, clientID: 'test-client-id', state: 's' }, '$callback']),
  webAuth('extra keys', [{ ...sms, state: 's', response_type: 'x', fooBar: 1 }, '$callback']),
  webAuth('refused', [sms, '$callback'], { responses: { [PATH]: { status: 401, json: { error: 'some_error_code', error_description: 'Some error description' } } } }),
  webAuth('onRedirecting', [{ ...sms, state: 's', onRedirecting: '$done' }, '$callback']),
  webAuth('onRedirecting that never says done', [{ ...sms, state: 's', onRedirecting: '$function' }, '$callback'], { patience: 600 }),
  webAuth('empty options', [{}, '$callback']),
  webAuth('no code', [{ connection: 'c' }, '$callback']),
  webAuth('no address', [{ connection: 'c', verificationCode: '1' }, '$callback']),
  webAuth('a number as code', [{ ...sms, verificationCode: 123 }, '$callback']),
  webAuth('no callback', [{ ...sms, state: 's' }]),
  webAuth('white space', [{ connection: 'email', email: ' a@b.co ', verificationCode: ' abc ', state: 's' }, '$callback']),
  webAuth("on the tenant's own origin", [{ ...sms, state: 's' }, '$callback'], { host: 'me.auth0.com' }),
  webAuth('everything of the constructor', [{ ...sms, state: 's' }, '$callback'], { options: options({ scope: 'openid', audience: 'a', responseMode: 'form_post', _csrf: 'c', _intstate: 'i' }) }),

  client('empty options', [{}, '$callback']),
  client('no options', ['$undefined', '$callback']),
  client('no code', [{ connection: 'c' }, '$callback']),
  client('no callback', [sms], { patience: 1000 }),
  client('no address', [{ connection: 'c', verificationCode: '1' }, '$callback']),
  client('sms', [sms, '$callback'], { responses: { [PATH]: { json: { a_b: 1 } } } }),
  client('with a clientID and more', [{ ...sms, clientID: 'X', state: 's' }, '$callback'], { responses: { [PATH]: { json: { a: 1 } } } }),
  client('refused', [sms, '$callback'], { responses: { [PATH]: { status: 403, json: { code: 'c', description: 'd' } } } }),

  url('sms', [sms]),
  url('with everything', [{ ...sms, state: 's', nonce: 'n', protocol: 'p' }], { options: options({ scope: 'openid', audience: 'a', _csrf: 'c', _intstate: 'i', _sendTelemetry: true }) }),
  url('empty options', [{}]),
  url('no options', []),
];
