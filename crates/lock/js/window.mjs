// @ts-check
/** Logins in a window. */

/**
 * Lock's codes for auth0.js's messages about a window that was closed or blocked. The last code is Latchkey's
 * own. It is for a window that the page's policy cut off. Only the site's owner can change that policy.
 */
const ENDS = [
  { start: 'User closed', code: 'lock.popup_closed', kind: 'popup_closed' },
  { start: 'Popup window was blocked', code: 'lock.popup_blocked', kind: 'popup_blocked' },
  { start: 'The popup window was cut off', code: 'lock.popup_severed', kind: 'client_misconfigured' },
];

/** The error for a window that the person closed before it showed anything. */
export const CLOSED = { original: 'User closed the popup window', description: 'User closed the popup window', code: 'lock.popup_closed', error: 'lock.popup_closed', kind: 'popup_closed' };

/**
 * @param {(cb: (error: any, result?: any) => void) => void} method
 * @returns {Promise<any>}
 */
export const inWindow = (method) => new Promise((resolve, reject) => {
  method((error, result) => {
    if (!error) return resolve(result);
    const end = ENDS.find(({ start }) => String(error.original).startsWith(start));
    reject(end ? { ...error, code: end.code, kind: end.kind, description: error.original, error: end.code } : error);
  });
});
