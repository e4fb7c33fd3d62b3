// @ts-check
/** WebCrypto. `undefined` where there is none: in an insecure context. */

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

const encoded = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** @param {{ text: string }} order */
export async function sha256({ text }) {
  try {
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', encoded(text)))];
  } catch {
    return undefined;
  }
}

/**
 * Whether `signature`, a list of bytes, is that of `signed` by the key.
 *
 * @param {{ n: string, e: string, signed: string, signature: number[] }} order
 */
export async function rs256({ n, e, signed, signature }) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  try {
    const key = await subtle.importKey('jwk', { kty: 'RSA', n, e }, RS256, false, ['verify']);
    return await subtle.verify(RS256.name, key, Uint8Array.from(signature), encoded(signed));
  } catch {
    return false;
  }
}
