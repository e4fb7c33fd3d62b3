// @ts-check
/** Readiness where the wasm is a file of its own: compiled while it streams in. */

import load from 'latchkey-bindings';

let instantiated = false;
/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads the wasm, by default from beside this script. May be called often: it loads once, and again after a failure.
 *
 * @param {string | URL} [url]
 * @returns {Promise<void>}
 */
export function init(url) {
  loading ??= load({ module_or_path: url ?? new URL('__LATCHKEY_WASM_FILE__', import.meta.url) }).then(
    () => { instantiated = true; },
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** Throws unless `init` has resolved. */
export function ready() {
  if (!instantiated) throw new Error('Latchkey was used before it was initialised: `await init()` first.');
}
