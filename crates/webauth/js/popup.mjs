// @ts-check
/**
 * Logins in a popup window. The two windows exchange the messages of the library WinChan, which auth0.js uses, so that either
 * window may still use auth0.js.
 */

const SIZE = { width: 500, height: 600 };

/**
 * Opens the window. The tenant's page is 500 by 600 pixels and centred, unless `wanted` says otherwise.
 *
 * @param {string} url
 * @param {Record<string, number>} [wanted]
 */
export function open(url, wanted) {
  const { width, height } = { ...SIZE, ...wanted };
  const left = Math.max(0, screenX + (outerWidth - width) / 2);
  const top = Math.max(0, screenY + (outerHeight - height) / 2);
  const features = Object.entries({ width, height, left, top, ...wanted }).map(([name, value]) => `${name}=${Math.round(value)}`);
  return window.open(url, 'auth0_signup_popup', features.join());
}

/** The failure of a login whose window the browser did not open. */
export const BLOCKED = 'Popup window was blocked: open it in the handler of a click';

/** The failure of a login whose window is still open, but which the page's policy has cut off from the page. */
export const SEVERED = 'The popup window was cut off from this page by its header Cross-Origin-Opener-Policy: same-origin. Use same-origin-allow-popups';

/** Whether the page's policy cuts the page off from windows of other origins. The browser then reports these windows as closed. */
const cutsOff = () => fetch(location.href, { method: 'HEAD' }).then(({ headers }) => /^same-origin(?!-)/.test(headers.get('cross-origin-opener-policy') ?? ''), () => false);

/**
 * Waits for the result that the page in the window posts. Rejects with the tenant's error, or with a text.
 *
 * @param {Window} popup
 * @param {string} origin of the page in the window
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const outcomeOf = (popup, origin, signal) => new Promise((resolve, reject) => {
  const onMessage = (/** @type {MessageEvent} */ event) => {
    if (event.origin !== origin || event.source !== popup) return;
    const { a: action, d: data } = parsed(event.data);
    if (action === 'ready') popup.postMessage(JSON.stringify({ a: 'request' }), origin);
    else if (action === 'response' || action === 'error') {
      end();
      if (action === 'error' || data?.error) reject(data ?? {});
      else if (data) resolve(data);
      else reject({ error: 'generic_error', errorDescription: 'Something went wrong' });
    }
  };
  const watch = setInterval(async () => {
    if (!popup.closed) return;
    end();
    reject(await cutsOff() ? SEVERED : 'User closed the popup window');
  }, 500);
  const abort = () => {
    end();
    reject('aborted');
  };
  const end = () => {
    clearInterval(watch);
    removeEventListener('message', onMessage);
    signal?.removeEventListener('abort', abort);
    popup.close();
  };
  addEventListener('message', onMessage);
  signal?.addEventListener('abort', abort);
});

/**
 * Posts the result from the page in the window to its opener, once.
 *
 * @param {string} origin of the opener
 * @param {() => Promise<any>} result
 */
export function respond(origin, result) {
  const { opener } = window;
  if (!opener) return;
  const onMessage = async (/** @type {MessageEvent} */ event) => {
    if (event.source !== opener || parsed(event.data).a !== 'request') return;
    removeEventListener('message', onMessage);
    const data = event.origin === origin ? await result() : {
      error: 'origin_mismatch',
      error_description: `The popup's origin (${event.origin}) should match the \`popupOrigin\` parameter (${origin}).`,
    };
    opener.postMessage(JSON.stringify({ a: 'response', d: data }), event.origin);
  };
  addEventListener('message', onMessage);
  opener.postMessage('{"a":"ready"}', '*');
}

/** @param {unknown} text */
function parsed(text) {
  try {
    return JSON.parse(/** @type {string} */ (text)) ?? {};
  } catch {
    return {};
  }
}
