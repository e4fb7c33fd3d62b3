// @ts-check
/** How a call runs, and how it ends: with a promise, or with a callback that is called exactly once. */

import { sha256 } from './crypto.mjs';
import { send } from './http.mjs';

/** @typedef {(error: any, result?: any) => void} Callback */
/** @typedef {{ poll(outcome?: unknown): any, free(): void }} Call */

/** What a promise rejects with: an `Error` that has the members of auth0.js's error object. */
export class AuthError extends Error {
  /** @param {Record<string, any>} failure */
  constructor(failure) {
    super(failure.message);
    Object.assign(this, members(failure), { name: 'AuthError' });
  }
}

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

/** What a call may ask for; answers.mjs adds what only its own calls do. @type {Record<string, (step: any, signal?: AbortSignal, onRedirecting?: unknown) => unknown>} */
export const STEPS = {
  http: send,
  sha256,
  leave: (_step, _signal, onRedirecting) => typeof onRedirecting === 'function' && new Promise((done) => { onRedirecting(done); }),
};

/**
 * Does what `call` asks for until it ends. Rejects with the members of an error and its `message`.
 *
 * @param {Call} call
 * @param {AbortSignal} [signal]
 * @param {unknown} [onRedirecting] runs before the page is left, and holds it until it calls back
 */
export async function run(call, signal, onRedirecting) {
  try {
    let step = call.poll();
    while (step.ask) step = call.poll(await STEPS[step.ask](step, signal, onRedirecting));
    if (step.error) throw step.error;
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
