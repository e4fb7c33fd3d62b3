// @ts-check
/** The script-tag entry: auth0.js's global. */

import { AuthError, WebAuth, version } from './index.mjs';

Object.assign(globalThis, { auth0: { AuthError, WebAuth, version } });
