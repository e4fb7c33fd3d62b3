// @ts-check
/** Connects to the client in the wasm. The client is ready at once, or later if the browser compiles the wasm in the background. */

import { Bindings } from 'latchkey-bindings';
import { loaded, ready } from 'latchkey-loader';
import { failure, run } from './call.js';

/** @typedef {import('latchkey-bindings').Call} Call */
/** @typedef {{ [Name in keyof Bindings]: Bindings[Name] extends (...args: any[]) => Call ? Name : never }[keyof Bindings]} CallName */

/** Copies options. The page may change its own object later, and that must not change the call. @type {(value: any) => any} */
const copy = (value) => (value && typeof value === 'object' ? { ...value } : value);

/** Makes a rejection of an error that the wasm threw. The caller already has a promise. @type {(kind: string) => (error: Error) => never} */
const failing = (kind) => ({ message }) => { throw failure('invalid_request', kind, message); };

/** @typedef {ReturnType<typeof connect>} Core */

/**
 * Makes the client. For invalid options it throws auth0.js's error. If the wasm is not ready yet, `connect` does not throw, and
 * the client's calls fail with that error.
 *
 * @param {any} options
 */
export function connect(options) {
  /** @type {Bindings | undefined} */
  let bindings;
  /** @type {Promise<void> | undefined} */
  let coming;
  if (ready()) bindings = new Bindings(options);
  else {
    const kept = copy(options);
    coming = loaded().then(() => { bindings = new Bindings(kept); });
    // Each call reports this error. This handler only keeps it from being reported as unhandled.
    coming.catch(() => {});
  }

  return {
    /** The bindings, for methods that return a value synchronously. */
    now() {
      if (bindings) return bindings;
      throw Object.assign(new Error('This browser is still compiling Latchkey, which it does in the background: await `loaded()` first.'), { kind: 'not_ready' });
    },

    /** Runs `work` if the wasm is ready. Otherwise `work` is dropped. @param {(bindings: Bindings) => void} work */
    ifReady(work) {
      if (bindings) work(bindings);
    },

    /** Runs `work` as soon as the wasm is ready. @param {(bindings: Bindings) => void} work */
    whenReady(work) {
      if (bindings) work(bindings);
      else coming?.then(() => work(/** @type {Bindings} */ (bindings)));
    },

    /**
     * Makes a call. Errors that auth0.js throws synchronously are thrown synchronously if the wasm is ready. Otherwise the promise
     * rejects.
     *
     * @param {CallName} name
     * @param {any[]} args
     * @param {import('./call.js').Hooks} [hooks]
     * @returns {Promise<any>}
     */
    call(name, args, hooks) {
      const begin = (/** @type {any[]} */ parameters) => /** @type {any} */ (bindings)[name](...parameters);
      if (bindings) return run(begin(args), hooks);
      const kept = args.map(copy);
      return /** @type {Promise<void>} */ (coming).catch(failing('not_ready')).then(() => begin(kept)).catch(failing('invalid_options')).then((call) => run(call, hooks));
    },
  };
}
