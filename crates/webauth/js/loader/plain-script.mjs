// @ts-check
/** Where a script finds the program as plain JavaScript: beside itself. */

import { beside } from '../beside.mjs';

/** Its address has the build in it: what the browser kept of another one does not fit. @returns {Promise<typeof import('latchkey-plain-sdk')>} */
export const loadPlain = () => import(beside(`webauth.esm.nowasm.js?${LATCHKEY_BUILD}`));
