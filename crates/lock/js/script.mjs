// @ts-check
/** The entry of the script tag: `new Auth0LockPasswordless(...)`. */

import { Auth0LockPasswordless, locate } from './lock.mjs';

locate(/** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript)?.src);
Object.assign(globalThis, { Auth0LockPasswordless });
