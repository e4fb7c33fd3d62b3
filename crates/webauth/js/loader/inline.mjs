// @ts-check
/** Readiness where the wasm travels inside the script: instantiated on first use, synchronously. */

import { initSync } from 'latchkey-bindings';
import { unpacked } from './unpack.mjs';

/** The build puts modules here, one character a byte: a third smaller than base64 once compressed. */
export const UNPACKER = '__LATCHKEY_UNPACKER__';
const MODULE = '__LATCHKEY_WASM__';

let instantiated = false;

/** Instantiates the wasm unless that was done. Throws what the engine throws, e.g. a CSP violation. */
export function ready() {
  if (instantiated) return;
  initSync({ module: unpacked(UNPACKER, MODULE) });
  instantiated = true;
}
