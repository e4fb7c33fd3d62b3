// @ts-check
/** The script tag's entry for pages that may not use WebAssembly: the whole dialog in one file. */

import { defineLockElement } from './element.mjs';
import { locate } from './load.mjs';
import { Auth0LockPasswordless } from './lock.mjs';
import * as more from './more.mjs';

const script = /** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript)?.src;
locate(() => (script ? new URL('.', script).href.slice(0, -1) : ''), async () => more);
Object.assign(globalThis, { Auth0LockPasswordless });
defineLockElement();
