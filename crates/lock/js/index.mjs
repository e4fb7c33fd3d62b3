// @ts-check
/** The module: `import { Auth0LockPasswordless } from 'latchkey/lock'`. */

import { locate } from './lock.mjs';

// Before the exports are used; a bundler that knows no address leaves it empty.
// The name of the file is put in by the build: a bundler has to see it.
locate(import.meta.url, () => import('__LATCHKEY_MORE__'));

export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless, Auth0LockPasswordless as default } from './lock.mjs';
