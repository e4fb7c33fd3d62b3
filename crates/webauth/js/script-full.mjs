// @ts-check
/** The script-tag entry that has everything in one file: auth0.js's global, and nothing to load later. */

import * as auth0 from './index.mjs';

Object.assign(globalThis, { auth0: { ...auth0 } });
