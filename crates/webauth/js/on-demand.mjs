// @ts-check
/**
 * The methods that read the tenant's answers, loaded when they are first called: a login page needs none of them, nor
 * does a page whose server handles the callback. They are those of the module `webauth.slim.js` beside the script.
 */

import { checked, deliver } from './call.mjs';
import { aborting } from './client.mjs';

/** @typedef {import('./call.mjs').Callback} Callback */

/** The script that this is part of: known only while it runs for the first time. */
const script = /** @type {HTMLScriptElement | null | undefined} */ (globalThis.document?.currentScript)?.src;

/** @type {Promise<any> | undefined} */
let loading;

function load() {
  loading ??= import(new URL('webauth.slim.js', script || document.baseURI).href)
    .then(async (module) => {
      await module.init();
      return module;
    })
    .catch((error) => {
      loading = undefined;
      const message = `webauth.slim.js and webauth.slim.wasm could not be loaded from beside the script: ${error.message}`;
      throw { error: 'request_error', errorDescription: message, kind: 'network', message };
    });
  return loading;
}

/** @type {import('./web-auth.mjs').Answers} */
export const answers = (_bindings, given) => {
  const options = { ...given };
  /** @type {any} */
  let webAuth;

  /**
   * Calls a method over there. What it rejects with is taken apart: the `AuthError` of the page is the script's own.
   *
   * @param {string} name
   * @param {any[]} args
   */
  const there = async (name, args) => {
    const { WebAuth, AuthError } = await load();
    try {
      webAuth ??= new WebAuth(options);
      return await webAuth[name](...args);
    } catch (failure) {
      const { name: _, ...members } = /** @type {any} */ (failure);
      const { message } = /** @type {Error} */ (failure);
      if (failure instanceof AuthError) throw { ...members, message };
      throw { error: 'invalid_request', errorDescription: message, kind: 'invalid_options', message };
    }
  };

  /** @type {(name: string) => (options: any, cb?: Callback) => any} */
  const method = (name) => (options, cb) => {
    if (typeof options === 'function') return method(name)(undefined, options);
    checked(cb);
    const { signal, abort } = aborting(options);
    return deliver(there(name, [{ ...options, signal }]), cb) ?? { abort };
  };

  return {
    handleRedirectCallback: method('handleRedirectCallback'),
    parseHash: method('parseHash'),
    renewAuth: method('renewAuth'),
    loginInPlace: method('passwordlessLogin'),
    checkSession(session, cb) {
      if (!({ ...options, ...session }).responseType) throw new Error('responseType is required');
      return method('checkSession')(session, cb);
    },
    validateAuthenticationResponse(validation, response, cb) {
      checked(cb);
      return deliver(there('validateAuthenticationResponse', [validation, response]), cb);
    },
    renderPasswordlessCaptcha(element, captcha, cb) {
      const handle = there('renderPasswordlessCaptcha', [element, captcha, cb]);
      return {
        reload: (/** @type {Callback} */ done) => handle.then((there) => there.reload(done)),
        getValue: () => /** @type {HTMLInputElement | null} */ (element.querySelector('input[name="captcha"]'))?.value,
      };
    },
  };
};
