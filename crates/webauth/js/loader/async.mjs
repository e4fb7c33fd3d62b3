// @ts-check
/** Loads the wasm that travels inside the script, always asynchronously: the page stays responsive meanwhile. */

import load from 'latchkey-bindings';
import { bytesOf } from './hexadecimal.mjs';

/** The build writes the module here, in hexadecimal. */
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
