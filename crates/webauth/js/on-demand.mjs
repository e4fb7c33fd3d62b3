// @ts-check
/**
 * The methods that read the tenant's answers, loaded when they are first called: a login page needs none of them, nor
 * does a page whose server handles the callback, nor one whose address holds no answer. They are those of the module
 * `webauth.js` beside the script.
 */

import { checked, deliver, failure } from './call.js';
import { aborting } from './client.mjs';

/** @typedef {import('./call.js').Callback} Callback */

/** What only an answer has; `error` is one too. */
const TOKENS = ['access_token', 'id_token', 'refresh_token', 'error'];

/** @type {(fragment: string) => Record<string, string>} */
const read = (fragment) => Object.fromEntries(new URLSearchParams(fragment.replace(/^#?\/?/, '')));
/** @type {(part: string, names: string[]) => boolean} */
const holds = (part, names) => names.some((name) => name in read(part));

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
 * The methods that read answers, from `module`.
 *
 * @type {(module: () => Promise<any>) => import('./web-auth.mjs').Answers}
 */
export const answersFrom = (module) => (_core, given) => {
  const options = { ...given };
  const leeway = options.leeway ?? 60;
  /** @type {any} */
  let webAuth;

  /**
   * Calls a method over there. What it rejects with is taken apart: the `AuthError` of the page is the script's own.
   *
   * @param {string} name
   * @param {any[]} args
   */
  const there = async (name, args) => {
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

  /** @type {(name: string) => (options: any, cb?: Callback) => any} */
  const method = (name) => (options, cb) => {
    if (typeof options === 'function') return method(name)(undefined, options);
    checked(cb);
    const { signal, abort } = aborting(options);
    return deliver(there(name, [{ ...options, signal }]), cb) ?? { abort };
  };

  /**
   * Throws what auth0.js throws at once: over there it could only be an error in the callback.
   *
   * @param {Record<string, any>} response
   */
  const checkLeeway = ({ id_token, error }) => {
    if (id_token && error === undefined && !(leeway >= 0 && leeway <= 300)) {
      throw Object.assign(new Error('The leeway should be positive and lower than five minutes.'), { name: 'ConfigurationError' });
    }
  };

  /**
   * What there is to say of an address without an answer, which is that of most visits.
   *
   * @param {Callback} [cb]
   */
  const nothing = (cb) => {
    checked(cb);
    return deliver(Promise.resolve(null), cb) ?? { abort() {} };
  };

  /** @type {(callback: any, cb?: Callback) => any} */
  const handleRedirectCallback = (callback, cb) => {
    if (typeof callback === 'function') return handleRedirectCallback(undefined, callback);
    const [, ...parts] = `${callback?.url ?? location.href}`.split(/[?#]/);
    return parts.some((part) => holds(part, [...TOKENS, 'code'])) ? method('handleRedirectCallback')(callback, cb) : nothing(cb);
  };

  /** @type {(parsing: any, cb?: Callback) => any} */
  const parseHash = (parsing, cb) => {
    if (typeof parsing === 'function') return parseHash(undefined, parsing);
    const hash = parsing?.hash ?? location.hash;
    if (typeof hash !== 'string') return method('parseHash')(parsing, cb);
    checkLeeway(read(hash));
    return holds(hash, TOKENS) ? method('parseHash')(parsing, cb) : nothing(cb);
  };

  return {
    handleRedirectCallback,
    parseHash,
    renewAuth: method('renewAuth'),
    loginInPlace: (login) => there('passwordlessLogin', [login]),
    checkSession(session, cb) {
      if (!({ ...options, ...session }).responseType) throw new Error('responseType is required');
      return method('checkSession')(session, cb);
    },
    validateAuthenticationResponse(validation, response, cb) {
      checked(cb);
      checkLeeway(response ?? {});
      return deliver(there('validateAuthenticationResponse', [validation, response]), cb);
    },
    renderPasswordlessCaptcha(element, captcha, cb) {
      const handle = there('renderPasswordlessCaptcha', [element, captcha, cb]);
      /** @type {(work: Promise<any>, done?: Callback) => void} */
      const failing = (work, done) => void deliver(work, (error) => error && done?.(error));
      failing(handle, cb);
      return {
        reload: (/** @type {Callback} */ done) => failing(handle.then((there) => there.reload(done)), done),
        getValue: () => /** @type {HTMLInputElement | null} */ (element.querySelector('input[name="captcha"]'))?.value,
      };
    },
  };
};
