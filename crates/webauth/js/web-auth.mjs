// @ts-check
/**
 * `WebAuth` without the methods that read authorization responses. The entry modules pass these methods in. The methods are in the
 * same file, or are loaded on demand.
 */

import { version as raw } from '../../../package.json';
import { checked, deliver } from './call.js';
import { Authentication, request } from './client.mjs';
import { connect } from './core.mjs';
import { UnsupportedError, leftOut } from './left-out.mjs';
import { BLOCKED, SEVERED, open, outcomeOf, respond } from './popup.mjs';
import { verify } from './verification.mjs';

/** @typedef {import('./call.js').Callback} Callback */
/** @typedef {(...args: any[]) => any} Method */

/**
 * Makes the methods that read authorization responses: those of auth0.js and `handleRedirectCallback`.
 *
 * @typedef {(core: import('./core.mjs').Core, options: any, client: Authentication) => Record<string, Method>} ResponseMethods
 */

export const version = { raw };

/** The client of the Management API. It is left out, because it needs tokens that no page should have. */
export class Management {
  constructor() {
    throw new UnsupportedError('Management');
  }
}

/** Passwordless login, as in auth0.js. The methods work without `this`. */
export class WebAuthBase {
  /**
   * @param {any} options
   * @param {ResponseMethods} responseMethods
   */
  constructor(options, responseMethods) {
    const core = connect(options);
    const { onRedirecting, popupOrigin, redirectUri, plugins } = options;
    if (plugins?.length) throw new UnsupportedError('plugins');
    /** @type {Authentication} */
    this.client = new Authentication(options, undefined, core);
    this.redirect = leftOut('redirect');
    this._universalLogin = leftOut('_universalLogin');
    const methods = responseMethods(core, options, this.client);
    Object.assign(this, leftOut(''), methods);

    /**
     * A call that leaves the page. Its callback is called only for a failure, or with the tokens of a login in place.
     *
     * @type {(name: import('./core.mjs').CallName) => (options: any, cb?: Callback) => any}
     */
    const leaving = (name) => (options, cb) => {
      checked(cb);
      const hooks = { signal: options?.signal, onRedirecting: options?.onRedirecting || onRedirecting };
      return deliver(core.call(name, [options], hooks), cb && ((error, result) => (error ? cb(error) : result && cb(null, result))));
    };

    this.passwordlessStart = (/** @type {any} */ options, /** @type {Callback} */ cb) => request(core, 'start', options, cb);
    this.passwordlessLogin = leaving('login');
    this.passwordlessVerify = leaving('verify');
    this.authorize = (/** @type {any} */ options) => deliver(core.call('authorize', [options], { signal: options?.signal }));
    this.logout = (/** @type {any} */ options) => { core.call('logout', [options]); };
    this.crossOriginVerification = () => core.whenReady((bindings) => verify((origin, id) => bindings.takeVerifier(origin, id)));
    this.crossOriginAuthenticationCallback = this.crossOriginVerification;

    this.popup = {
      ...leftOut('popup'),
      /** @type {(options: any, cb?: Callback) => any} */
      authorize: (options, cb) => {
        checked(cb);
        const { signal, popupOptions, popupHandler: _, ...params } = options ?? {};
        const url = core.call('popupUrl', [params], { signal });
        const { origin } = new URL(params.redirectUri || redirectUri || location.href, location.href);
        return deliver(inPopup(url, origin, popupOptions, signal), cb);
      },
      /** @param {any} [options] */
      callback: (options) => respond(options?.popupOrigin || popupOrigin || location.origin, () => (
        new Promise((done) => methods.parseHash(options ?? {}, (/** @type {any} */ error, /** @type {any} */ result) => done(error || result)))
      )),
    };
  }
}

/**
 * Logs in in a popup window.
 *
 * @param {Promise<string>} url
 * @param {string} origin
 * @param {Record<string, number>} [size]
 * @param {AbortSignal} [signal]
 */
async function inPopup(url, origin, size, signal) {
  // Browsers open windows only during a click, so the window is opened before its address is known.
  const popup = open('', size);
  const address = await url.catch((error) => {
    popup?.close();
    throw error;
  });
  try {
    if (!popup) throw BLOCKED;
    popup.location.href = address;
    return await outcomeOf(popup, origin, signal);
  } catch (failure) {
    throw described(failure);
  }
}

/** The kinds of a popup's failures that are texts. The other texts are about a window that was closed. @type {Record<string, string>} */
const KINDS = { aborted: 'aborted', [BLOCKED]: 'popup_blocked', [SEVERED]: 'popup_severed' };

/**
 * The failure of a popup, a text or the error of `parseHash`, in the shape of auth0.js's other errors.
 *
 * @param {any} failure
 */
function described(failure) {
  if (failure.error === 'generic_error') return { ...failure, kind: 'invalid_response', message: 'The page in the window answered nothing: it has to call `popup.callback`.' };
  const { error = null, errorDescription, error_description: description = errorDescription ?? null, kind, message = description } = failure;
  if (typeof failure !== 'string') return { original: failure, code: error, description, kind: kind ?? 'request_refused', message };
  return { original: failure, code: null, description: null, kind: KINDS[failure] ?? 'popup_closed', message: failure };
}
