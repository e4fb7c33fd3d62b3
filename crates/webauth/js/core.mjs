// @ts-check
/** The client inside the wasm, behind one object of the page: there at once, or later where the browser insists. */

import { Bindings } from 'latchkey-bindings';
import { loaded, ready } from 'latchkey-loader';
import { failure, run } from './call.js';

/** @typedef {import('latchkey-bindings').Call} Call */
/** @typedef {{ [Name in keyof Bindings]: Bindings[Name] extends (...args: any[]) => Call ? Name : never }[keyof Bindings]} CallName */

/** Options as they are now: what the page does to its own objects later changes no call. @type {(value: any) => any} */
const copy = (value) => (value && typeof value === 'object' ? { ...value } : value);

/** An error of an export, for where it is too late to throw it. @type {(kind: string) => (error: Error) => never} */
const failing = (kind) => ({ message }) => { throw failure('invalid_request', kind, message); };

/** @typedef {ReturnType<typeof connect>} Core */

/**
 * Makes the client. Throws what auth0.js throws for options that are not valid; where the wasm is not there yet, its calls
 * end in that instead.
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
    // Each call says so.
    coming.catch(() => {});
  }

  return {
    /** For what returns a value at once. */
    now() {
      if (bindings) return bindings;
      throw Object.assign(new Error('This browser is still compiling Latchkey, which it does in the background: await `loaded()` first.'), { kind: 'not_ready' });
    },

    /** Runs `work` when the wasm is there. @param {(bindings: Bindings) => void} work */
    whenReady(work) {
      if (bindings) work(bindings);
      else coming?.then(() => work(/** @type {Bindings} */ (bindings)));
    },

    /**
     * Makes a call. What auth0.js throws at once is thrown at once.
     *
     * @param {CallName} name
     * @param {any[]} args
     * @param {import('./call.js').Hooks} [hooks]
     * @returns {Promise<any>}
     */
    call(name, args, hooks) {
      const begin = (/** @type {any[]} */ given) => /** @type {any} */ (bindings)[name](...given);
      if (bindings) return run(begin(args), hooks);
      const kept = args.map(copy);
      return /** @type {Promise<void>} */ (coming).catch(failing('not_ready')).then(() => begin(kept)).catch(failing('invalid_options')).then((call) => run(call, hooks));
    },
  };
}
