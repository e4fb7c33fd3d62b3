// @ts-check
/** Loads the wasm from a file of its own: the browser compiles it while it streams in. */

import load from 'latchkey-bindings';

let usable = false;
/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads the wasm, by default from beside this script. May be called often: it loads once, and again after a failure.
 *
 * @param {string | URL} [url]
 * @returns {Promise<void>}
 */
export function init(url) {
  loading ??= load({ module_or_path: url ?? new URL(LATCHKEY_WASM_FILE, import.meta.url) }).then(
    () => { usable = true; },
    (failure) => {
      loading = undefined;
      throw failure;
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
