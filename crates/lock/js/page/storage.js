// @ts-check
/** The browser's storage, and the channels between its tabs. */

/**
 * Reads an entry of a storage. Undefined if the browser blocks the storage.
 *
 * @param {'localStorage' | 'sessionStorage'} storage
 * @param {string} name
 * @returns {string | undefined}
 */
export function recall(storage, name) {
  try {
    return window[storage].getItem(name) ?? undefined;
  } catch {}
}

/**
 * Writes an entry of a storage. An empty text removes it. Does nothing if the browser blocks the storage.
 *
 * @param {'localStorage' | 'sessionStorage'} storage
 * @param {string} name
 * @param {string} text
 */
export function keep(storage, name, text) {
  try {
    if (text) window[storage].setItem(name, text);
    else window[storage].removeItem(name);
  } catch {}
}

/**
 * Whether the browser stores the data that a login needs. A page in a frame of another site may lack cookies
 * but have a storage. For a page in a frame the storage is enough.
 */
export function keepsData() {
  if (navigator.cookieEnabled !== false) return true;
  try {
    return parent !== window && Boolean(localStorage);
  } catch {
    return false;
  }
}

/** @param {string} name @returns {BroadcastChannel | undefined} undefined in a browser that has none */
export function channel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {}
}
