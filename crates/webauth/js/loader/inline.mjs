// @ts-check
/** Readiness where the wasm travels inside the script: instantiated on first use, synchronously. */

import { initSync } from 'latchkey-bindings';

/** The build puts the module here, one character a byte: a third smaller than base64 once compressed. */
const MODULE = '__LATCHKEY_WASM__';

let instantiated = false;

/** Instantiates the wasm unless that was done. Throws what the engine throws, e.g. a CSP violation. */
export function ready() {
  if (instantiated) return;
  const bytes = new Uint8Array(MODULE.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = MODULE.charCodeAt(index);
  initSync({ module: bytes });
  instantiated = true;
}
