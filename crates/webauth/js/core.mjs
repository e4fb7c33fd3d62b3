// @ts-check
/** The client inside the wasm, behind one object of the page: there at once, or later where the browser insists. */

import { Bindings } from 'latchkey-bindings';
import { loaded, plain, ready, refusal } from 'latchkey-loader';
import { failure, run } from './call.js';

/** @typedef {import('latchkey-bindings').Call} Call */
/** @typedef {{ [Name in keyof Bindings]: Bindings[Name] extends (...args: any[]) => Call ? Name : never }[keyof Bindings]} CallName */

/** Options as they are now: what the page does to its own objects later changes no call. @type {(value: any) => any} */
const copy = (value) => (value && typeof value === 'object' ? { ...value } : value);

/** An error of an export or of the loader, for where it is too late to throw it. @type {(error: Error & { kind?: string }) => never} */
const failing = ({ kind = 'invalid_options', message }) => { throw failure('invalid_request', kind, message); };

const COMPILING = 'This browser is still compiling Latchkey, which it does in the background: await `loaded()` first.';
const FORBIDDEN = "WebAssembly cannot be used here, and Latchkey's plain JavaScript is not there yet: await `auth0.loaded()` first, allow 'wasm-unsafe-eval' in the page's policy, or load webauth.nowasm.js instead.";

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
  const make = () => (bindings ??= new (plain?.Bindings ?? Bindings)(options));
  const later = () => loaded().then(make);
  if (ready()) make();
  else {
    options = copy(options);
    // Each call says what fails, and tries again.
    later().catch(() => {});
  }

  return {
    /** For what returns a value at once. */
    now() {
      if (bindings) return bindings;
      throw Object.assign(new Error(refusal ? FORBIDDEN : COMPILING), { kind: refusal ? 'wasm_unavailable' : 'not_ready' });
    },

    /** Runs `work` when the wasm is there. @param {(bindings: Bindings) => void} work */
    whenReady(work) {
      if (bindings) work(bindings);
      else later().then(work, () => {});
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
      const begin = (/** @type {any} */ client, /** @type {any[]} */ given) => client[name](...given);
      if (bindings) return run(begin(bindings, args), hooks);
      const copies = args.map(copy);
      return later().then((client) => begin(client, copies)).catch(failing).then((call) => run(call, hooks));
    },
  };
}
