// @ts-check
/** How a call runs, and how it ends: with a promise, or with a callback that is called exactly once. */

import { sha256 } from './crypto.js';
import { send } from './http.js';

/** @typedef {(error: any, result?: any) => void} Callback */
/** @typedef {import('latchkey-bindings').Call} Call */
/**
 * What belongs to one call alone: the page's signal; its hook, which runs before the page is left and holds it until it calls
 * back; and what logs in without leaving the page where the wasm cannot.
 *
 * @typedef {{ signal?: AbortSignal, onRedirecting?: unknown, inPlace?: () => unknown }} Hooks
 */

/** What a promise rejects with: an `Error` that has the members of auth0.js's error object. */
export class AuthError extends Error {
  /** @param {Record<string, any>} failure */
  constructor(failure) {
    super(failure.message);
    Object.assign(this, members(failure), { name: 'AuthError' });
  }
}

/**
 * What a call rejects with where the tenant was not asked: the members of both of auth0.js's shapes.
 *
 * @param {string} code
 * @param {string} kind
 * @param {string} message
 */
export const failure = (code, kind, message) => ({ error: code, errorDescription: message, code, description: message, kind, message });

/** @param {unknown} cb */
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
 * What a call may ask for, by the name of its question (`Question` in src/js/bridge.rs); answers.mjs adds what only its own
 * calls ask for.
 *
 * @type {Record<string, (question: any, hooks: Hooks) => unknown>}
 */
export const QUESTIONS = {
  http: send,
  sha256,
  leave: (_, { onRedirecting }) => typeof onRedirecting === 'function' && new Promise((done) => { onRedirecting(done); }),
  inPlace: (_, { inPlace }) => inPlace?.(),
};

/**
 * Does what `call` asks for until it ends: src/js.rs says why it is polled. Rejects with the members of an error, its `message`,
 * and whether it is `passing`.
 *
 * @param {Call} call
 * @param {Hooks} [hooks]
 */
export async function run(call, hooks = {}) {
  try {
    let step = call.poll();
    while (step.ask) step = call.poll(await QUESTIONS[step.ask](step, hooks));
    if (step.error) throw Object.defineProperty(step.error, 'passing', { value: step.passing });
    return step.result;
  } finally {
    call.free();
  }
}

/**
 * Hands the outcome of `work` to `cb`, or to a promise where there is none. The callback runs in a microtask of its
 * own, so what it throws is an uncaught error of the page and no failure of the call.
 *
 * @param {Promise<any>} work
 * @param {Callback} [cb]
 * @returns {Promise<any> | undefined}
 */
export function deliver(work, cb) {
  // What is an `Error` already is not of the tenant: a hook of the page threw.
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
 * auth0.js's members alone. Where auth0.js has an `Error` as `original`, so have we.
 *
 * @param {Record<string, any>} failure
 */
function members({ message, ...object }) {
  const { original } = object;
  if (original?.message && !('error' in object)) object.original = Object.assign(new Error(original.message), original);
  return object;
}
