// @ts-check
/** Makes a module of what the build has packed (scripts/lib/streams.mjs), with the help of a very small one. */

/** Where `unpack.wat` expects what is packed. */
const PLACE = 1024;

/**
 * @param {string} unpacker `unpack.wat`, one character a byte
 * @param {string} packed one character a byte
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function unpacked(unpacker, packed) {
  const module = new WebAssembly.Module(Uint8Array.from(unpacker, (character) => character.charCodeAt(0)));
  const { memory, unpack } = /** @type {any} */ (new WebAssembly.Instance(module).exports);
  // Four times what is packed, in pages of 64 KiB: at most two bytes a character, and the module is as long but for the
  // lengths of its functions.
  memory.grow((packed.length >> 14) + 1);
  const bytes = new Uint8Array(memory.buffer);
  const start = PLACE + new TextEncoder().encodeInto(packed, bytes.subarray(PLACE)).written;
  return bytes.subarray(start, unpack(start));
}
