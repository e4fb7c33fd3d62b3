// @ts-check
/** The entry of the script tag: `new Auth0LockPasswordless(...)`. */

import { Auth0LockPasswordless } from './index.mjs';

Object.assign(globalThis, { Auth0LockPasswordless });
