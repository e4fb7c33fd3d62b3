// @ts-check
/** Options and refusals that several lists of calls use. */

/**
 * The constructor options of auth0.js's own tests.
 *
 * @param {Record<string, unknown>} [more]
 */
export const options = (more) => ({
  domain: 'me.auth0.com', clientID: 'CID', redirectUri: 'http://page.com/callback', responseType: 'code', _sendTelemetry: false, ...more,
});

/** Error responses of every known format, with a name each. @type {[string, import('../server.mjs').ScriptedResponse][]} */
export const refusals = [
  ['400 error and description', { status: 400, json: { error: 'bad.connection', error_description: 'Connection does not exist' } }],
  ['403 wrong code', { status: 403, json: { error: 'access_denied', error_description: 'Wrong email or verification code.' } }],
  ['429 with retry-after', { status: 429, json: { error: 'too_many_requests', error_description: 'Rate limit exceeded.' }, headers: { 'retry-after': '12' } }],
  ['429 global limit', { status: 429, json: { statusCode: 429, error: 'Too Many Requests', message: 'Global limit has been reached', errorCode: 'too_many_requests' } }],
  ['400 code and description', { status: 400, json: { code: 'the_error_code', description: 'The error description.' } }],
  ['400 code, description and name', { status: 400, json: { code: 'invalid_email', description: 'D', name: 'BadRequestError' } }],
  ['400 policy, name and a description', { status: 400, json: { error: 'the_error_code', policy: 'the policy', error_description: 'The error description.', name: 'SomeName' } }],
  ['400 policy and description as an object', { status: 400, json: { name: 'N', code: 'c', policy: 'P', description: { rules: [1] } } }],
  ['403 error_codes and error_details', { status: 403, json: { error: 'e', error_description: 'D', error_codes: ['a'], error_details: { a: 1 } } }],
  ['400 code and details', { status: 400, json: { code: 'c', details: { x: 1 } } }],
  ['401 error only', { status: 401, json: { error: 'Unauthorized' } }],
  ['400 wrapped in err', { status: 400, json: { err: { code: 'c', description: 'd' } } }],
  ['400 status and err in err', { status: 400, json: { err: { status: 'the_error_code', err: 'The error description.' } } }],
  ['400 err as text', { status: 400, json: { err: 'text' } }],
  ['400 empty object', { status: 400, json: {} }],
  ['400 empty array', { status: 400, json: [] }],
  ['400 a string', { status: 400, json: 's' }],
  ['400 null', { status: 400, json: null }],
  ['400 error_code', { status: 400, json: { error_code: 'the_code', error_description: 'D' } }],
  ['400 code and error', { status: 400, json: { code: 'c', error: 'e' } }],
  ['500 HTML', { status: 500, text: '<h1>Oops</h1>', type: 'text/html' }],
  ['403 plain text', { status: 403, text: 'Origin https://page.com is not allowed.' }],
  ['502 empty body', { status: 502 }],
  ['502 malformed JSON', { status: 502, text: '{"a":', type: 'application/json' }],
  ['200 malformed JSON', { status: 200, text: '{"a":', type: 'application/json' }],
  ['refused by CORS', { status: 400, json: { error: 'bad.email' }, cors: false }],
  ['connection dropped', { drop: true }],
];
