// @ts-check
/** The errors of requests, and the pages that people see for them. */

/**
 * A page about an error: what happened and what to do. `quote` is a text of the tenant's, and the page marks it as a quotation.
 *
 * @typedef {{ status: number, title: string, text: string, quote?: string, wayOn: string, wayTo: string }} Problem
 */

/** The error of a request. `message` is for the log. It contains no code, token, secret or address. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {number} status
   * @param {string} title
   * @param {string} text
   * @param {{ quote?: string, wayOn?: string, wayTo?: string }} [more]
   */
  constructor(message, status, title, text, { quote, wayOn = 'Try again', wayTo = '/' } = {}) {
    super(message);
    /** @type {Problem} */
    this.problem = { status, title, text, quote, wayOn, wayTo };
  }
}

/** The page with the form that a login without a script begins with. */
export const FORM_PAGE = '/inline.html';

const FORM = { wayTo: FORM_PAGE };
const START = { wayOn: 'Go to the start page', wayTo: '/' };

export const notFound = () => new Failure('no such page', 404, 'There is no such page', 'The address leads nowhere on this site.', START);

export const methodNotAllowed = () => new Failure('a wrong method', 405, 'This address does not take such a request', 'Use the buttons of this site.', START);

/** @param {string} what */
export const malformed = (what) => new Failure(`the callback ${what}`, 400, 'This address is not complete', `The address ${what}, so it cannot finish a login. Start the login again.`);

export const transactionMissing = () => new Failure('this browser has no transaction', 400, 'This browser has no login in progress',
  'The login was finished already, took too long, or was started in another browser. If you started it in this window, allow cookies for this site.');

export const transactionExpired = () => new Failure('the transaction has expired', 400, 'The login took too long', 'The page was open for too long before the login was finished. Start it again.');

export const transactionSpent = () => new Failure('the transaction was redeemed before', 400, 'This login was used before', 'Each login counts once, and this one did. Start a new one.');

export const stateMismatch = () => new Failure('the state belongs to no login of this browser', 403, 'This login was not started here',
  'The answer belongs to another login than those this browser started. Start the login again in this window.');

export const issuerMismatch = () => new Failure('the authorization response names another issuer, or none', 400, 'The login could not be confirmed',
  'The answer does not come from the tenant this app asked. Start the login again.');

export const foreignForm = () => new Failure('a form without its CSRF token', 403, 'You are still logged in',
  "The request to log out did not come from this site's own button. Press it there if you meant to.", START);

export const foreignRequest = () => new Failure('a form of another site', 403, 'This form is not from this site',
  "Another site tried to log you in here, or to have a code sent in your name, and was refused. If you meant to log in, begin on this site's own page.", { wayOn: 'Go to the login page', wayTo: FORM_PAGE });

export const noAddress = () => new Failure('the form holds no e-mail address', 400, 'This is not an e-mail address', 'Enter your e-mail address, such as you@example.com.', FORM);

/** @param {string} typed */
export const noCode = (typed) => (typed === ''
  ? new Failure('the form holds no verification code', 400, 'The code is missing', 'Enter the code from the e-mail.', FORM)
  : new Failure('what was typed is no verification code', 400, 'This is not a code', 'A code is a row of digits. Enter the one from the e-mail.', FORM));

/**
 * This app's own limit of messages is reached.
 *
 * @param {number} seconds until the next one
 */
export const tooMany = (seconds) => new Failure('this app sends no more messages for now', 429, 'Too many codes asked for',
  `This site sends only so many codes to one address, and for one connection to the network. Wait ${inWords(seconds)}, then try again.`, FORM);

/** How the tenant ended the login. @param {string} code @param {string} description @param {string} domain */
export function refused(code, description, domain) {
  const status = { access_denied: 403, unauthorized: 403, server_error: 502, temporarily_unavailable: 503 }[code] ?? 400;
  const quote = (description ? `${description} (${code})` : code).slice(0, 300);
  // The tenant's description when a login ticket came without the tenant's cookie.
  if (/verification page|No verifier returned/.test(description)) {
    return new Failure(`the tenant ended the login: ${code}`, status, 'The browser kept the tenant’s cookies out',
      `The tenant ${domain} is on another site than this app, and this browser keeps the cookies of other sites out. Allow third-party cookies for this site and start the login again. The app’s owner can give the tenant an address of this site (a custom domain). This is what the tenant said:`, { quote });
  }
  return new Failure(`the tenant ended the login: ${code}`, status, 'The login was not completed', 'The tenant ended the login. This is what it said:', { quote });
}

