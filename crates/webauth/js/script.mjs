// @ts-check
/** The entry of `webauth.min.js`: auth0.js's global. The calls that few pages need are loaded on demand. */

import { loaded, plain } from 'latchkey-loader';
import { beside } from './beside.mjs';
import { AuthError } from './call.js';
import { Authentication } from './client.mjs';
import { UnsupportedError } from './left-out.mjs';
import { leaveCallsTo, responsesFrom } from './on-demand.mjs';
import { Management, WebAuthBase, version } from './web-auth.mjs';

// The plain JavaScript has all calls in one file.
const whole = async () => {
  await loaded();
  return plain ?? import(beside('webauth.js'));
};
const responseMethods = responsesFrom(whole);
leaveCallsTo(whole);

class WebAuth extends WebAuthBase {
  /** @param {any} options */
  constructor(options) {
    super(options, responseMethods);
  }
}

Object.assign(globalThis, { auth0: { AuthError, Authentication, Management, UnsupportedError, WebAuth, loaded, version } });
