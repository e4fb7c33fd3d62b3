// @ts-check
/** Logins in a window of their own. */

/** What auth0.js says of a window that was closed, and of one that never opened, in Lock's codes. @type {[start: string, code: string][]} */
const ENDS = [['User closed', 'lock.popup_closed'], ['Popup window was blocked', 'lock.popup_blocked']];

/**
 * @param {(cb: (error: any, result?: any) => void) => void} method
 * @returns {Promise<any>}
 */
export const inWindow = (method) => new Promise((resolve, reject) => {
  method((error, result) => {
    if (!error) return resolve(result);
    const [, code] = ENDS.find(([start]) => String(error.original).startsWith(start)) ?? [];
    reject(code ? { ...error, code, kind: code.slice(5), description: error.original, error: code } : error);
  });
});
