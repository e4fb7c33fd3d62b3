// @ts-check
/**
 * The intended differences from Lock, with their reasons. The test fails on a difference that is not listed,
 * and on a listed one that no longer exists. `when` tests the name of the journey, `where` the place in the
 * observation, `what` the two values.
 *
 * @type {import('../../parity/intended.mjs').Intended[]}
 */
export const intended = [
  {
    name: 'no requests before the form',
    reason: 'Lock requests settings, country and captchas before it shows anything; ours shows at once, and requests a captcha when the tenant asks for one',
    where: /^startUp/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'the mail is in the dialog’s language',
    reason: 'Lock leaves it to the language of the browser',
    where: /^requests\.\d+\.headers\.x-request-language$/,
    what: (theirs, ours) => theirs === undefined && /^(en|de)$/.test(ours),
  },
  {
    name: 'events for every transition',
    reason: 'for messages that were sent and for screens; Lock has no such events',
    where: /^(added\.\d+|payloads\.(code sent|code resent|link sent|link resent|step changed|cancelled))$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: '`vcode submit` is emitted',
    reason: 'Lock declares it and never emits it',
    where: /^(order\.\d+|payloads\.vcode submit)$/,
    what: (theirs, ours) => ours === 'vcode submit' || (theirs === undefined && Array.isArray(ours)),
  },
  {
    name: 'events after `vcode submit` come one place later',
    reason: 'the comparison counts places',
    when: /wrong code|empty code/,
    where: /^order\.\d+$/,
    what: (theirs, ours) => [theirs, ours].every((name) => [undefined, 'authorization_error', 'vcode submit'].includes(name)),
  },
  {
    name: 'an empty code stays on the page',
    reason: 'Lock sends it, and uses up an attempt',
    when: /^an empty code$/,
    where: /^(requests\.1|payloads\.authorization_error)$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'a complete error',
    reason: 'Lock keeps code and description; ours also has the status, the response of the tenant, and a stable `kind`',
    where: /^payloads\.(authorization_error|hash_parsed)\.0\.0\.(code|error_description|kind|original|statusCode|statusText)$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'a resend stays on the code screen',
    reason: 'Lock goes back to the address screen, where it has to be submitted again',
    when: /^another code$/,
    where: /^(order\.\d+|payloads\.(socialOrEmail ready|socialOrEmail submit|vcode ready)\.1)$/,
    what: (theirs, ours) => theirs !== undefined && (ours === undefined || ours === 'vcode submit'),
  },
  {
    name: 'the parameters of this showing apply to the request for a code, too',
    reason: 'Lock takes the scope of the constructor there, and that of the showing at /authorize',
    when: /^spaces around an address$/,
    where: /^requests\.0\.body\.authParams\.scope$/,
  },
  {
    name: 'the screen after a sent link stays',
    reason: 'Lock throws in React, and removes the dialog from the page for a moment',
    when: /^a link is sent/,
    where: /^problems/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'a failed start by e-mail is emitted',
    reason: 'Lock emits only failures of text messages and codes',
    when: /^the tenant (refuses the address|limits the rate)$/,
    where: /^(order\.4|payloads\.authorization_error)$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'no parameter of Lock’s own state',
    reason: 'Lock leaks `is_submitting` from its store',
    when: /^a social connection$/,
    where: /^(requests\.0\.query\.is_submitting|problems\.0)$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'a social login is a login',
    reason: 'Lock’s passwordless dialog calls each a sign-up',
    when: /^a social connection$/,
    where: /^payloads\.federated login\.0\.0\.action$/,
    what: (theirs, ours) => theirs === 'signup' && ours === 'login',
  },
  {
    name: 'missing terms are shown',
    reason: 'Lock’s button does nothing until then; ours emits the submit and marks the terms',
    when: /^the terms come first$/,
    where: /^(order\.\d+|payloads\.socialOrEmail submit\.1)$/,
  },
  {
    name: 'a second showing emits `ready`, and keeps the typed text',
    reason: 'Lock loses the address, and emits `ready` only once',
    when: /^hide, and show again$/,
    where: /^(order\.5|payloads\.socialOrEmail ready\.1|result\.1)$/,
    what: (theirs, ours) => !theirs && ours !== undefined,
  },
  {
    name: 'destroying an open dialog closes it',
    reason: 'so `hide` is emitted; showing it again does nothing, while Lock throws',
    when: /^destroy$/,
    where: /^(order\.3|payloads\.hide|result\.shows)$/,
    what: (theirs, ours) => theirs === undefined || (theirs === 'throws' && ours === 'quietly'),
  },
  {
    name: '`disableWarnings` silences every warning',
    reason: 'Lock goes on to print the warnings of auth0.js',
    when: /^what show may change$/,
    where: /^problems\.0$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'a bad flash message does not block the login',
    reason: 'Lock does not open at all; the event has an object, as other events have',
    when: /^a flash message/,
    where: /^(order\.\d+|payloads\.(unrecoverable_error\.0\.0|show|socialOrEmail ready))$/,
  },
];
