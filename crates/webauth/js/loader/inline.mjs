// @ts-check
/**
 * Loads the wasm that travels inside the script, synchronously, so that `new WebAuth()` returns at once as in auth0.js.
 * Chrome before version 115 compiles more than 4 KB on the main thread only asynchronously: there, calls wait.
 */

import load, { initSync } from 'latchkey-bindings';
import { bytesOf } from './hexadecimal.mjs';

/** The build writes the module here, in hexadecimal. */
const MODULE = LATCHKEY_WASM;

let usable = false;
/** @type {Promise<void> | undefined} */
let loading;

/**
 * Compiles the wasm at the first call. Returns whether it can be used: `false` where the browser compiles it
 * asynchronously, until that is done.
 *
 * Throws what the engine throws, such as the violation of a content security policy.
 */
export function ready() {
  if (usable || loading) return usable;
  const module = bytesOf(MODULE);
  try {
    initSync({ module });
    usable = true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    loading = load({ module_or_path: module }).then(
      () => { usable = true; },
      (failure) => {
        loading = undefined;
        throw failure;
      },
    );
  }
  return usable;
}

/** Resolves when the wasm can be used. */
export async function loaded() {
  if (!ready()) await loading;
}
