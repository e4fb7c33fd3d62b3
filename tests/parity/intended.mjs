// @ts-check
/**
 * The intended differences from auth0.js, and their reasons. The tests fail on a difference that is not listed, and on a listed
 * difference that no longer exists. `when` is matched with the name of the call, `where` with the path in the observation, and
 * `what` checks the two values.
 *
 * @typedef {object} Intended
 * @property {string} name
 * @property {string} reason
 * @property {RegExp} [when]
 * @property {RegExp} where
 * @property {(theirs: any, ours: any) => boolean} [what]
 */

/** @type {Intended[]} */
export const intended = [
  {
    name: 'no compat copy of a cookie',
    reason: 'it was for browsers of 2019, and doubles the size of the Cookie header; a copy that auth0.js has set is still read',
    where: /^cookies\._.*_compat$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'SameSite=Lax',
    reason: 'only the page itself reads a transaction; only the verifier is read in a frame of the tenant',
    where: /^cookies\.(?!co%2Fverifier).*\.sameSite$/,
    what: (theirs, ours) => theirs === 'None' && ours === 'Lax',
  },
  {
    name: 'a failed call leaves no transaction',
    reason: 'auth0.js stores one for each refused option, request and login, until a server refuses with "400 Request Header Too Large"',
    where: /^cookies\.(com\.auth0\.auth\.|co%2Fverifier)/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'kind',
    reason: 'a stable name of the cause, added to the fields of auth0.js',
    where: /^callbacks\.0\.0\.kind$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'retryAfter',
    reason: 'the seconds to wait, as a number',
    where: /^callbacks\.0\.0\.retryAfter$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'the status of a login error',
    reason: 'auth0.js drops the status of login errors and of responses that it cannot parse',
    when: /^(login|start): refused/,
    where: /^callbacks\.0\.0\.(statusCode|statusText)$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'the original error is not that of superagent',
    reason: 'there is no superagent; it is an `Error` with the same message if there is a status, or with a remedy',
    where: /^callbacks\.0\.0\.original\.(original|status|\$message)$/,
  },
  {
    name: 'a login without code or recipient is refused before any effect',
    reason: 'auth0.js sends an incomplete request, which uses up a try and returns an unclear error',
    when: /^(login: (no code|empty code|empty options)|start: no address)$/,
    where: /^(callbacks|credentials|requests|navigations)\.0/,
  },
  {
    name: 'phone numbers are trimmed',
    reason: 'like e-mail addresses; auth0.js intends it, but reads the wrong option',
    when: /^start: phone number is trimmed$/,
    where: /phone_number$/,
    what: (theirs, ours) => theirs.trim() === ours,
  },
  {
    name: 'a numeric code is sent as text',
    reason: 'the tenant refuses a JSON number',
    when: /^login: a number as code$/,
    where: /\.otp$/,
    what: (theirs, ours) => String(theirs) === ours,
  },
  {
    name: 'no dump of the request in a login error',
    reason: 'the description of auth0.js contains the whole request, with e-mail address and code',
    when: /^login: refused/,
    where: /^callbacks\.0\.0\.(original\.error_description|description|error_description)$/,
    what: (theirs, ours) => theirs.startsWith('{') && !ours.includes('123456'),
  },
  {
    name: 'a success without a ticket is an error',
    reason: 'auth0.js throws a TypeError, or continues without a ticket',
    when: /^login: (200 with null|200 without a ticket)$/,
    where: /^(callbacks|uncaught|navigations)\.0$/,
  },
  {
    name: 'the error text for keys that cannot be loaded',
    reason: "auth0.js has the browser's text, which differs between browsers, or an empty one",
    when: /^ID token: JWKS/,
    where: /^callbacks\.0\.0\.errorDescription$/,
  },
  {
    name: 'the transaction stays if the ID token could not be checked',
    reason: 'the same response can be parsed again when the network is back, or with a valid leeway',
    when: /^ID token: (JWKS|leeway (too long|negative))/,
    where: /^cookies\.com\.auth0\.auth\.foo$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'a leeway out of range is refused before the state is checked',
    reason: 'it is an error of the page, independent of the response',
    when: /^ID token: leeway too long, another state$/,
    where: /^(thrown|callbacks\.0)$/,
  },
  {
    name: 'a leeway of zero is zero',
    reason: 'auth0.js uses its default of 60 in place of 0',
    when: /^ID token: leeway zero$/,
    where: /^callbacks\.0/,
  },
  {
    name: 'no auth0.ssodata cookie',
    reason: 'only getSSOData reads it, which is left out; it stores for a day who logged in',
    where: /^cookies\.(_?auth0\.ssodata(_compat)?)$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'appState of a silent response',
    reason: 'auth0.js returns the state in its place',
    when: /^(checkSession|login in place)/,
    where: /^callbacks\.0\.1\.appState$/,
  },
  {
    name: 'errors before a silent request have all fields',
    reason: 'auth0.js leaves out code, description and original',
    when: /^checkSession: (code|no redirect URI|another origin|no response type|login_required|consent_required|timeout)$/,
    where: /^callbacks\.0\.0\.(original|code|description)$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'no callback: a promise',
    reason: 'auth0.js throws `cb parameter is not valid`',
    when: /^(start: |start: client, |verify: client, )no callback$/,
    where: /^(thrown|credentials\.0|requests\.0)$/,
    what: (theirs, ours) => theirs?.message === 'cb parameter is not valid' || (theirs === undefined && ours !== undefined),
  },
  {
    name: 'missing options are an invalid_options error',
    reason: 'auth0.js throws a TypeError',
    when: /^start: no options$/,
    where: /^thrown\.(name|message)$/,
    what: (_, ours) => ours === 'Error' || ours === 'options parameter is not valid',
  },
  {
    name: 'always the same library name in the telemetry',
    reason: 'auth0.js uses another name with some options, and if the options object was used before',
    when: /^start: protocol and the like of the constructor$/,
    where: /auth0-client$/,
  },
  {
    name: 'no local storage before cookies',
    reason: '__tryLocalStorageFirst is for browsers that lose cookies; here local storage is used if there are no cookies',
    when: /^start: __tryLocalStorageFirst$/,
    where: /^cookies\.com\.auth0\.auth/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'no request is repeated',
    reason: 'a repeated start sends another mail, and a repeated login uses up the code; auth0.js also ignores Retry-After',
    when: /^start: _timesToRetryFailedRequests$/,
    where: /^(callbacks\.0\.0\.original\.retries|credentials\.[12]|requests\.[12])$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'an empty success is an empty object',
    reason: 'auth0.js returns the response object of its HTTP library',
    when: /^start: (200 empty|204|200 null)$/,
    where: /^callbacks\.0\.1\./,
  },
  {
    name: 'code and address are also trimmed by passwordlessVerify',
    reason: 'auth0.js trims the address in the request, but not in the URL of the navigation',
    when: /^verify: white space$/,
    where: /^(requests\.0\.body\.verification_code|navigations\.0)$/,
    what: (theirs, ours) => theirs.trim() === ours || decodeURIComponent(theirs).replaceAll(/(?<==) | (?=&)/g, '') === decodeURIComponent(ours),
  },
  {
    name: 'renewAuth ends with its timeout',
    reason: 'auth0.js reads a frame of another origin, which throws, and never calls the callback',
    when: /^renewAuth: timeout$/,
    where: /^(callbacks|uncaught)\.0$/,
  },
];
