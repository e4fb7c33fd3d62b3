// @ts-check
/** The methods that read the tenant's answers, where the wasm has what they need. */

import { STEPS, checked, deliver, run } from './call.mjs';
import { renderCaptcha } from './captcha.mjs';
import { request } from './client.mjs';
import { rs256 } from './crypto.mjs';
import { frame } from './frame.mjs';

/** @typedef {import('./call.mjs').Callback} Callback */

/** Answers that the page has finished already, or is about to. @type {Map<string, Promise<any>>} */
const finished = new Map();

/** Failures after which the same answer may be finished after all. */
const PASSING = ['aborted', 'crypto_unavailable', 'network', 'server_error', 'timeout'];

/** @type {import('./web-auth.mjs').Answers} */
export const answers = (bindings, { domain, clientID, onRedirecting }, client) => {
  Object.assign(STEPS, { frame, rs256 });
  /** @type {(name: string) => (options: any, cb?: Callback) => any} */
  const method = (name) => (options, cb) => (
    typeof options === 'function' ? request(bindings, name, undefined, options) : request(bindings, name, options, cb)
  );
  /** Once: who calls again gets the same. @type {(options?: any, cb?: Callback) => any} */
  const handleRedirectCallback = (options, cb) => {
    if (typeof options === 'function') return handleRedirectCallback(undefined, options);
    checked(cb);
    const key = `${domain} ${clientID} ${options?.url ?? location.href}`;
    let work = finished.get(key);
    if (!work) {
      work = run(bindings.call('callback', options), options?.signal);
      finished.set(key, work);
      work.catch(({ kind }) => PASSING.includes(kind) && finished.delete(key));
    }
    return deliver(work, cb);
  };
  return {
    handleRedirectCallback,
    parseHash: method('parseHash'),
    checkSession: method('checkSession'),
    renewAuth: method('renewAuth'),
    validateAuthenticationResponse(options, response, cb) {
      checked(cb);
      return deliver(run(bindings.call('validate', options, response)), cb);
    },
    loginInPlace: (options, cb) => deliver(run(bindings.call('login', options), options.signal, options.onRedirecting || onRedirecting), cb),
    renderPasswordlessCaptcha: (element, options, cb) => renderCaptcha(client.passwordless.getChallenge, element, options, cb),
  };
};
