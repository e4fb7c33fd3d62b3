// @ts-check
/** The module for pages that may not use WebAssembly: `import { Auth0LockPasswordless } from 'latchkey/lock/nowasm'`. */

import { modules } from 'latchkey-languages';
import { MODULES, addModules } from './language.mjs';
import { locate } from './load.mjs';

locate(() => MODULES, () => import('latchkey-plain-more'));
addModules(modules);

export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless, Auth0LockPasswordless as default } from './lock.mjs';
