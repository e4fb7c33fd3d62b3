// @ts-check
/** Decodes the wasm that the build writes into a script in hexadecimal digits. */

/**
 * The value of a digit in 0-9 or a-f. For 0-9 it is the low four bits of the character code. For a-f these bits are 9 too small.
 *
 * @param {number} code
 */
const digit = (code) => (code & 15) + (code > 64 ? 9 : 0);

/**
 * The bytes of `text`, which has two digits for each byte. `parseInt` takes seven times as long, so this uses character codes.
 *
 * @param {string} text
 */
export function bytesOf(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = digit(text.charCodeAt(2 * at)) * 16 + digit(text.charCodeAt(2 * at + 1));
  return bytes;
}
