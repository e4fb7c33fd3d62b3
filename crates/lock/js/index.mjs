// @ts-check
/** The module: `import { Auth0LockPasswordless } from 'latchkey/lock'`. */

import { modules } from 'latchkey-languages';
import { MODULES, addModules } from './language.mjs';
import { locate } from './load.mjs';

// This has to run before the exports are used. Bundlers see the import and include the file.
locate(() => MODULES, () => import('latchkey-more'));
addModules(modules);

export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless, Auth0LockPasswordless as default } from './lock.mjs';
