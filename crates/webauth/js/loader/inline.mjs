// @ts-check
/**
 * Loads the wasm that the script contains, synchronously, so that `new WebAuth()` returns a ready client as in auth0.js. Chrome
 * before version 115 compiles more than 4 KB only asynchronously. There the client's calls wait until the wasm is ready.
 */

import load, { initSync } from 'latchkey-bindings';
import { bytesOf } from './hexadecimal.mjs';

/** The wasm in hexadecimal, which the build writes here. */
const MODULE = LATCHKEY_WASM;

let usable = false;
/** @type {Promise<void> | undefined} */
let loading;

/**
 * Compiles the wasm at the first call. Returns whether the wasm can be used. That is `false` while the browser compiles it
 * asynchronously.
 *
 * Throws the engine's error, for example if a Content Security Policy forbids WebAssembly.
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
