// @ts-check
/** Logins in a window. */

/** The error for a window that the person closed before it showed anything. */
export const CLOSED = { original: 'User closed the popup window', description: 'User closed the popup window', code: 'lock.popup_closed', error: 'lock.popup_closed', kind: 'popup_closed' };

/**
 * @param {(cb: (error: any, result?: any) => void) => void} method
 * @returns {Promise<any>}
 */
export const inWindow = (method) => new Promise((resolve, reject) => {
  method((error, result) => {
    if (!error) return resolve(result);
    // Lock has codes for a window that was closed or blocked. A window that the page's policy cut off has one of the same form.
    const code = `lock.${error.kind}`;
    reject(/^popup_/.test(error.kind) ? { ...error, code, error: code, description: error.original } : error);
  });
});
