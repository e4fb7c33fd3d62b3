// @ts-check
/** The calls that are compared, as data. `tests/cases.md` says which call covers which case of auth0.js's own tests. */

import { api } from './calls/api.mjs';
import { frames } from './calls/frames.mjs';
import { login } from './calls/login.mjs';
import { responses } from './calls/responses.mjs';
import { start } from './calls/start.mjs';
import { tokens } from './calls/tokens.mjs';
import { urls } from './calls/urls.mjs';
import { verify } from './calls/verify.mjs';

/**
 * A call. `$callback`, `$undefined`, `$function`, `$done` and `$element` stand for values that JSON does not have (see page.mjs).
 *
 * @typedef {object} Call
 * @property {string} name
 * @property {Record<string, unknown> | '$none'} options of the constructor
 * @property {string} method
 * @property {unknown[]} [args]
 * @property {Record<string, import('./server.mjs').ScriptedResponse>} [responses] by `METHOD /path`
 * @property {string} [host] of the page. Default `page.com`
 * @property {string} [hash] of the page's URL
 * @property {Record<string, string>} [cookies] set before the call
 * @property {unknown[]} [post] messages that the page gets after the call
 * @property {number} [patience] milliseconds to wait for an effect. Default 10 000; less if no effect is expected
 */

/** ID tokens come first, because they expire. @type {Call[]} */
export const calls = [...tokens, ...start, ...login, ...verify, ...urls, ...api, ...responses, ...frames];
