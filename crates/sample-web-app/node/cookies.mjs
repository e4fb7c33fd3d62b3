// @ts-check
/** The flags and names that all of the app's cookies have. */

import { parse } from 'cookie';

/** @typedef {import('./settings.mjs').Settings} Settings */

/** @param {Settings} settings */
const isHttps = (settings) => settings.baseUrl.startsWith('https://');

/** @param {Settings} settings */
export const cookieOptions = (settings) => ({ path: '/', httpOnly: true, secure: isHttps(settings), sameSite: /** @type {const} */ ('lax') });

/** `__Host-` tells the browser to take the cookie from this very host alone; it demands https. @param {Settings} settings @param {string} name */
export const nameOf = (settings, name) => `${isHttps(settings) ? '__Host-' : ''}${name}`;

/** Reads the cookies of each request into `request.cookies`. @param {import('express').Request} request @param {unknown} _response @param {() => void} next */
export function readCookies(request, _response, next) {
  request.cookies = parse(request.headers.cookie ?? '');
  next();
}
