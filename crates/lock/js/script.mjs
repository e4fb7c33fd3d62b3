// @ts-check
/** The entry point of the script tag: `new Auth0LockPasswordless(...)`, and `<latchkey-lock>`. */

import { defineLockElement } from './element.mjs';
import { locate } from './load.mjs';
import { Auth0LockPasswordless } from './lock.mjs';

const script = /** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript)?.src;
// Some browsers remember that an address failed, so each try uses another address.
locate(() => (script ? new URL('.', script).href.slice(0, -1) : ''), (failures) => import(`${new URL('lock.more.js', script || document.baseURI)}${failures ? `?${failures}` : ''}`));
Object.assign(globalThis, { Auth0LockPasswordless });
defineLockElement();