/** The advice for a tenant that does not respond. @param {{ domain: string, isLocal: boolean }} settings */
export const tenantDown = ({ domain, isLocal }) => `The tenant at ${domain} does not answer. ${isLocal ? 'Start it with npm start' : 'Check AUTH0_DOMAIN and the network'}, then reload.`;

/** @param {{ domain: string, isLocal: boolean }} settings @param {boolean} inTime */
export const silent = (settings, inTime) => new Failure('the tenant does not answer', inTime ? 502 : 504, 'The tenant does not answer', tenantDown(settings));

/**
 * The page for an error of the tenant's token endpoint or of `/passwordless/start`, by its `error` code. Auth0 has one error code for a
 * wrong, an expired and an exhausted verification code, so there the description decides.
 *
 * @param {string} error
 * @param {string} description
 * @param {number} status
 * @param {{ domain: string, retryAfter?: number, isCodeFromMail: boolean }} context
 */
export function ofTenant(error, description, status, { domain, retryAfter = 60, isCodeFromMail }) {
  const failure = (/** @type {number} */ shown, /** @type {string} */ title, /** @type {string} */ text) => new Failure(`the tenant answers: ${error}`, shown, title, text, isCodeFromMail ? FORM : {});
  if (error === 'too_many_attempts') return failure(429, 'Too many wrong codes', 'The tenant takes no more codes from you for now. Follow the e-mail it sent you about this, or ask those who run this site.');
  if (status === 429) return failure(isCodeFromMail ? 429 : 503, 'Too many logins at once', `The tenant asks to slow down. Wait ${inWords(retryAfter)}, then try again.`);
  if (error === 'invalid_grant' && !isCodeFromMail) return failure(400, 'This login was used before', 'The tenant takes each login once and only for a short time. Start a new one.');
  if (error === 'invalid_grant' && /expired/.test(description)) return failure(400, 'The code has expired', 'This code is too old. Send another code and use that one.');
  if (error === 'invalid_grant' && /maximum number of attempts/.test(description)) return failure(400, 'The code was tried too often', 'After so many wrong tries this code no longer works. Send another code and use that one.');
  if (error === 'invalid_grant') return failure(400, 'The code is wrong', 'This is not the code of the last e-mail to this address. Check it, or send another code.');
  if (error === 'bad.email') return failure(400, 'The tenant does not take this address', 'Check the spelling of your e-mail address, then try again.');
  if (/signup is disabled/.test(description)) return failure(403, 'Nobody is known by this address', 'New people cannot sign up here by logging in. Use the address you are known by, or ask those who run this site.');
  if (error === 'bad.connection') return failure(502, 'The tenant sends no codes for this app', `Switch on passwordless login by e-mail for this application at ${domain}.`);
  if (error === 'mfa_required') return failure(403, 'The tenant asks for a second factor', 'This page cannot ask for one. Go to the start page and log in with the dialog.');
  if (['access_denied', 'unauthorized'].includes(error) && status === 403 && isCodeFromMail) return failure(403, 'You are not let in', 'The tenant does not let this address in here. Ask those who run this site for access.');
  if (['access_denied', 'invalid_client', 'unauthorized_client'].includes(error)) {
    return failure(502, 'The tenant does not accept this app', `Compare the client id, the client secret, the allowed callback URLs and the grant types with the application's settings at ${domain}.`);
  }
  return failure(502, 'The tenant could not do its part', `Something is wrong at ${domain}: ${error || `its answer has status ${status}`}. Try again in a moment.`);
}

/** @param {string} cause @param {string} domain */
export const tenantBroken = (cause, domain) => new Failure(cause, 502, 'The tenant could not finish the login', `Something is wrong at ${domain}: ${cause}. Try again in a moment.`);

/** @param {string} cause */
export const idTokenRefused = (cause) => new Failure(`the ID token is refused: ${cause}`, 502, 'The login could not be confirmed', `The tenant's ID token was refused: ${cause}.`);

/** @param {number} seconds */
const inWords = (seconds) => (seconds > 60 ? `${Math.ceil(seconds / 60)} minutes` : 'a minute');
