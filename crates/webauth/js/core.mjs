// @ts-check
/** Connects to the client in the wasm. The client is ready at once, or later if the browser compiles the wasm in the background. */

import { Bindings } from 'latchkey-bindings';
import { loaded, plain, ready, refusal } from 'latchkey-loader';
import { failure, run } from './call.js';

/** @typedef {import('latchkey-bindings').Call} Call */
/** @typedef {{ [Name in keyof Bindings]: Bindings[Name] extends (...args: any[]) => Call ? Name : never }[keyof Bindings]} CallName */

/** Copies options. The page may change its own object later, and that must not change the call. @type {(value: any) => any} */
const copy = (value) => (value && typeof value === 'object' ? { ...value } : value);

/** Turns an error that an export or the loader threw into a failure of the promise that the caller already has. @type {(error: Error & { kind?: string }) => never} */
const failing = ({ kind = 'invalid_options', message }) => { throw failure('invalid_request', kind, message); };

const COMPILING = 'This browser is still compiling Latchkey, which it does in the background: await `loaded()` first.';
const FORBIDDEN = "WebAssembly cannot be used here, and Latchkey's plain JavaScript is not there yet: await `auth0.loaded()` first, allow 'wasm-unsafe-eval' in the page's policy, or load webauth.nowasm.js instead.";

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
  options = copy(options);
  const make = () => (bindings ??= new (plain?.Bindings ?? Bindings)(options));
  const later = () => loaded().then(make);
  if (ready()) make();
  else {
    // The error is dropped here: each call tries again, and reports its own.
    later().catch(() => {});
  }

  return {
    /** The bindings, for methods that return a value synchronously. */
    now() {
      if (bindings) return bindings;
      throw Object.assign(new Error(refusal ? FORBIDDEN : COMPILING), { kind: refusal ? 'wasm_unavailable' : 'not_ready' });
    },

    /** Runs `work` if the wasm is ready. Otherwise `work` is dropped. @param {(bindings: Bindings) => void} work */
    ifReady(work) {
      if (bindings) work(bindings);
    },

    /** Runs `work` as soon as the wasm is ready. @param {(bindings: Bindings) => void} work */
    whenReady(work) {
      if (bindings) work(bindings);
      else later().then(work, () => {});
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
      const context = { ...hooks, options, name, args: args.map(copy) };
      const begin = (/** @type {any} */ client) => client[name](...context.args);
      if (bindings) return run(begin(bindings), context);
      return later().then(begin).catch(failing).then((call) => run(call, context));
    },
  };
}
