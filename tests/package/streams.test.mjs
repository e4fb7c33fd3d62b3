// @ts-check
/** A wasm module taken apart by the build and put together by the script is the same module. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unpacked } from '../../crates/webauth/js/loader/unpack.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { packed, unpacker } from '../../scripts/lib/streams.mjs';

const small = unpacker();

/** One of each kind of instruction that a compiler for the web emits. */
const EVERY_KIND = `
  (memory 1) (table 4 funcref) (global $g (mut i32) (i32.const 70000)) (data $d "passive")
  (elem (i32.const 0) $kinds $kinds) (type $t (func (param i32) (result i32)))
  (func $kinds (type $t) (local i64 f32 f64 externref)
    (block $out (result i32)
      (loop $again (br_if $again (i32.const 0)))
      (block $a (block $b (br_table $a $b $a (local.get 0))))
      (if (local.get 0) (then (global.set $g (i32.const -70000))) (else (i64.store offset=300 align=2 (i32.const 1) (i64.const -9223372036854775808))))
      (f32.store (i32.const 4) (f32.const 3.25)) (f64.store (i32.const 8) (f64.const -1e300))
      (local.set 1 (i64.extend8_s (i64.load32_u offset=16000 (i32.const 16))))
      (drop (select (result externref) (local.get 4) (ref.null extern) (i32.const 1)))
      (drop (ref.is_null (ref.func $kinds)))
      (drop (memory.grow (memory.size)))
      (table.set (i32.const 1) (table.get (i32.const 0)))
      (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)) (data.drop $d)
      (memory.copy (i32.const 0) (i32.const 1) (i32.const 2)) (memory.fill (i32.const 0) (i32.const 1) (i32.const 2))
      (br $out (i32.add (i32.trunc_sat_f64_s (local.get 3)) (call_indirect (type $t) (local.get 0) (i32.const 1))))))`;

test('every kind of instruction comes back', () => same(assembled(EVERY_KIND)));

test('function bodies come back whose length takes one, two and three bytes', () => {
  const body = (/** @type {number} */ count) => `(func ${'(drop (i32.const 5))'.repeat(count)})`;
  // Three bytes an instruction, two around them: 125 to 128 and 16,382 to 16,385 are where the length grows.
  same(assembled([0, 40, 41, 42, 43, 5_459, 5_460, 5_461, 5_462].map(body).join(' ')));
});

test('the modules that we ship come back', () => {
  for (const name of ['webauth', 'lock']) same(readFileSync(join(root, 'dist', `${name}.slim.wasm`)));
});

test('an instruction that the script would not understand is refused by the build', () => {
  const module = assembled('(func (result v128) (v128.const i64x2 -1 11))');
  assert.throws(() => packed(module, small), /streams\.mjs/);
});

test('a length that another tool wrote in more bytes than it needs is refused by the build', () => {
  const module = assembled('(func)');
  const end = module.length - 4;
  assert.deepEqual([...module.subarray(end)], [1, 2, 0, 0x0b], 'one function, of two bytes');
  const longer = Buffer.concat([module.subarray(0, end - 1), Buffer.from([5, 1, 0x82, 0, 0, 0x0b])]);
  assert.ok(WebAssembly.validate(longer), 'it is valid all the same');
  assert.throws(() => packed(longer, small), /more bytes than it needs/);
});

/** @param {Buffer} module */
function same(module) {
  assert.ok(Buffer.from(unpacked(small, packed(module, small))).equals(module));
}

/** @param {string} text a module's fields */
function assembled(text) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-wasm-'));
  try {
    writeFileSync(join(folder, 'module.wat'), `(module ${text})`);
    execFileSync(join(root, 'node_modules', '.bin', 'wasm-as'), ['--all-features', join(folder, 'module.wat'), '-o', join(folder, 'module.wasm')]);
    return readFileSync(join(folder, 'module.wasm'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
