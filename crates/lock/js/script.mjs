// @ts-check
/** The entry of the script tag: `new Auth0LockPasswordless(...)`, and `<latchkey-lock>`. */

import { defineLockElement } from './element.mjs';
import { Auth0LockPasswordless, locate } from './lock.mjs';

locate(/** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript)?.src);
Object.assign(globalThis, { Auth0LockPasswordless });
defineLockElement();
