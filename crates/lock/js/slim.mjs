// @ts-check
/** The module whose wasm is a file of its own: `import init, { Auth0LockPasswordless } from 'latchkey/lock/slim'`. */

import { modules } from 'latchkey-languages';
import { MODULES, bring } from './language.mjs';
import { locate } from './load.mjs';
import * as more from './more.mjs';

locate(() => MODULES, async () => more);
bring(modules);

export { init, init as default } from 'latchkey-loader';
export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless } from './lock.mjs';
