// @ts-check
/** A wasm module that the build cut in two does, once it is joined, what it did as one. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { environment } from '../../scripts/lib/paths.mjs';
import { split } from '../../scripts/lib/split.mjs';

const FEATURES = ['--enable-bulk-memory', '--enable-mutable-globals', '--enable-reference-types'];

/** Behind the cut: `rest`, and `helper`, which only it calls. The listener is called by nobody else, but is in the table. */
const WHOLE = String.raw`(module
  (import "./lock_bg.js" "tell" (func $tell (param i32)))
  (import "./lock_bg.js" "ask" (func $ask (result i32)))
  (memory (export "memory") 1)
  (global $count (mut i32) (i32.const 0))
  (type $listener (func (param i32) (result i32)))
  (table $table 3 funcref)
  (table $__wbindgen_externrefs 1 externref)
  (elem (table $table) (i32.const 1) func $"latchkey_lock[0a]::listener {closure \"a\"}")
  (data (i32.const 16) "\2a")
  (data $texts (i32.const 32) "\"\\early\02rest\nlate \e2\80\a6\03early\02rest\n\03")
  (func $"latchkey_lock[0a]::both" (param $0 i32) (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i32.add (i32.load8_u (local.get $0)) (global.get $count)))
  (func $"latchkey_lock[0a]::helper" (result i32)
    (call $tell (i32.const 7))
    (i32.mul (call $ask) (i32.const 100)))
  (func $"<latchkey_lock[0a]::runtime::Inner>::rest" (param $0 i32) (result i32)
    (i32.store8 (i32.const 17) (i32.const 5))
    (i32.add
      (call_indirect $table (type $listener) (call $"latchkey_lock[0a]::both" (local.get $0)) (i32.const 1))
      (call $"latchkey_lock[0a]::helper")))
  (func $"latchkey_lock[0a]::listener {closure \"a\"}" (type $listener) (param $0 i32) (result i32)
    (i32.add (local.get $0) (i32.const 1000)))
  (func (export "begin") (param $0 i32) (result i32) (call $"latchkey_lock[0a]::both" (local.get $0)))
  (func (export "go_on") (param $0 i32) (result i32) (call $"<latchkey_lock[0a]::runtime::Inner>::rest" (local.get $0))))`;

const bytes = (/** @type {string} */ file) => /** @type {BufferSource} */ (readFileSync(file));
const instance = (/** @type {BufferSource} */ wasm, /** @type {any} */ imports) => new WebAssembly.Instance(new WebAssembly.Module(wasm), imports);

/** Calls everything, twice, and tells what came of it. @param {Record<string, any>} exports @param {number[]} told */
const used = ({ begin, go_on, memory }, told) =>
  [begin(16), go_on(16), begin(17), go_on(17), [...new Uint8Array(memory.buffer, 16, 2)], [...told]];

const halves = cut(WHOLE);

test('joined, both parts are the module that they were', async () => {
  const { whole, parts } = await halves;
  /** @type {number[]} */
  const before = [];
  const one = instance(whole, { './lock_bg.js': { tell: (/** @type {number} */ number) => before.push(number), ask: () => 3 } });
  const expected = used(one.exports, before);
  assert.deepEqual(expected, [43, 1344, 8, 1309, [42, 5], [7, 7]]);
  const { first, joined, told } = parts();
  joined();
  assert.deepEqual(used(first, told), expected);
});

test('before that the first part works by itself, and what it lacks throws', async () => {
  const { parts } = await halves;
  const { first, joined, told } = parts();
  assert.equal(first.begin(16), 43);
  assert.throws(() => first.go_on(16), TypeError);
  joined();
  assert.equal(first.go_on(16), 1344, 'with what the first part has counted');
  assert.deepEqual(told, [7]);
});

test('late texts come with the rest, into the places that the first part leaves for them', async () => {
  const { whole, parts } = await halves;
  const texts = (/** @type {any} */ { memory }) => Buffer.from(memory.buffer, 32, 40).toString('latin1');
  const one = instance(whole, { './lock_bg.js': { tell() {}, ask: () => 3 } });
  const expected = texts(one.exports);
  assert.equal(expected.replace(/\0+$/, ''), '"\\early\x02rest\nlate \xe2\x80\xa6\x03early\x02rest\n\x03');
  const { first, joined } = parts();
  assert.equal(texts(first), expected.replace(/\x02[^\x03]*\x03/g, (late) => '\0'.repeat(late.length)));
  joined();
  assert.equal(texts(first), expected);
});

test('a module without such functions or texts is refused by the build', async () => {
  await assert.rejects(cut(WHOLE.replaceAll('::rest', '::others')), /ENTRY/);
  await assert.rejects(cut(WHOLE.replaceAll('\\02rest', '\\02others')), /LATE/);
});

/** @param {string} source */
async function cut(source) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const file = join(folder, 'module.wasm');
  try {
    writeFileSync(`${file}.wat`, source);
    execFileSync('wasm-as', [...FEATURES, '-g', `${file}.wat`, '-o', file], { env: environment });
    const whole = bytes(file);
    const { names, rest } = await split(file, FEATURES);
    const modules = [bytes(file), bytes(rest)];
    const parts = () => {
      /** @type {number[]} */
      const told = [];
      const given = /** @type {Record<string, Function>} */ ({ tell: (/** @type {number} */ number) => told.push(number), ask: () => 3 });
      /** @type {Record<string, any>} */
      let second;
      const imports = Object.fromEntries(names.imports.map(([, long, short]) => [short, given[long] ?? ((/** @type {any[]} */ ...args) => second[short](...args))]));
      const { exports } = instance(modules[0], { a: imports });
      const first = /** @type {any} */ (Object.fromEntries(names.exports.map(([long, short]) => [long, exports[short]])));
      return { first, told, joined: () => { second = instance(modules[1], { a: exports }).exports; } };
    };
    return { whole, parts };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
