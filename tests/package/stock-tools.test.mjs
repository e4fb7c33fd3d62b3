// @ts-check
/**
 * The package is built by standard tools only: cargo, wasm-pack, wasm-opt and esbuild. No script of this repository parses or
 * rewrites a module or its generated bindings, so that security reviewers can follow the build from the source to the package.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
const code = tracked.filter((file) => /^(scripts\/|crates\/[^/]+\/js\/)/.test(file) && /\.(m?js|ts)$/.test(file));

/** Signs of code that rewrites modules, each with an example that the pattern must find. @type {[what: string, pattern: RegExp, example: string][]} */
const REFUSED = [
  ['a program that takes wasm apart or puts it together', /\bwasm-(dis|as|metadce|merge|split|ctor-eval|reduce)\b|\bwat2wasm\b|\bwasm2wat\b/, "await run('wasm-dis', [file]);"],
  ['a module as text', /--print-wat|--emit-text|\.wat\b/, "const source = `${file}.wat`;"],
  ['a module that is written', /writeFileSync\([^)]*wasm/i, "writeFileSync(join(out, 'lock.wasm'), bytes);"],
  ['the bytes of a module, other than as a whole', /readFileSync\([^)]*wasm[^)]*\)(?!\.toString\('hex'\))/i, 'const bytes = readFileSync(wasm);'],
  ['bindings that are changed', /(readFileSync|writeFileSync)\([^)]*bindings/, "writeFileSync(bindings, code.replace(long, short));"],
  ['names that wasm-opt shortened', /--minify-imports/, "'--minify-imports-and-exports-and-modules'"],
];

test('the repository contains no wasm module', () => {
  assert.deepEqual(tracked.filter((file) => /\.(wasm|wat|wast)$/.test(file)), []);
  assert.ok(code.length > 30, 'the code is found');
});

for (const [what, pattern, example] of REFUSED) {
  test(`no script has ${what}`, () => {
    assert.match(example, pattern);
    const found = code.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));
    assert.deepEqual(found, []);
  });
}
