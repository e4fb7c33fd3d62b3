// @ts-check
/** The public module: auth0.js's `WebAuth` with all its calls in one file. */

import { responseMethods } from './responses.mjs';
import { WebAuthBase } from './web-auth.mjs';

export { loaded } from 'latchkey-loader';
export { AuthError } from './call.js';
export { Authentication } from './client.mjs';
export { UnsupportedError } from './left-out.mjs';
export { Management, version } from './web-auth.mjs';

/** Passwordless login, as in auth0.js. The methods work without `this`. */
export class WebAuth extends WebAuthBase {
  /** @param {any} options */
  constructor(options) {
    super(options, responseMethods);
  }
}
