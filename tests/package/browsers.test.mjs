// @ts-check
/** The shipped files run in the oldest browsers that the documentation lists. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { transform } from 'esbuild';
import { dist, environment, root } from '../../scripts/lib/paths.mjs';

/** The columns of the README's table, by esbuild's names. Android WebView and Edge have Chrome's version numbers. */
const ENGINES = ['chrome', 'edge', 'firefox', 'safari'];

/** The first version of each browser with a feature of WebAssembly, by wasm-opt's names. Source: https://webassembly.org/features/ */
const WASM_SINCE = /** @type {Record<string, number[]>} */ ({
  'mutable-globals': [74, 79, 61, 13.1],
  'sign-ext': [74, 79, 62, 14.1],
  'nontrapping-float-to-int': [75, 79, 64, 15],
  'bulk-memory': [75, 79, 79, 15],
  'bulk-memory-opt': [75, 79, 79, 15],
  'call-indirect-overlong': [96, 96, 79, 15],
  multivalue: [85, 85, 78, 13.1],
  'reference-types': [96, 96, 79, 15],
});

const page = readFileSync(join(root, 'docs', 'site', 'browsers.md'), 'utf8');
/** The versions in that page's table, in the order of `ENGINES`. */
const oldest = ['Chrome and Android WebView', 'Edge', 'Firefox', 'Safari and iOS'].map((name) => {
  const [, version] = page.match(new RegExp(`^\\| ${name} \\| ([\\d.]+) \\|`, 'm')) ?? [];
  assert.ok(version, `the table has a line for ${name}`);
  return Number(version);
});

const modules = readdirSync(dist).filter((file) => file.endsWith('.wasm'));
const scripts = readdirSync(dist).filter((file) => /\.js$/.test(file) && !/^(mock-tenant|lock\.server)\./.test(file));

/** Whether a module is valid with only these features. @param {string} file @param {string[]} features */
const isValid = (file, features) =>
  spawnSync('wasm-opt', ['--mvp-features', ...features.map((name) => `--enable-${name}`), join(dist, file)], { env: environment, stdio: 'pipe' }).status === 0;

test('wasm-opt refuses a module that needs a missing feature', () => {
  assert.ok(modules.length > 1);
  assert.equal(isValid(modules[0], []), false);
});

for (const file of modules) {
  test(`the browsers of the documentation have the WebAssembly features of ${file}`, () => {
    const known = Object.entries(WASM_SINCE).filter(([, since]) => since.every((version, at) => version <= oldest[at])).map(([name]) => name);
    assert.ok(isValid(file, known), `it needs more than ${known.join(', ')}`);
  });
}

test('esbuild rewrites syntax that a browser does not have', async () => {
  assert.equal(await isKnown('class A { static { this.b = 1; } }'), false);
});

for (const file of scripts) {
  test(`the browsers of the documentation have the syntax of ${file}`, async () => {
    assert.ok(await isKnown(readFileSync(join(dist, file), 'utf8')), 'it has syntax that is younger');
  });
}

/** Whether esbuild changes nothing in the code for the browsers of the table. @param {string} code */
async function isKnown(code) {
  const target = ENGINES.map((name, at) => `${name}${oldest[at]}`);
  const [as, old] = await Promise.all([transform(code, { target: 'esnext' }), transform(code, { target, supported: { 'const-and-let': true } })]);
  return as.code === old.code;
}
