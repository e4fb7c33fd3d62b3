// @ts-check
/** The module: `import { Auth0LockPasswordless } from 'latchkey/lock'`. */

import { modules } from 'latchkey-languages';
import { canCompile } from './compiles.mjs';
import { MODULES, bring } from './language.mjs';
import { locate } from './load.mjs';

// Before the exports are used. Bundlers see the names of the other files, and take them along.
locate(() => MODULES, () => (canCompile() ? import('latchkey-more') : import('latchkey-plain-more')));
bring(modules);

export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless, Auth0LockPasswordless as default } from './lock.mjs';
