// @ts-check
/** Reads the wasm that the build writes into a script as hexadecimal digits. */

/**
 * The value of a digit in 0-9 or a-f. Their character codes hold it in the low four bits; a letter's are 9 too small.
 *
 * @param {number} code
 */
const digit = (code) => (code & 15) + (code > 64 ? 9 : 0);

/**
 * The bytes that `text` spells, two digits each. It works on character codes because `parseInt` takes seven times as long.
 *
 * @param {string} text
 */
export function bytesOf(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = digit(text.charCodeAt(2 * at)) * 16 + digit(text.charCodeAt(2 * at + 1));
  return bytes;
}
