// @ts-check
/** The module: `import { Auth0LockPasswordless } from 'latchkey/lock'`. */

import { locate } from './lock.mjs';

// Before the exports are used; a bundler that knows no address leaves it empty.
locate(import.meta.url);

export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless, Auth0LockPasswordless as default } from './lock.mjs';
