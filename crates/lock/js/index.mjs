// @ts-check
/** The module: `import { Auth0LockPasswordless } from 'latchkey/lock'`. */

import { locate } from './load.mjs';

// Before the exports are used; a bundler that knows no address leaves it empty. Bundlers see the name of the other file.
locate(import.meta.url, () => import('latchkey-more'));

export { defineLockElement } from './element.mjs';
export { Auth0LockPasswordless, Auth0LockPasswordless as default } from './lock.mjs';
