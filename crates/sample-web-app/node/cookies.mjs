// @ts-check
/** The attributes and the names of the app's cookies. */

import { parse } from 'cookie';

/** @typedef {import('./settings.mjs').Settings} Settings */

/** @param {Settings} settings */
const isHttps = (settings) => settings.baseUrl.startsWith('https://');

/** @param {Settings} settings */
export const cookieOptions = (settings) => ({ path: '/', httpOnly: true, secure: isHttps(settings), sameSite: /** @type {const} */ ('lax') });

/** With the prefix `__Host-` browsers accept the cookie from this host only, not from its subdomains. The prefix needs https. @param {Settings} settings @param {string} name */
export const nameOf = (settings, name) => `${isHttps(settings) ? '__Host-' : ''}${name}`;

/** Reads the cookies of each request into `request.cookies`. @param {import('express').Request} request @param {unknown} _response @param {() => void} next */
export function readCookies(request, _response, next) {
  request.cookies = parse(request.headers.cookie ?? '');
  next();
}
