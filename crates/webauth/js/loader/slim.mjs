// @ts-check
/** Loads the wasm from a separate file, which the browser compiles while it loads. */

import load from 'latchkey-bindings';

// Nothing takes the place of the wasm: who has it in a file of its own wants the fewest bytes.
export const plain = undefined;
export const refusal = undefined;

let usable = false;
/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads the wasm from `url`, by default from the folder of this script. However often `init` is called, the wasm loads once, and
 * again only after a failure.
 *
 * @param {string | URL} [url]
 * @returns {Promise<void>}
 */
export function init(url) {
  const address = url ?? new URL(LATCHKEY_WASM_FILE, import.meta.url);
  loading ??= load({ module_or_path: address }).then(
    () => { usable = true; },
    (failure) => {
      loading = undefined;
      const remedy = `put ${LATCHKEY_WASM_FILE.slice(2)} of latchkey/dist there, or give init() its address`;
      throw Object.assign(new Error(`Latchkey's WebAssembly cannot be used from ${address} (${failure.message}): ${remedy}.`), { cause: failure });
    },
  );
  return loading;
}

/** Returns `true`. Throws unless `init` has resolved. */
export function ready() {
  if (!usable) throw new Error('Latchkey was used before it was initialised: `await init()` first.');
  return true;
}

/** Resolves when the wasm can be used. */
export const loaded = () => init();
