// @ts-check
/** The cross-origin verification page: the tenant asks it, in a frame, for what it could not keep in a cookie. */

/**
 * Tells the tenant that the page is ready, and answers with verifiers.
 *
 * @param {(origin: string, id: string) => string} take a verifier, which is deleted by taking it
 */
export function verify(take) {
  const origin = new URLSearchParams(location.hash.slice(1)).get('origin');
  addEventListener('message', ({ data, origin: from, source }) => {
    if (data?.type !== 'co_verifier_request' || !source) return;
    const response = { verifier: take(from, String(data.request?.id)) };
    /** @type {Window} */ (source).postMessage({ type: 'co_verifier_response', response }, from);
  });
  // Without an address there is nobody to tell; auth0.js throws.
  if (origin) parent.postMessage({ type: 'ready' }, origin);
}
