// @ts-check
/** The module: `import { Auth0LockPasswordless } from 'latchkey/lock'`. */

import { modules } from 'latchkey-languages';
import { canCompile } from './compiles.mjs';
import { MODULES, addModules } from './language.mjs';
import { locate } from './load.mjs';

// This has to run before the exports are used. Bundlers see the imports and include the files.
locate(() => MODULES, () => (canCompile() ? import('latchkey-more') : import('latchkey-plain-more')));
addModules(modules);

export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless, Auth0LockPasswordless as default } from './lock.mjs';
