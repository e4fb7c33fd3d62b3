// @ts-check
/** The cross-origin verification page. The tenant opens it in a frame and asks it for the verifier of a login. */

/**
 * Tells the tenant that the page is ready, and responds to its requests for verifiers.
 *
 * @param {(origin: string, id: string) => string} take reads and deletes a verifier
 */
export function verify(take) {
  const origin = new URLSearchParams(location.hash.slice(1)).get('origin');
  addEventListener('message', ({ data, origin: from, source }) => {
    if (data?.type !== 'co_verifier_request' || !source) return;
    const response = { verifier: take(from, String(data.request?.id)) };
    /** @type {Window} */ (source).postMessage({ type: 'co_verifier_response', response }, from);
  });
  // Without an origin in the fragment there is no tenant to notify. auth0.js throws here.
  if (origin) parent.postMessage({ type: 'ready' }, origin);
}
