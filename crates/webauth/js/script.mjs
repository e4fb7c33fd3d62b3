// @ts-check
/** The script-tag entry: auth0.js's global. What reads answers is loaded when it is called. */

import { loaded } from 'latchkey-loader';
import { AuthError } from './call.js';
import { Authentication } from './client.mjs';
import { UnsupportedError } from './left-out.mjs';
import { answersFrom } from './on-demand.mjs';
import { Management, WebAuthBase, version } from './web-auth.mjs';

/** The script that this is part of: known only while it runs for the first time. */
const script = /** @type {HTMLScriptElement | null | undefined} */ (globalThis.document?.currentScript)?.src;

const answers = answersFrom(() => import(new URL('webauth.js', script || document.baseURI).href));

class WebAuth extends WebAuthBase {
  /** @param {any} options */
  constructor(options) {
    super(options, answers);
  }
}

Object.assign(globalThis, { auth0: { AuthError, Authentication, Management, UnsupportedError, WebAuth, loaded, version } });
