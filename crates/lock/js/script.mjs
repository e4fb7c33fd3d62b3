// @ts-check
/** The entry point of the script tag: `new Auth0LockPasswordless(...)`, and `<latchkey-lock>`. */

import { canCompile } from './compiles.mjs';
import { defineLockElement } from './element.mjs';
import { locate } from './load.mjs';
import { Auth0LockPasswordless } from './lock.mjs';

const script = /** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript)?.src;
const address = (/** @type {number} */ failures) => {
  const file = canCompile() ? 'lock.more.js' : 'lock.more.nowasm.js';
  // Some browsers cache the failure of an address, so each try has another address.
  return `${new URL(file, script || document.baseURI)}${failures ? `?${failures}` : ''}`;
};
locate(() => (script ? new URL('.', script).href.slice(0, -1) : ''), (failures) => import(address(failures)));
Object.assign(globalThis, { Auth0LockPasswordless });
defineLockElement();
