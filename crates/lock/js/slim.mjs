// @ts-check
/** The module that loads its wasm as a separate file: `import init, { Auth0LockPasswordless } from 'latchkey/lock/slim'`. */

import { modules } from 'latchkey-languages';
import { MODULES, addModules } from './language.mjs';
import { locate } from './load.mjs';
import * as more from './more.mjs';

locate(() => MODULES, async () => more);
addModules(modules);

export { init, init as default } from 'latchkey-loader';
export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless } from './lock.mjs';
