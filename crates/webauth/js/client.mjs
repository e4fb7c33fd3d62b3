// @ts-check
/** The API client: `webAuth.client`, which pages can also make as `auth0.Authentication`. */

import { checked, deliver, linked } from './call.js';
import { connect } from './core.mjs';
import { leftOut } from './left-out.mjs';

/** @typedef {import('./call.js').Callback} Callback */
/** @typedef {import('./core.mjs').Core} Core */
/** @typedef {import('./core.mjs').CallName} CallName */

/**
 * Makes a call that ends with a callback or a promise. With a callback it returns an object with `abort()`.
 *
 * @param {Core} core
 * @param {CallName} name
 * @param {any} options
 * @param {Callback} [cb]
 */
export function request(core, name, options, cb) {
  checked(cb);
  const { signal, abort } = aborting(options);
  return deliver(core.call(name, [options], { signal }), cb) ?? { abort };
}

/** A signal that aborts with the page's own signal or by `abort()`. @param {any} options */
export function aborting(options) {
  const controller = linked(options?.signal);
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** The requests that need no transaction. The methods work without `this`. */
export class Authentication {
  /**
   * @param {any} options
   * @param {any} [more] the options, if the first argument is a `WebAuth`, as auth0.js allows
   * @param {Core} [core]
   */
  constructor(options, more, core = connect(more ?? options)) {
    Object.assign(this, leftOut('client'));
    this.dbConnection = leftOut('client.dbConnection');
    this.buildAuthorizeUrl = (/** @type {any} */ options) => core.now().buildAuthorizeUrl(options);
    this.buildLogoutUrl = (/** @type {any} */ options) => core.now().buildLogoutUrl(options);
    this.userInfo = (/** @type {string} */ token, /** @type {Callback} */ cb) => request(core, 'userInfo', token, cb);
    this.oauthToken = (/** @type {any} */ options, /** @type {Callback} */ cb) => request(core, 'oauthToken', options, cb);
    this.passwordless = {
      start: (/** @type {any} */ options, /** @type {Callback} */ cb) => request(core, 'startOnly', options, cb),
      verify: (/** @type {any} */ options, /** @type {Callback} */ cb) => request(core, 'verifyOnly', options, cb),
      buildVerifyUrl: (/** @type {any} */ options) => core.now().buildVerifyUrl(options),
      // auth0.js calls back without arguments where there is no challenge.
      getChallenge: (/** @type {Callback} */ cb) => request(core, 'getChallenge', undefined, cb && ((error, result) => (error ? cb(error) : result ? cb(null, result) : /** @type {() => void} */ (cb)()))),
    };
  }
}
