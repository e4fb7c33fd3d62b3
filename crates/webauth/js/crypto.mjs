// @ts-check
/** WebCrypto. `undefined` where there is none: in an insecure context. */

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

const encoded = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** @param {{ text: string }} order */
export async function sha256({ text }) {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', encoded(text));
  return digest && [...new Uint8Array(digest)];
}

/**
 * Whether `signature` (base64url) is that of `signed` by the key.
 *
 * @param {{ n: string, e: string, signed: string, signature: string }} order
 */
export async function rs256({ n, e, signed, signature }) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  try {
    const key = await subtle.importKey('jwk', { kty: 'RSA', n, e }, RS256, false, ['verify']);
    const bytes = Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    return await subtle.verify(RS256.name, key, bytes, encoded(signed));
  } catch {
    return false;
  }
}
