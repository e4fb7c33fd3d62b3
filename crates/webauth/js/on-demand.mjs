// @ts-check
/**
 * Loads on demand what few login pages need, from the module `webauth.js` in the folder of the script: the methods that read
 * authorization responses, a login without leaving the page, and the reading of unusual e-mail addresses.
 */

import { hasTokensOrError, mayHaveResponse, parameters } from './authorization-response.mjs';
import { QUESTIONS, checked, deliver, failure } from './call.js';
import { aborting } from './client.mjs';

/** @typedef {import('./call.js').Callback} Callback */

/** @type {Promise<any> | undefined} */
let loading;

/** @param {() => Promise<any>} module */
function load(module) {
  loading ??= module().catch((error) => {
    loading = undefined;
    throw failure('request_error', 'network', `webauth.js could not be loaded from beside the script (in a bundle, import 'latchkey' instead): ${error.message}`);
  });
  return loading;
}

/**
 * From now on, `module` makes the calls that the script's own wasm cannot make.
 *
 * @param {() => Promise<any>} module
 */
export function leaveCallsTo(module) {
  QUESTIONS.elsewhere = async (_, { options, name, args, ...hooks }) => (await load(module)).connect(options).call(name, args, hooks);
}

/**
 * Makes the function that calls a method of the module. The errors of the module become plain failures, because the page's
 * `AuthError` is the class of the script and not that of the module.
 *
 * @param {() => Promise<any>} module
 * @param {any} options of the constructor
 */
function callerOf(module, options) {
  /** @type {any} */
  let webAuth;
  return async (/** @type {string} */ name, /** @type {any[]} */ ...args) => {
    const { WebAuth, AuthError } = await load(module);
    try {
      webAuth ??= new WebAuth(options);
      return await webAuth[name](...args);
    } catch (error) {
      const { name: _, ...members } = /** @type {any} */ (error);
      const { message } = /** @type {Error} */ (error);
      throw error instanceof AuthError ? { ...members, message } : failure('invalid_request', 'invalid_options', message);
    }
  };
}

/**
 * The result for an address without an authorization response, as on most visits: `null`, without loading the module.
 *
 * @param {Callback} [cb]
 */
function nothing(cb) {
  checked(cb);
  return deliver(Promise.resolve(null), cb) ?? { abort() {} };
}

/**
 * The captcha in `element`, which the module shows as soon as it has loaded.
 *
 * @param {Promise<any>} shown what the module's method returns
 * @param {HTMLElement} element
 * @param {Callback} [cb]
 */
function captchaOf(shown, element, cb) {
  /** @type {(work: Promise<any>, done?: Callback) => void} */
  const failing = (work, done) => void deliver(work, (error) => error && done?.(error));
  failing(shown, cb);
  return {
    reload: (/** @type {Callback} */ done) => failing(shown.then((captcha) => captcha.reload(done)), done),
    getValue: () => /** @type {HTMLInputElement | null} */ (element.querySelector('input[name="captcha"]'))?.value,
  };
}

/**
 * The methods that read authorization responses, from `module`.
 *
 * @type {(module: () => Promise<any>) => import('./web-auth.mjs').ResponseMethods}
 */
export const responsesFrom = (module) => (core, constructorOptions) => {
  const options = { ...constructorOptions };
  const callModule = callerOf(module, options);

  /** @type {(name: string) => (options: any, cb?: Callback) => any} */
  const method = (name) => (options, cb) => {
    if (typeof options === 'function') return method(name)(undefined, options);
    checked(cb);
    const { signal, abort } = aborting(options);
    return deliver(callModule(name, { ...options, signal }), cb) ?? { abort };
  };

  /**
   * Throws auth0.js's error for a leeway that is out of range, if there is an ID token. auth0.js throws it synchronously, and the
   * module can only reject.
   *
   * @param {Record<string, any>} response
   */
  const checkLeeway = ({ id_token, error }) => core.ifReady((bindings) => {
    if (id_token && error === undefined && !bindings.hasValidLeeway()) {
      throw Object.assign(new Error('The leeway should be positive and lower than five minutes.'), { name: 'ConfigurationError' });
    }
  });

  /** @type {(callback: any, cb?: Callback) => any} */
  const handleRedirectCallback = (callback, cb) => {
    if (typeof callback === 'function') return handleRedirectCallback(undefined, callback);
    return mayHaveResponse(`${callback?.url ?? location.href}`) ? method('handleRedirectCallback')(callback, cb) : nothing(cb);
  };

  /** @type {(parsing: any, cb?: Callback) => any} */
  const parseHash = (parsing, cb) => {
    if (typeof parsing === 'function') return parseHash(undefined, parsing);
    const hash = parsing?.hash ?? location.hash;
    if (typeof hash !== 'string') return method('parseHash')(parsing, cb);
    checkLeeway(parameters(hash));
    return hasTokensOrError(hash) ? method('parseHash')(parsing, cb) : nothing(cb);
  };

  return {
    handleRedirectCallback,
    parseHash,
    renewAuth: method('renewAuth'),
    checkSession(session, cb) {
      if (!({ ...options, ...session }).responseType) throw new Error('responseType is required');
      return method('checkSession')(session, cb);
    },
    validateAuthenticationResponse(validation, response, cb) {
      checked(cb);
      checkLeeway(response ?? {});
      return deliver(callModule('validateAuthenticationResponse', validation, response), cb);
    },
    renderPasswordlessCaptcha: (element, captcha, cb) => captchaOf(callModule('renderPasswordlessCaptcha', element, captcha, cb), element, cb),
  };
};
