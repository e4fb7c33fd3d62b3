// @ts-check
/** The entry of `webauth.min.js`: auth0.js's global. The methods that read authorization responses are loaded on demand. */

import { loaded } from 'latchkey-loader';
import { AuthError } from './call.js';
import { Authentication } from './client.mjs';
import { UnsupportedError } from './left-out.mjs';
import { responsesFrom } from './on-demand.mjs';
import { Management, WebAuthBase, version } from './web-auth.mjs';

/** The address of this script. `currentScript` is set only while the script runs for the first time. */
const script = /** @type {HTMLScriptElement | null | undefined} */ (globalThis.document?.currentScript)?.src;

const responseMethods = responsesFrom(() => import(new URL('webauth.js', script || document.baseURI).href));

class WebAuth extends WebAuthBase {
  /** @param {any} options */
  constructor(options) {
    super(options, responseMethods);
  }
}

Object.assign(globalThis, { auth0: { AuthError, Authentication, Management, UnsupportedError, WebAuth, loaded, version } });
