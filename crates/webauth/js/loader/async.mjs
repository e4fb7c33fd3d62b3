// @ts-check
/** Loads the wasm that the script contains, always asynchronously, so that the page stays responsive. */

import load from 'latchkey-bindings';
import { bytesOf } from './hexadecimal.mjs';

/** The wasm in hexadecimal, which the build writes here. */
const MODULE = LATCHKEY_WASM;

/** @type {Promise<void> | undefined} */
let loading;

/**
 * Compiles the wasm at the first call, and again after a failure. Resolves when the wasm can be used.
 *
 * @returns {Promise<void>}
 */
export function loaded() {
  loading ??= load({ module_or_path: bytesOf(MODULE) }).then(
    () => {},
    (failure) => {
      loading = undefined;
      throw failure;
    },
  );
  return loading;
}
