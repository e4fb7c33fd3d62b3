// @ts-check
/**
 * Takes a wasm module apart into streams: all opcodes, then all numbers of local variables, then all offsets and so on, in
 * place of instruction after instruction. What stands together is alike, so Brotli makes it 8 % smaller. In the page
 * `unpack.wat` of the loader puts it together again; both follow the binary format of the WebAssembly core specification,
 * 5.4 and 5.5.
 */

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpacked } from '../../crates/webauth/js/loader/unpack.mjs';
import { root, targetFolder } from './paths.mjs';
import { Failure, output } from './run.mjs';

/** What is not an instruction: sections, lengths, data, local declarations. */
const REST = 0;
const OPCODE = 1;
const [BLOCK, LABEL, TABLE, CALL, INDIRECT, LOCAL, GLOBAL, LOAD, STORE, LONG, FLOAT, OTHER] = Array.from({ length: 12 }, (_, index) => index + 2);
/** The alignments of each load and store have a stream of their own: nearly all are the same. */
const ALIGNMENT = OTHER + 1;
const FIRST_LOAD = 0x28;
const FIRST_STORE = 0x36;
const LAST_STORE = 0x3e;

/** So do integers, by the opcode behind them, in 32 classes: what is added to is alike, and so is what is stored. */
const INTEGER = ALIGNMENT + LAST_STORE - FIRST_LOAD + 1;
const CLASSES = 32;

/** How many streams there are. */
const STREAMS = INTEGER + CLASSES;

/** The streams of the numbers that follow an opcode. @type {Record<number, number[]>} */
const NUMBERS = {
  0x02: [BLOCK], 0x03: [BLOCK], 0x04: [BLOCK], 0x0c: [LABEL], 0x0d: [LABEL], 0x10: [CALL], 0x11: [INDIRECT, INDIRECT],
  0x20: [LOCAL], 0x21: [LOCAL], 0x22: [LOCAL], 0x23: [GLOBAL], 0x24: [GLOBAL], 0x25: [OTHER], 0x26: [OTHER],
  0x3f: [OTHER], 0x40: [OTHER], 0x42: [LONG], 0xd0: [OTHER], 0xd2: [OTHER],
};
for (let opcode = FIRST_LOAD; opcode <= LAST_STORE; opcode++) {
  NUMBERS[opcode] = [ALIGNMENT + opcode - FIRST_LOAD, opcode < FIRST_STORE ? LOAD : STORE];
}

/** Tail calls, exceptions, garbage collection, vectors and threads: no released module has them. @param {number} opcode */
const isUnknown = (opcode) => (opcode > 0x05 && opcode < 0x0b) || (opcode > 0x11 && opcode < 0x1a) || opcode === 0x1f || (opcode > 0xd2 && opcode !== 0xfc);

/** `unpack.wat`, assembled. @returns {string} one character a byte */
export function unpacker() {
  const folder = join(targetFolder(), 'latchkey');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'unpack.wasm');
  const features = ['--enable-bulk-memory', '--enable-bulk-memory-opt'];
  const source = join(root, 'crates', 'webauth', 'js', 'loader', 'unpack.wat');
  for (const [program, ...args] of [['wasm-as', source], ['wasm-opt', '-Oz', '--strip-debug', '--strip-producers', file]]) {
    if (output(program, [...features, ...args, '-o', file]) === undefined) throw new Failure(`${program} failed on unpack.wat: run it by hand to see why.`);
  }
  return readFileSync(file, 'latin1');
}

/**
 * @param {Uint8Array} wasm
 * @param {string} check the unpacker, which has to give the module back
 * @returns {string} one character a byte: the module's length, each stream's length, the streams
 */
export function packed(wasm, check) {
  const streams = parted(wasm);
  // In the page the text is UTF-8, where a byte from 0x80 on takes two.
  const lengths = [wasm.length, ...streams.map((bytes) => bytes.reduce((sum, byte) => sum + 1 + (byte >> 7), 0))]
    .flatMap((length) => [length & 0x7f, length >> 7 & 0x7f, length >> 14]);
  const text = Buffer.from([...lengths, ...streams.flat()]).toString('latin1');
  if (!Buffer.from(unpacked(check, text)).equals(wasm)) throw new Failure('The wasm module is not the same after being taken apart and put together.');
  return text;
}

/**
 * The bytes of each stream.
 *
 * @param {Uint8Array} wasm
 */
function parted(wasm) {
  /** @type {number[][]} */
  const streams = Array.from({ length: STREAMS }, () => []);
  let at = 0;

  /** The next byte goes into a stream. @param {number} stream */
  const move = (stream) => {
    const byte = wasm[at++];
    if (byte === undefined || (stream === OPCODE && isUnknown(byte))) {
      throw new Failure(`Byte ${at - 1} of the wasm module belongs to an instruction that scripts/lib/streams.mjs does not know: teach it there, and unpack.wat.`);
    }
    streams[stream].push(byte);
    return byte;
  };
  /** A number in LEB128. @type {(stream: number) => number} */
  const number = (stream) => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = move(stream);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  /** Of the opcode behind the number at `place`: the unpacker sees the first byte that it has in UTF-8. @param {number} place */
  const classBehind = (place) => {
    while (wasm[place++] >= 0x80);
    return (wasm[place] < 0x80 ? wasm[place] : wasm[place] >> 6) % CLASSES;
  };
  const repeat = (/** @type {number} */ count, /** @type {() => void} */ step) => { while (count-- > 0) step(); };
  const instructions = () => {
    for (let depth = 1; depth > 0;) {
      const opcode = move(OPCODE);
      if (opcode === 0x0b) depth -= 1;
      else if (opcode >= 0x02 && opcode <= 0x04) depth += 1;
      const numbers = NUMBERS[opcode];
      if (numbers) for (const stream of numbers) number(stream);
      else if (opcode === 0x41) number(INTEGER + classBehind(at));
      else if (opcode === 0x0e) repeat(number(TABLE) + 1, () => number(TABLE));
      else if (opcode === 0x1c) repeat(number(OTHER), () => move(OTHER));
      else if (opcode === 0x43) repeat(4, () => move(FLOAT));
      else if (opcode === 0x44) repeat(8, () => move(FLOAT));
      else if (opcode === 0xfc) prefixed(number(OTHER));
    }
  };
  /** Conversions up to 7; then memory.init, data.drop, memory.copy, memory.fill, table.init, elem.drop, table.copy and others. */
  const prefixed = (/** @type {number} */ kind) => repeat(kind < 8 ? 0 : [8, 10, 12, 14].includes(kind) ? 2 : 1, () => number(OTHER));
  const locals = () => repeat(number(REST), () => { number(REST); move(REST); });

  const body = () => {
    const length = at;
    while (wasm[at++] >= 0x80);
    const start = at;
    locals();
    instructions();
    if (start - length !== bytesOfNumber(at - start)) throw new Failure(`The length of the function at byte ${length} of the wasm module takes more bytes than it needs: nothing would bring them back.`);
  };

  repeat(8, () => move(REST));
  while (at < wasm.length) {
    const section = move(REST);
    const length = number(REST);
    if (section === 10) repeat(number(REST), body);
    else repeat(length, () => move(REST));
  }
  return streams;
}

/** Of a number in LEB128. @param {number} value */
const bytesOfNumber = (value) => (value < 0x80 ? 1 : value < 0x4000 ? 2 : 3);
