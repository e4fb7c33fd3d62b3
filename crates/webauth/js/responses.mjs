// @ts-check
/** The methods that read authorization responses, for modules whose wasm has the feature `responses`. */

import { QUESTIONS, checked, deliver } from './call.js';
import { renderCaptcha } from './captcha.mjs';
import { request } from './client.mjs';
import { rs256 } from './crypto.js';
import { frame } from './frame.js';

/** @typedef {import('./call.js').Callback} Callback */

Object.assign(QUESTIONS, { frame, rs256 });

/** The calls of `handleRedirectCallback` that run or have ended, by domain, client and address. @type {Map<string, Promise<any>>} */
const finished = new Map();

/** @type {import('./web-auth.mjs').ResponseMethods} */
export const responseMethods = (core, { domain, clientID }, client) => {
  /** @type {(name: import('./core.mjs').CallName) => (options: any, cb?: Callback) => any} */
  const method = (name) => (options, cb) => (
    typeof options === 'function' ? request(core, name, undefined, options) : request(core, name, options, cb)
  );
  /** Runs once for each address. A further call gets the result of the first. @type {(options?: any, cb?: Callback) => any} */
  const handleRedirectCallback = (options, cb) => {
    if (typeof options === 'function') return handleRedirectCallback(undefined, options);
    checked(cb);
    const key = `${domain} ${clientID} ${options?.url ?? location.href}`;
    let work = finished.get(key);
    if (!work) {
      work = core.call('handleRedirectCallback', [options], { signal: options?.signal });
      finished.set(key, work);
      work.catch(({ passing }) => passing && finished.delete(key));
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
      return deliver(core.call('validate', [options, response]), cb);
    },
    renderPasswordlessCaptcha: (element, options, cb) => renderCaptcha(client.passwordless.getChallenge, element, options, cb),
  };
};
