// @ts-check
/**
 * Where ours differs from auth0.js, and why. The test fails on a difference that is not listed, and on a listed one
 * that has gone. `when` looks at the case's name, `where` at the place in the observation, `what` at the two values.
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
    name: 'no compatibility twin of a cookie',
    reason: 'it was for browsers of 2019 and doubles what every request carries; a twin that auth0.js left is still read',
    where: /^cookies\._.*_compat$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'SameSite=Lax',
    reason: 'a transaction is only read by the page itself; only the verifier is read in a frame of the tenant',
    where: /^cookies\.(?!co%2Fverifier).*\.sameSite$/,
    what: (theirs, ours) => theirs === 'None' && ours === 'Lax',
  },
  {
    name: 'no transaction is left by what failed',
    reason: 'auth0.js leaves one behind each refused option, request and login; they pile up to a "400 Request Header Too Large"',
    where: /^cookies\.(com\.auth0\.auth\.|co%2Fverifier)/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'kind',
    reason: 'a stable name of the cause, beside everything that auth0.js says',
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
    reason: 'auth0.js drops the status of login errors, and of answers it cannot parse',
    when: /^(login|start): refused/,
    where: /^callbacks\.0\.0\.(statusCode|statusText)$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'the original error is not that of superagent',
    reason: 'there is no superagent; it is an `Error` with the same message where the status has one, and with a remedy else',
    where: /^callbacks\.0\.0\.original\.(original|status|\$message)$/,
  },
  {
    name: 'a login without code or recipient is refused before any effect',
    reason: 'auth0.js sends half a request, which uses up an attempt and ends in a riddle',
    when: /^(login: (no code|empty code|nothing)|start: 13 no address)$/,
    where: /^(callbacks|credentials|requests|navigations)\.0/,
  },
  {
    name: 'phone numbers are trimmed',
    reason: 'as e-mail addresses are; auth0.js means to, and looks under the wrong name',
    when: /^start: 12 phone/,
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
    reason: 'auth0.js puts the whole request into the description, e-mail address and code included',
    when: /^login: refused/,
    where: /^callbacks\.0\.0\.(original\.error_description|description|error_description)$/,
    what: (theirs, ours) => theirs.startsWith('{') && !ours.includes('123456'),
  },
  {
    name: 'a success without a ticket is an error',
    reason: 'auth0.js falls over it, or goes on without a ticket',
    when: /^login: (30 200 with null|200 without a ticket)$/,
    where: /^(callbacks|uncaught|navigations)\.0$/,
  },
  {
    name: 'why there are no keys',
    reason: "auth0.js hands on the engine's text, which differs between browsers, or an empty one",
    when: /^ID token: 4 keys/,
    where: /^callbacks\.0\.0\.errorDescription$/,
  },
  {
    name: 'the transaction stays until there is an answer about it',
    reason: 'so that the same answer can be looked at again once the network is back, or the leeway one that is allowed',
    when: /^ID token: (4 keys|13 leeway (too long|negative))/,
    where: /^cookies\.com\.auth0\.auth\.foo$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'a leeway out of range is told before the state is looked at',
    reason: 'it is a mistake of the page, whatever the tenant has answered',
    when: /^ID token: 13 leeway too long, another state$/,
    where: /^(thrown|callbacks\.0)$/,
  },
  {
    name: 'a leeway of zero is zero',
    reason: 'auth0.js takes it for its default of 60',
    when: /^ID token: 13 leeway zero$/,
    where: /^callbacks\.0/,
  },
  {
    name: 'no auth0.ssodata cookie',
    reason: 'only getSSOData reads it, which is left out; it keeps who logged in for a day',
    where: /^cookies\.(_?auth0\.ssodata(_compat)?)$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'appState of a silent answer',
    reason: 'auth0.js returns the state in its place',
    when: /^(checkSession|login in place)/,
    where: /^callbacks\.0\.1\.appState$/,
  },
  {
    name: 'checks before a silent request have the whole error',
    reason: 'auth0.js leaves out code, description and original there',
    when: /^checkSession: 73/,
    where: /^callbacks\.0\.0\.(original|code|description)$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'no callback: a promise',
    reason: 'auth0.js throws `cb parameter is not valid`',
    when: /^(start|verify): .*5 no callback$|^verify: client, 39 no callback$/,
    where: /^(thrown|credentials\.0|requests\.0)$/,
    what: (theirs, ours) => theirs?.message === 'cb parameter is not valid' || (theirs === undefined && ours !== undefined),
  },
  {
    name: 'no options is said, and no crash',
    reason: 'auth0.js reads a member of nothing',
    when: /^start: 1 no options$/,
    where: /^thrown\.(name|message)$/,
    what: (_, ours) => ours === 'Error' || ours === 'options parameter is not valid',
  },
  {
    name: 'one name in the telemetry',
    reason: 'auth0.js calls itself another library where the page says so, and where the options object was used before',
    when: /^start: protocol and the like of the constructor$/,
    where: /auth0-client$/,
  },
  {
    name: 'no local storage before cookies',
    reason: '__tryLocalStorageFirst is for browsers that lose cookies; local storage is what follows where there are none',
    when: /^start: 49 __tryLocalStorageFirst$/,
    where: /^cookies\.com\.auth0\.auth/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'no request is repeated',
    reason: 'a start sends mail and a login uses up a code; auth0.js heeds no Retry-After either',
    when: /^start: 60 _timesToRetryFailedRequests$/,
    where: /^(callbacks\.0\.0\.original\.retries|credentials\.[12]|requests\.[12])$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'an empty success is an empty object',
    reason: 'auth0.js hands out its HTTP library\'s own response',
    when: /^start: (200 empty|204|200 null)$/,
    where: /^callbacks\.0\.1\./,
  },
  {
    name: 'code and address are trimmed when they are verified too',
    reason: 'auth0.js trims the address in the request, and not in the URL that it then goes to',
    when: /^verify: white space$/,
    where: /^(requests\.0\.body\.verification_code|navigations\.0)$/,
    what: (theirs, ours) => theirs.trim() === ours || decodeURIComponent(theirs).replaceAll(/(?<==) | (?=&)/g, '') === decodeURIComponent(ours),
  },
  {
    name: 'a renewal ends when the tenant keeps the frame',
    reason: 'auth0.js looks into a frame of another origin, which throws, and never calls back',
    when: /^renewAuth: timeout$/,
    where: /^(callbacks|uncaught)\.0$/,
  },
];
