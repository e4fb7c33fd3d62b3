// @ts-check
/** The API client: `webAuth.client`, and `auth0.Authentication` on its own. */

import { Bindings } from 'latchkey-bindings';
import { ready } from 'latchkey-loader';
import { checked, deliver, linked, run } from './call.mjs';
import { leftOut } from './left-out.mjs';

/** @typedef {import('./call.mjs').Callback} Callback */

/**
 * Begins a call, and ends it in a callback or a promise.
 *
 * @param {Bindings} bindings
 * @param {string} name
 * @param {any} options
 * @param {Callback} [cb]
 */
export function request(bindings, name, options, cb) {
  checked(cb);
  const { signal, abort } = aborting(options);
  return deliver(run(bindings.call(name, options), signal), cb) ?? { abort };
}

/** @param {any} options */
export function aborting(options) {
  const controller = linked(options?.signal);
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** Requests without a page around them. Its methods work unbound. */
export class Authentication {
  /**
   * @param {any} options
   * @param {any} [more] the options, if the first argument is a `WebAuth` as in auth0.js
   * @param {Bindings} [bindings]
   */
  constructor(options, more, bindings) {
    ready();
    const own = bindings ?? new Bindings(more ?? options);
    Object.assign(this, leftOut('client'));
    this.dbConnection = leftOut('client.dbConnection');
    this.buildAuthorizeUrl = (/** @type {any} */ options) => own.url('authorize', options);
    this.buildLogoutUrl = (/** @type {any} */ options) => own.url('logout', options);
    this.userInfo = (/** @type {string} */ token, /** @type {Callback} */ cb) => request(own, 'userInfo', token, cb);
    this.oauthToken = (/** @type {any} */ options, /** @type {Callback} */ cb) => request(own, 'oauthToken', options, cb);
    this.passwordless = {
      start: (/** @type {any} */ options, /** @type {Callback} */ cb) => request(own, 'startOnly', options, cb),
      verify: (/** @type {any} */ options, /** @type {Callback} */ cb) => request(own, 'verifyOnly', options, cb),
      buildVerifyUrl: (/** @type {any} */ options) => own.url('verify', options),
      getChallenge: (/** @type {Callback} */ cb) => request(own, 'challenge', undefined, cb && ((error, result) => (error ? cb(error) : result ? cb(null, result) : /** @type {() => void} */ (cb)()))),
    };
  }
}
