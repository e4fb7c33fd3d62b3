// @ts-check
/**
 * The program as plain JavaScript calls this when its memory grows. wasm2js then copies the memory into a new buffer, and leaves
 * the old one as it is. WebAssembly would have detached it, which is how the bindings see that their views of it are stale.
 */

import { memory } from 'latchkey-program';

/** The memory that is about to be left. @type {ArrayBuffer} */
let old;

/** @param {number} _ where in the program @param {number} pages */
export function memory_grow_pre(_, pages) {
  old = memory.buffer;
  return pages;
}

/** @param {number} _ where in the program @param {number} before how many pages there were */
export function memory_grow_post(_, before) {
  // Detaches it in every browser; `ArrayBuffer.prototype.transfer` is younger.
  const { port1 } = new MessageChannel();
  port1.postMessage(undefined, [old]);
  port1.close();
  return before;
}
