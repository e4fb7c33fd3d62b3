// @ts-check
/** The public module: auth0.js's `WebAuth` over the wasm bindings. */

import { Bindings } from 'latchkey-bindings';
import { ready } from 'latchkey-loader';
import { version as raw } from '../../../package.json';
import { AuthError, checked, deliver, run } from './call.mjs';
import { renderCaptcha } from './captcha.mjs';
import { Authentication, aborting, request } from './client.mjs';
import { UnsupportedError, leftOut } from './left-out.mjs';
import { answer, open, respond } from './popup.mjs';
import { verify } from './verification.mjs';

/** @typedef {import('./call.mjs').Callback} Callback */

export const version = { raw };
export { AuthError, Authentication, UnsupportedError };

/** The Management API, which needs tokens that no page should have. */
export class Management {
  constructor() {
    throw new UnsupportedError('Management');
  }
}

/** Answers that the page has finished already, or is about to. @type {Map<string, Promise<any>>} */
const finished = new Map();

/** Failures after which the same answer may be finished after all. */
const PASSING = ['aborted', 'crypto_unavailable', 'network', 'server_error', 'timeout'];

/** Passwordless login, as in auth0.js. Its methods work unbound. */
export class WebAuth {
  /** @param {any} options */
  constructor(options) {
    ready();
    const bindings = new Bindings(options);
    if (options.plugins?.length) throw new UnsupportedError('plugins');
    const { onRedirecting, popupOrigin } = options;
    /** @type {Authentication} */
    this.client = new Authentication(options, undefined, bindings);
    this.redirect = leftOut('redirect');
    this._universalLogin = leftOut('_universalLogin');
    Object.assign(this, leftOut(''));

    /** @type {(name: string) => (options: any, cb?: Callback) => any} */
    const method = (name) => (options, cb) => request(bindings, name, options, cb);

    /**
     * A call that may leave the page: then a callback hears of failures only.
     *
     * @type {(name: string) => (options: any, cb?: Callback) => any}
     */
    const leaving = (name) => (options, cb) => {
      checked(cb);
      const work = run(bindings.call(name, options), options.signal, options.onRedirecting || onRedirecting);
      return deliver(work, cb && ((error, result) => (error ? cb(error) : result && cb(null, result))));
    };

    this.passwordlessStart = method('start');
    this.passwordlessLogin = leaving('login');
    this.passwordlessVerify = leaving('verify');
    this.checkSession = method('checkSession');
    this.renewAuth = method('renewAuth');
    this.parseHash = (/** @type {any} */ options, /** @type {Callback} */ cb) => (
      typeof options === 'function' ? method('parseHash')(undefined, options) : method('parseHash')(options, cb)
    );
    this.validateAuthenticationResponse = (/** @type {any} */ options, /** @type {any} */ response, /** @type {Callback} */ cb) => {
      checked(cb);
      return deliver(run(bindings.call('validate', options, response)), cb);
    };
    this.authorize = (/** @type {any} */ options) => deliver(run(bindings.call('authorize', options), options?.signal));
    this.logout = (/** @type {any} */ options) => { location.href = bindings.url('logout', options); };
    this.crossOriginVerification = () => verify((origin, id) => bindings.verifier(origin, id));
    this.crossOriginAuthenticationCallback = this.crossOriginVerification;
    this.renderPasswordlessCaptcha = (/** @type {HTMLElement} */ element, /** @type {any} */ options, /** @type {Callback} */ cb) => (
      renderCaptcha(this.client.passwordless.getChallenge, element, options, cb)
    );

    /**
     * Finishes whatever login the page's address is the answer to. Once: who calls again gets the same.
     *
     * @type {(options?: any, cb?: Callback) => any}
     */
    this.handleRedirectCallback = (options, cb) => {
      if (typeof options === 'function') return this.handleRedirectCallback(undefined, options);
      checked(cb);
      const key = `${this._key} ${options?.url ?? location.href}`;
      let work = finished.get(key);
      if (!work) {
        work = run(bindings.call('callback', options), options?.signal);
        finished.set(key, work);
        work.catch(({ kind }) => PASSING.includes(kind) && finished.delete(key));
      }
      return deliver(work, cb);
    };
    this._key = `${options.domain} ${options.clientID}`;

    this.popup = {
      ...leftOut('popup'),
      /** @type {(options: any, cb?: Callback) => any} */
      authorize: (options, cb) => {
        checked(cb);
        const { signal, popupOptions, popupHandler: _, ...params } = options ?? {};
        const call = bindings.call('popup', params);
        const redirectUri = params.redirectUri || this._redirectUri || location.href;
        return deliver(this._popup(run(call, signal), new URL(redirectUri, location.href).origin, popupOptions, signal), cb);
      },
      /** @param {any} [options] */
      callback: (options) => respond(options?.popupOrigin || popupOrigin || location.origin, async () => {
        try {
          return await run(bindings.call('parseHash', options));
        } catch (failure) {
          return failure;
        }
      }),
    };
    this._redirectUri = options.redirectUri;
  }

  /**
   * @param {Promise<string>} url
   * @param {string} origin
   * @param {Record<string, number>} [size]
   * @param {AbortSignal} [signal]
   */
  async _popup(url, origin, size, signal) {
    const popup = open(await url, size);
    try {
      if (!popup) throw 'Popup window was blocked: open it in the handler of a click';
      return await answer(popup, origin, signal);
    } catch (failure) {
      throw described(failure);
    }
  }
}

/**
 * A popup's failure, a text or the error of `parseHash`, in the shape of other calls.
 *
 * @param {any} failure
 */
function described(failure) {
  const { error = null, errorDescription, error_description: description = errorDescription ?? null, kind, message = description } = failure;
  if (typeof failure !== 'string') return { original: failure, code: error, description, kind: kind ?? 'request_refused', message };
  return { original: failure, code: null, description: null, kind: failure === 'aborted' ? failure : 'popup_closed', message: failure };
}
