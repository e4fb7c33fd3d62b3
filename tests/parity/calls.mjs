// @ts-check
/** Every call that is compared, as data. */

import { answers } from './calls/answers.mjs';
import { api } from './calls/api.mjs';
import { frames } from './calls/frames.mjs';
import { login } from './calls/login.mjs';
import { start } from './calls/start.mjs';
import { tokens } from './calls/tokens.mjs';
import { urls } from './calls/urls.mjs';
import { verify } from './calls/verify.mjs';

/**
 * A call. `$callback`, `$undefined`, `$function`, `$done` and `$element` stand for what data cannot say (see page.mjs).
 *
 * @typedef {object} Call
 * @property {string} name
 * @property {Record<string, unknown> | '$none'} options the constructor's
 * @property {string} method
 * @property {unknown[]} [args]
 * @property {Record<string, import('./server.mjs').Answer>} [answers] by `METHOD /path`
 * @property {string} [host] of the page, `page.com` unless told
 * @property {string} [hash] of the page's URL
 * @property {Record<string, string>} [cookies] set before the call
 * @property {unknown[]} [post] messages that the page gets after the call
 * @property {number} [patience] milliseconds to wait for an effect: 10 000 unless none is to be expected
 */

/** Tokens first: they age. @type {Call[]} */
export const calls = [...tokens, ...start, ...login, ...verify, ...urls, ...api, ...answers, ...frames];
