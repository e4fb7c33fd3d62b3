// @ts-check
/**
 * Where our dialog differs from Lock, and why. The test fails on a difference that is not listed, and on a listed one that
 * has gone. `when` looks at the journey's name, `where` at the place in the observation, `what` at the two values.
 *
 * @type {import('../../parity/intended.mjs').Intended[]}
 */
export const intended = [
  {
    name: 'no requests before the form',
    reason: 'settings, country and captchas are asked for by Lock before it shows anything; ours shows at once, and asks when it has to',
    where: /^startUp/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'the mail is in the dialog’s language',
    reason: 'Lock leaves it to the browser’s',
    where: /^requests\.\d+\.headers\.x-request-language$/,
    what: (theirs, ours) => theirs === undefined && /^(en|de)$/.test(ours),
  },
  {
    name: 'events for every transition',
    reason: 'what is sent and which screen is shown; Lock has no such events',
    where: /^(added\.\d+|told\.(code sent|code resent|link sent|link resent|step changed|cancelled))$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: '`vcode submit` is told',
    reason: 'Lock declares it and never tells it',
    where: /^(order\.\d+|told\.vcode submit)$/,
    what: (theirs, ours) => ours === 'vcode submit' || (theirs === undefined && Array.isArray(ours)),
  },
  {
    name: 'what comes behind `vcode submit` comes one place later',
    reason: 'the places are counted',
    when: /wrong code|empty code/,
    where: /^order\.\d+$/,
    what: (theirs, ours) => [theirs, ours].every((name) => [undefined, 'authorization_error', 'vcode submit'].includes(name)),
  },
  {
    name: 'an empty code stays on the page',
    reason: 'Lock sends it, and uses up an attempt',
    when: /^an empty code$/,
    where: /^(requests\.1|told\.authorization_error)$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'the whole error',
    reason: 'Lock keeps code and description; ours has the status, what the tenant said, and a stable `kind` besides',
    where: /^told\.(authorization_error|hash_parsed)\.0\.0\.(code|error_description|kind|original|statusCode|statusText)$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'another code is sent from where the code is asked for',
    reason: 'Lock goes back to the address, and has it submitted again',
    when: /^another code$/,
    where: /^(order\.\d+|told\.(socialOrEmail ready|socialOrEmail submit|vcode ready)\.1)$/,
    what: (theirs, ours) => theirs !== undefined && (ours === undefined || ours === 'vcode submit'),
  },
  {
    name: 'the parameters of this showing count for what is sent, too',
    reason: 'Lock takes the scope from the construction there, and from the showing at /authorize',
    when: /^spaces around an address$/,
    where: /^requests\.0\.body\.authParams\.scope$/,
  },
  {
    name: 'the screen behind a sent link stays',
    reason: 'Lock throws in React, and takes the dialog off the page for a moment',
    when: /^a link is sent/,
    where: /^problems/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'a failed e-mail start is told',
    reason: 'Lock tells of failed text messages and codes only',
    when: /^the tenant (refuses the address|limits the rate)$/,
    where: /^(order\.4|told\.authorization_error)$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'no parameter of Lock’s own state',
    reason: '`is_submitting` slips out of its store',
    when: /^a social connection$/,
    where: /^(requests\.0\.query\.is_submitting|problems\.0)$/,
    what: (theirs, ours) => theirs !== undefined && ours === undefined,
  },
  {
    name: 'a social login is a login',
    reason: 'Lock’s passwordless dialog calls each a sign-up',
    when: /^a social connection$/,
    where: /^told\.federated login\.0\.0\.action$/,
    what: (theirs, ours) => theirs === 'signup' && ours === 'login',
  },
  {
    name: 'what has to be ticked is said',
    reason: 'Lock’s button is dead until then, and says nothing; so the press is told, and answered',
    when: /^the terms come first$/,
    where: /^(order\.\d+|told\.socialOrEmail submit\.1)$/,
  },
  {
    name: 'a second showing is ready, and has what was typed',
    reason: 'Lock loses the address, and says `ready` once',
    when: /^hide, and show again$/,
    where: /^(order\.5|told\.socialOrEmail ready\.1|said\.1)$/,
    what: (theirs, ours) => !theirs && ours !== undefined,
  },
  {
    name: 'destroying an open dialog closes it',
    reason: 'and so says `hide`; to show it again does nothing, where Lock throws',
    when: /^destroy$/,
    where: /^(order\.3|told\.hide|said\.shows)$/,
    what: (theirs, ours) => theirs === undefined || (theirs === 'throws' && ours === 'quietly'),
  },
  {
    name: 'a bad flash message keeps nobody out',
    reason: 'Lock does not open at all; the event has an object, as others have',
    when: /^a flash message/,
    where: /^(order\.\d+|told\.(unrecoverable_error\.0\.0|show|socialOrEmail ready))$/,
  },
];
