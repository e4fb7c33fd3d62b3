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
  const module = new WebAssembly.Module(copied(unpacker, new Uint8Array(unpacker.length), 0));
  const { memory, unpack } = /** @type {any} */ (new WebAssembly.Instance(module).exports);
  // Twice what is packed, in pages of 64 KiB: the module is as long but for the lengths of its functions.
  memory.grow((packed.length >> 15) + 1);
  const start = PLACE + packed.length;
  return copied(packed, new Uint8Array(memory.buffer), PLACE).subarray(start, unpack(start));
}

/** @type {(text: string, bytes: Uint8Array<ArrayBuffer>, place: number) => Uint8Array<ArrayBuffer>} */
function copied(text, bytes, place) {
  for (let index = 0; index < text.length; index++) bytes[place + index] = text.charCodeAt(index);
  return bytes;
}
