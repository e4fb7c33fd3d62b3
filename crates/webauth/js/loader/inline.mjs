// @ts-check
/**
 * Loads the wasm that the script contains, synchronously, so that `new WebAuth()` returns a ready client as in auth0.js.
 *
 * Calls wait in two kinds of browsers. Chrome before version 115 compiles more than 4 KB only asynchronously. Where WebAssembly is
 * switched off, or forbidden by the page's policy, the same program is loaded as plain JavaScript from a file of its own.
 */

import load, { initSync } from 'latchkey-bindings';
import { loadPlain } from 'latchkey-plain';
import { bytesOf } from './hexadecimal.mjs';

/** The wasm in hexadecimal, which the build writes here. */
const MODULE = LATCHKEY_WASM;

let usable = false;
/** @type {Promise<void> | undefined} */
let loading;

/** The program as plain JavaScript, where it takes the place of the wasm. @type {typeof import('latchkey-plain-sdk') | undefined} */
export let plain;

/**
 * The reason why WebAssembly cannot be used, once it is known. Browsers report each try to the page's policy, so there is no
 * second try. A variable keeps the reason and not the browser's storage, because the next visit may have another policy.
 *
 * @type {Error | undefined}
 */
export let refusal;

/**
 * Compiles the wasm at the first call, and again after a failure. Returns whether it can be used: it returns `false` while it is
 * compiled or loaded asynchronously.
 */
export function ready() {
  if (usable || loading) return usable;
  try {
    if (refusal) throw refusal;
    initSync({ module: bytesOf(MODULE) });
    usable = true;
  } catch (error) {
    // A `RangeError` is Chrome's limit for compiling at once, and compiling in the background has none. Any other error means that
    // WebAssembly is forbidden or switched off: most engines throw it when they compile, WebKit when it makes the instance.
    const compiled = error instanceof RangeError ? load({ module_or_path: bytesOf(MODULE) }) : Promise.reject(error);
    loading = compiled.catch(comePlain).then(() => { usable = true; });
    loading.catch(() => { loading = undefined; });
  }
  return usable;
}

/** @param {Error} reason */
async function comePlain(reason) {
  refusal = reason;
  try {
    plain = await loadPlain();
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw Object.assign(new Error(`WebAssembly cannot be used here (${reason.message}), nor what takes its place: ${message}`), { kind: 'wasm_unavailable' });
  }
}

/** Resolves when the program can be used. */
export async function loaded() {
  if (!ready()) await loading;
}
