// @ts-check
/** The public module: auth0.js's `WebAuth` over the wasm bindings. */

import { Bindings } from 'latchkey-bindings';
import { ready } from 'latchkey-loader';
import { version as raw } from '../../../package.json';
import { AuthError, checked, deliver, linked, run } from './call.mjs';

/** @typedef {import('./call.mjs').Callback} Callback */

export const version = { raw };
export { AuthError };

/** Passwordless login, as in auth0.js. Its methods work unbound. */
export class WebAuth {
  /** @param {any} options */
  constructor(options) {
    ready();
    this._bindings = new Bindings(options);
    this._onRedirecting = options.onRedirecting;
    this.passwordlessStart = this.passwordlessStart.bind(this);
    this.passwordlessLogin = this.passwordlessLogin.bind(this);
    this.passwordlessVerify = this.passwordlessVerify.bind(this);
  }

  /**
   * Has the tenant send a code or a link.
   *
   * @param {any} options
   * @param {Callback} [cb]
   * @returns {any} a promise, or with a callback something to abort with
   */
  passwordlessStart(options, cb) {
    checked(cb);
    const controller = linked(options?.signal);
    return deliver(run(this._bindings.start(options), controller.signal), cb) ?? { abort: () => controller.abort() };
  }

  /**
   * Logs in with a code. A callback hears of failures only: success leaves the page.
   *
   * @param {any} options
   * @param {Callback} [cb]
   */
  passwordlessLogin(options, cb) {
    checked(cb);
    return this._leave(this._bindings.login(options), options, cb);
  }

  /**
   * Logs in with a code on the tenant's own login page.
   *
   * @param {any} options
   * @param {Callback} [cb]
   */
  passwordlessVerify(options, cb) {
    checked(cb);
    return this._leave(this._bindings.verify(options), options, cb);
  }

  /**
   * @param {import('./call.mjs').Call} call
   * @param {any} options
   * @param {Callback} [cb]
   */
  _leave(call, options, cb) {
    return deliver(run(call, options.signal, options.onRedirecting || this._onRedirecting), cb, true);
  }
}
