// @ts-check
/**
 * A wasm module as streams: all opcodes, then all numbers of local variables, then all offsets and so on, in place of
 * instruction after instruction. What stands together is alike, so Brotli makes it 8 % smaller. The build takes modules
 * apart, the script puts them together again; both follow the same walk over the binary format (WebAssembly core
 * specification, 5.4 and 5.5), so that one cannot differ from the other.
 */

/** What is not an instruction: sections, lengths, data, local declarations. */
const REST = 0;
export const OPCODE = 1;
const [BLOCK, LABEL, TABLE, CALL, INDIRECT, LOCAL, GLOBAL, LOAD, STORE, INTEGER, LONG, FLOAT, OTHER] = Array.from({ length: 13 }, (_, index) => index + 2);
/** The alignments of each load and store have a stream of their own: nearly all are the same. */
const ALIGNMENT = OTHER + 1;
const FIRST_LOAD = 0x28;
const FIRST_STORE = 0x36;
const LAST_STORE = 0x3e;

/** How many streams there are. */
export const STREAMS = ALIGNMENT + LAST_STORE - FIRST_LOAD + 1;

/** The streams of the numbers that follow an opcode. @type {Record<number, number[]>} */
const NUMBERS = {
  0x02: [BLOCK], 0x03: [BLOCK], 0x04: [BLOCK], 0x0c: [LABEL], 0x0d: [LABEL], 0x10: [CALL], 0x11: [INDIRECT, INDIRECT],
  0x20: [LOCAL], 0x21: [LOCAL], 0x22: [LOCAL], 0x23: [GLOBAL], 0x24: [GLOBAL], 0x25: [OTHER], 0x26: [OTHER],
  0x3f: [OTHER], 0x40: [OTHER], 0x41: [INTEGER], 0x42: [LONG], 0xd0: [OTHER], 0xd2: [OTHER],
};
for (let opcode = FIRST_LOAD; opcode <= LAST_STORE; opcode++) {
  NUMBERS[opcode] = [ALIGNMENT + opcode - FIRST_LOAD, opcode < FIRST_STORE ? LOAD : STORE];
}

/**
 * Walks over a module.
 *
 * @param {() => boolean} more whether anything of the module is left
 * @param {(stream: number) => number} move carries the next byte from where it is to where it belongs, and returns it
 * @param {(walk: () => void) => void} body walks over the body of a function, whose length is not carried
 */
export function walk(more, move, body) {
  /** @type {(stream: number) => number} A number in LEB128. */
  const number = (stream) => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = move(stream);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const repeat = (/** @type {number} */ count, /** @type {() => void} */ step) => { while (count-- > 0) step(); };

  const instructions = () => {
    for (let depth = 1; depth > 0;) {
      const opcode = move(OPCODE);
      if (opcode === 0x0b) depth -= 1;
      else if (opcode >= 0x02 && opcode <= 0x04) depth += 1;
      const numbers = NUMBERS[opcode];
      if (numbers) for (const stream of numbers) number(stream);
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

  repeat(8, () => move(REST));
  while (more()) {
    const section = move(REST);
    const length = number(REST);
    if (section === 10) repeat(number(REST), () => body(() => { locals(); instructions(); }));
    else repeat(length, () => move(REST));
  }
}

/**
 * Puts a module together.
 *
 * @param {string} text one character a byte: the module's length, each stream's length, the streams
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function unpacked(text) {
  let at = 0;
  const length = () => text.charCodeAt(at++) | text.charCodeAt(at++) << 8 | text.charCodeAt(at++) << 16;
  const bytes = new Uint8Array(length());
  const lengths = Array.from({ length: STREAMS }, length);
  const next = lengths.map((each) => (at += each) - each);
  let end = 0;
  walk(
    () => end < bytes.length,
    (stream) => bytes[end++] = text.charCodeAt(next[stream]++),
    (walkBody) => {
      // Its length comes before it: moved up by as many bytes as the length takes.
      const start = end;
      walkBody();
      const size = end - start;
      let place = start + (size < 0x80 ? 1 : size < 0x4000 ? 2 : 3);
      bytes.copyWithin(place, start, end);
      end = place + size;
      place = start;
      for (let rest = size; ; rest >>= 7) {
        bytes[place++] = rest < 0x80 ? rest : rest & 0x7f | 0x80;
        if (rest < 0x80) break;
      }
    },
  );
  return bytes;
}
