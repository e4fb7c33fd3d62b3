// @ts-check
/** The crates as a registry takes them, and their documentation as docs.rs builds it. Nothing is published. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { environment, root } from '../../scripts/lib/paths.mjs';
import { WASM_RUSTFLAGS } from '../../scripts/lib/wasm.mjs';

const WASM = 'wasm32-unknown-unknown';

/** @typedef {{ name: string, publish: string[] | null, description: string | null, keywords: string[], categories: string[], rust_version: string, metadata: any, features: Record<string, string[]> }} Package */

/** @type {Package[]} */
const packages = JSON.parse(execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { cwd: root, env: environment, encoding: 'utf8' })).packages;
const published = packages.filter(({ publish }) => publish === null);

test('four crates are meant to be published, each with what a registry shows', () => {
  assert.deepEqual(published.map(({ name }) => name).sort(), ['latchkey-liquid', 'latchkey-lock', 'latchkey-mock-tenant', 'latchkey-webauth']);
  for (const { name, description, keywords, categories, rust_version } of published) {
    assert.ok(description && keywords.length > 0 && categories.length > 0 && rust_version, name);
  }
});

test('`cargo publish --dry-run` takes them, without a warning', () => {
  const chosen = published.flatMap(({ name }) => ['-p', name]);
  const { status, stderr } = spawnSync('cargo', ['publish', '--dry-run', '--allow-dirty', ...chosen], { cwd: root, env: environment, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  // That a dry run uploads nothing is a warning too.
  assert.deepEqual(stderr.match(/^warning: (?!aborting upload due to dry run).*$/gm) ?? [], []);
});

for (const { name, metadata } of published) {
  const { features = [], targets = [undefined] } = metadata?.docs?.rs ?? {};
  for (const target of targets) {
    test(`the documentation of ${name} has no warning${target ? ` for ${target}` : ''}`, () => {
      const isWasm = target === WASM;
      // For the machine itself, what was compiled for the tests is not compiled again.
      const args = ['doc', '--quiet', '--no-deps', '-p', name, '--features', features.join(), ...(isWasm ? ['--target', WASM] : [])];
      const env = { ...environment, RUSTDOCFLAGS: '-D warnings', ...(isWasm && { RUSTFLAGS: WASM_RUSTFLAGS }) };
      const { status, stderr } = spawnSync('cargo', args, { cwd: root, env, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    });
  }
}

test('the oldest Rust that the crates name is the one that set-up asks for', async () => {
  const { OLDEST_RUST } = await import('../../scripts/setup.mjs');
  assert.deepEqual([...new Set(packages.map(({ rust_version }) => rust_version))], [OLDEST_RUST.join('.')]);
});
