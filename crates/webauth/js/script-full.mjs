// @ts-check
/** The entry of `webauth.full.min.js`: auth0.js's global with all calls in one file. */

import * as auth0 from './index.mjs';

Object.assign(globalThis, { auth0: { ...auth0 } });
