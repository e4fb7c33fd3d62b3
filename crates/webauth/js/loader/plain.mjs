// @ts-check
/** A module as it is, one character a byte. */

/** @param {string} text */
export function unpacked(text) {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
