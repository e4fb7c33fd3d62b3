// @ts-check
/** Logins in a window of their own, in the messages of WinChan, which auth0.js uses: either side may still be it. */

const SIZE = { width: 500, height: 600 };

/**
 * Opens the window.
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

/**
 * What the page in the window answers. Rejects with the tenant's error, or a text.
 *
 * @param {Window} popup
 * @param {string} origin of the page that answers
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const answer = (popup, origin, signal) => new Promise((resolve, reject) => {
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
  const watch = setInterval(() => {
    if (!popup.closed) return;
    end();
    reject('User closed the popup window');
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
 * The side of the page in the window: answers its opener once.
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
