// @ts-check
/** The script-tag entry: auth0.js's global. What reads answers is loaded when it is called. */

import { AuthError } from './call.mjs';
import { Authentication } from './client.mjs';
import { UnsupportedError } from './left-out.mjs';
import { answers } from './on-demand.mjs';
import { Management, WebAuthBase, version } from './web-auth.mjs';

class WebAuth extends WebAuthBase {
  /** @param {any} options */
  constructor(options) {
    super(options, answers);
  }
}

Object.assign(globalThis, { auth0: { AuthError, Authentication, Management, UnsupportedError, WebAuth, version } });
