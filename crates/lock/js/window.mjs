// @ts-check
/** Logins in a window. */

/**
 * Lock's codes for auth0.js's messages about a window that was closed or blocked. The last code is Latchkey's
 * own. It is for a window that the page's policy cut off.
 *
 * @type {[start: string, code: string][]}
 */
const ENDS = [['User closed', 'lock.popup_closed'], ['Popup window was blocked', 'lock.popup_blocked'], ['The popup window was cut off', 'lock.popup_severed']];

/** The error for a window that the person closed before it showed anything. */
export const CLOSED = { original: 'User closed the popup window', description: 'User closed the popup window', code: 'lock.popup_closed', error: 'lock.popup_closed', kind: 'popup_closed' };

/**
 * @param {(cb: (error: any, result?: any) => void) => void} method
 * @returns {Promise<any>}
 */
export const inWindow = (method) => new Promise((resolve, reject) => {
  method((error, result) => {
    if (!error) return resolve(result);
    const [, code] = ENDS.find(([start]) => String(error.original).startsWith(start)) ?? [];
    // Only the site's owner can change the policy that cuts a window off.
    const kind = code === 'lock.popup_severed' ? 'client_misconfigured' : code?.slice(5);
    reject(code ? { ...error, code, kind, description: error.original, error: code } : error);
  });
});
