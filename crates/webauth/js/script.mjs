// @ts-check
/** The script-tag entry: auth0.js's global. */

import * as auth0 from './index.mjs';

Object.assign(globalThis, { auth0: { ...auth0 } });
