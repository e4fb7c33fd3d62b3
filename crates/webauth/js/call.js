// @ts-check
/** Runs a call of the wasm, and ends it with a promise, or with a callback that is called exactly once. */

import { sha256 } from './crypto.js';
import { send } from './http.js';

/** @typedef {(error: any, result?: any) => void} Callback */
/** @typedef {import('latchkey-bindings').Call} Call */
/**
 * The page's part in one call. `signal` is the page's abort signal. `onRedirecting` is the page's hook. It runs before the page is
 * left, and the call continues when the hook says so.
 *
 * @typedef {{ signal?: AbortSignal, onRedirecting?: unknown }} Hooks
 */
/**
 * A call in the terms of core.mjs: the options of the client, and the call's name, arguments and hooks. With them another module
 * can make the same call.
 *
 * @typedef {Hooks & { options?: any, name?: import('./core.mjs').CallName, args?: any[] }} Context
 */

/** The error with which promises reject: an `Error` that has the members of auth0.js's error object. */
export class AuthError extends Error {
  /** @param {Record<string, any>} failure */
  constructor(failure) {
    super(failure.message);
    Object.assign(this, members(failure), { name: 'AuthError' });
  }
}

/**
 * The failure of a call that sent no request. It has the members of both shapes of auth0.js's error object.
 *
 * @param {string} code
 * @param {string} kind
 * @param {string} message
 */
export const failure = (code, kind, message) => ({ error: code, errorDescription: message, code, description: message, kind, message });

/** Throws auth0.js's error for a callback that is not a function. @param {unknown} cb */
export function checked(cb) {
  if (cb != null && typeof cb !== 'function') throw new Error('cb parameter is not valid');
}

/**
 * A controller that aborts when `signal` does.
 *
 * @param {AbortSignal} [signal]
 */
export function linked(signal) {
  const controller = new AbortController();
  if (signal?.aborted) controller.abort();
  signal?.addEventListener('abort', () => controller.abort());
  return controller;
}

/**
 * The functions that do what a call asks for, by the name of the question (`Question` in src/js/bridge.rs). `responses.mjs`
 * adds those that only its own calls need, and `on-demand.mjs` the one that makes a call in another module.
 *
 * @type {Record<string, (question: any, context: Context) => unknown>}
 */
export const QUESTIONS = {
  http: send,
  sha256,
  leave: (_, { onRedirecting }) => typeof onRedirecting === 'function' && new Promise((done) => { onRedirecting(done); }),
};

/**
 * Polls `call` and does what the call asks for, until the call ends. src/js.rs explains the polling. Rejects with the members of
 * auth0.js's error object, a `message`, and `passing`, which says whether the same authorization response can be checked again.
 *
 * @param {Call} call
 * @param {Context} [context]
 */
export async function run(call, context = {}) {
  try {
    let progress = call.poll();
    while (progress.ask) progress = call.poll(await QUESTIONS[progress.ask](progress, context));
    if (progress.error) throw Object.defineProperty(progress.error, 'passing', { value: progress.passing });
    return progress.result;
  } finally {
    call.free();
  }
}

/**
 * Passes the outcome of `work` to `cb`, or returns a promise of it if there is no `cb`. The callback runs in its own microtask,
 * so an error that it throws is an uncaught error of the page and not a failure of the call.
 *
 * @param {Promise<any>} work
 * @param {Callback} [cb]
 * @returns {Promise<any> | undefined}
 */
export function deliver(work, cb) {
  // An `Error` was thrown by a hook of the page. The SDK's own failures are plain objects.
  if (!cb) return work.catch((failure) => Promise.reject(failure instanceof Error ? failure : new AuthError(failure)));
  work.then(
    (result) => queueMicrotask(() => cb(null, result)),
    (failure) => queueMicrotask(() => {
      if (failure instanceof Error) throw failure;
      cb(members(failure));
    }),
  );
}

/**
 * The members of auth0.js's error object, without the `message`. `original` becomes an `Error` where auth0.js has an `Error`.
 *
 * @param {Record<string, any>} failure
 */
function members({ message, ...object }) {
  const { original } = object;
  if (original?.message && !('error' in object)) object.original = Object.assign(new Error(original.message), original);
  return object;
}
