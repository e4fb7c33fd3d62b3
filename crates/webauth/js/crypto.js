// @ts-check
/** Digests and signatures by WebCrypto. The functions return `undefined` without WebCrypto, as in an insecure context. */

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

const encoded = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** SHA-256 of `text`, as a list of bytes. @param {{ text: string }} question */
export async function sha256({ text }) {
  try {
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', encoded(text)))];
  } catch {
    return undefined;
  }
}

/**
 * Whether `signature`, a list of bytes, is the RS256 signature of `signed` by the key with the modulus `n` and the exponent `e`.
 *
 * @param {{ n: string, e: string, signed: string, signature: number[] }} question
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
