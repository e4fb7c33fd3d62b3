// @ts-check
/** The script-tag entry: auth0.js's global. What reads answers is loaded when it is called. */

import { loaded, plain } from 'latchkey-loader';
import { beside } from './beside.mjs';
import { AuthError } from './call.js';
import { Authentication } from './client.mjs';
import { UnsupportedError } from './left-out.mjs';
import { answersFrom } from './on-demand.mjs';
import { Management, WebAuthBase, version } from './web-auth.mjs';

// Without WebAssembly everything has come in one file.
const answers = answersFrom(async () => {
  await loaded();
  return plain ?? import(beside('webauth.js'));
});

class WebAuth extends WebAuthBase {
  /** @param {any} options */
  constructor(options) {
    super(options, answers);
  }
}

Object.assign(globalThis, { auth0: { AuthError, Authentication, Management, UnsupportedError, WebAuth, loaded, version } });
