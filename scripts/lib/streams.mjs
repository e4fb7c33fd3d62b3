// @ts-check
/** Takes a wasm module apart for the loader's `streams.mjs`, which says why. */

import { OPCODE, STREAMS, unpacked, walk } from '../../crates/webauth/js/loader/streams.mjs';
import { Failure } from './run.mjs';

/** Tail calls, exceptions, garbage collection, vectors and threads: no released module has them. @param {number} opcode */
const isUnknown = (opcode) => (opcode > 0x05 && opcode < 0x0b) || (opcode > 0x11 && opcode < 0x1a) || opcode === 0x1f || (opcode > 0xd2 && opcode !== 0xfc);

/**
 * @param {Uint8Array} wasm
 * @returns {string} one character a byte
 */
export function packed(wasm) {
  /** @type {number[][]} */
  const streams = Array.from({ length: STREAMS }, () => []);
  let at = 0;
  walk(
    () => at < wasm.length,
    (stream) => {
      const byte = wasm[at++];
      if (byte === undefined || (stream === OPCODE && isUnknown(byte))) {
        throw new Failure(`Byte ${at - 1} of the wasm module belongs to an instruction that crates/webauth/js/loader/streams.mjs does not know: teach it there.`);
      }
      streams[stream].push(byte);
      return byte;
    },
    (walkBody) => {
      const length = at;
      while (wasm[at++] >= 0x80);
      const start = at;
      walkBody();
      if (start - length !== bytesOfNumber(at - start)) throw new Failure(`The length of the function at byte ${length} of the wasm module takes more bytes than it needs: nothing would bring them back.`);
    },
  );
  const lengths = [wasm.length, ...streams.map(({ length }) => length)].flatMap((length) => [length & 0xff, length >> 8 & 0xff, length >> 16]);
  const text = Buffer.from([...lengths, ...streams.flat()]).toString('latin1');
  if (!Buffer.from(unpacked(text)).equals(wasm)) throw new Failure('The wasm module is not the same after being taken apart and put together.');
  return text;
}

/** Of a number in LEB128. @param {number} value */
const bytesOfNumber = (value) => (value < 0x80 ? 1 : value < 0x4000 ? 2 : 3);
