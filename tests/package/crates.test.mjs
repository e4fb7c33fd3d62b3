// @ts-check
/** A registry would accept the crates, and docs.rs would build their documentation. Nothing is published. */

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

test('four crates can be published, each with its metadata', () => {
  assert.deepEqual(published.map(({ name }) => name).sort(), ['latchkey-liquid', 'latchkey-lock', 'latchkey-mock-tenant', 'latchkey-webauth']);
  for (const { name, description, keywords, categories, rust_version } of published) {
    assert.ok(description && keywords.length > 0 && categories.length > 0 && rust_version, name);
  }
});

test('`cargo publish --dry-run` accepts them without a warning', () => {
  const chosen = published.flatMap(({ name }) => ['-p', name]);
  const { status, stderr } = spawnSync('cargo', ['publish', '--dry-run', '--allow-dirty', ...chosen], { cwd: root, env: environment, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  // cargo always warns that a dry run uploads nothing.
  assert.deepEqual(stderr.match(/^warning: (?!aborting upload due to dry run).*$/gm) ?? [], []);
});

for (const { name, metadata } of published) {
  const { features = [], targets = [undefined] } = metadata?.docs?.rs ?? {};
  for (const target of targets) {
    test(`the documentation of ${name} has no warning${target ? ` for ${target}` : ''}`, () => {
      const isWasm = target === WASM;
      // Without a target, the artifacts of the tests are used again.
      const args = ['doc', '--quiet', '--no-deps', '-p', name, '--features', features.join(), ...(isWasm ? ['--target', WASM] : [])];
      const env = { ...environment, RUSTDOCFLAGS: '-D warnings', ...(isWasm && { RUSTFLAGS: WASM_RUSTFLAGS }) };
      const { status, stderr } = spawnSync('cargo', args, { cwd: root, env, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    });
  }
}

test('the crates and set-up name the same oldest Rust version', async () => {
  const { OLDEST_RUST } = await import('../../scripts/setup.mjs');
  assert.deepEqual([...new Set(packages.map(({ rust_version }) => rust_version))], [OLDEST_RUST.join('.')]);
});
