// @ts-check
/** Hidden frames for silent requests. */

/**
 * Opens an address in a hidden frame and returns the outcome. With `state` it waits for an authorization response of `origin`
 * with that state. With `origin` alone it waits for any message of that origin, or for one of the type `kind`. Otherwise it
 * waits until the frame shows a page of the page's own origin. Only messages of this frame count. Never rejects.
 *
 * @param {{ url: string, timeout: number, origin?: string, state?: string, kind?: string }} question
 * @param {{ signal?: AbortSignal }} hooks
 * @returns {Promise<{ data: unknown } | { failure: string }>}
 */
export const frame = ({ url, timeout, origin, state, kind }, { signal }) => new Promise((settle) => {
  const element = document.createElement('iframe');
  const abort = () => end({ failure: 'aborted' });
  const timer = setTimeout(() => end({ failure: 'timeout' }), timeout);
  const onMessage = (/** @type {MessageEvent} */ { data, origin: from, source }) => {
    if (from !== origin || source !== element.contentWindow) return;
    if (state !== undefined) {
      if (data?.type === 'authorization_response' && data.response?.state === state) end({ data: data.response });
    } else if (kind === undefined || data?.type === kind) end({ data: data?.hash || data });
  };
  /** @param {{ data: unknown } | { failure: string }} outcome */
  const end = (outcome) => {
    clearTimeout(timer);
    removeEventListener('message', onMessage);
    signal?.removeEventListener('abort', abort);
    element.remove();
    settle(outcome);
  };
  element.style.display = 'none';
  element.src = url;
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) return abort();
  if (origin) addEventListener('message', onMessage);
  else {
    element.onload = () => {
      try {
        const { href, hash } = /** @type {Window} */ (element.contentWindow).location;
        if (!href.startsWith('about:')) end({ data: hash });
      } catch {
        // The frame shows a page of another origin.
      }
    };
  }
  document.body.append(element);
});
