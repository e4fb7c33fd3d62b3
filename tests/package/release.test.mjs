// @ts-check
/** A release sets one version in all sources, and dates the changelog. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';
import { dated, isNewer, versionOf, withVersion } from '../../scripts/lib/versions.mjs';

const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8');
const manifests = execFileSync('git', ['ls-files', '*Cargo.toml'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const current = versionOf(read('Cargo.toml'));

test('the crates and the npm package have one version', () => {
  assert.equal(JSON.parse(read('package.json')).version, current);
  const lock = JSON.parse(read('package-lock.json'));
  assert.deepEqual([lock.version, lock.packages[''].version], [current, current]);
});

test('a release replaces the old version everywhere', () => {
  for (const file of manifests) {
    const after = withVersion(read(file), current, '98.7.6');
    const left = after.split('\n').filter((line) => line.includes(`"${current}"`) && (/^version = /.test(line) || line.startsWith('latchkey-')));
    assert.deepEqual(left, [], file);
  }
  assert.equal(versionOf(withVersion(read('Cargo.toml'), current, '98.7.6')), '98.7.6');
});

test('an equal version of another project is not changed', () => {
  const manifest = `[workspace.package]\nversion = "1.0.0"\n[dependencies]\nlatchkey-lock = { path = "x", version = "1.0.0" }\nother = { version = "1.0.0" }\n`;
  assert.equal(
    withVersion(manifest, '1.0.0', '1.1.0'),
    '[workspace.package]\nversion = "1.1.0"\n[dependencies]\nlatchkey-lock = { path = "x", version = "1.1.0" }\nother = { version = "1.0.0" }\n',
  );
});

for (const [next, before, expected] of /** @type {[string, string, boolean][]} */ ([
  ['0.2.0', '0.1.9', true], ['0.10.0', '0.9.0', true], ['1.0.0', '1.0.0-rc.1', true], ['1.0.0-rc.10', '1.0.0-rc.9', true],
  ['0.1.0', '0.1.0', false], ['0.1.0-rc.1', '0.1.0', false], ['0.0.9', '0.1.0', false], ['1.0.0-rc.1', '1.0.0-rc.2', false],
])) {
  test(`${next} ${expected ? 'comes' : 'does not come'} after ${before}`, () => assert.equal(isNewer(next, before), expected));
}

for (const text of ['', '1.2', 'v1.2.3', '1.2.3 ', '1.2.x']) {
  test(`"${text}" is refused as a version`, () => assert.throws(() => isNewer(text, '0.1.0'), /is not a version/));
}

test('unreleased entries of the changelog get the version and the date', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0 - 2026-01-01\n\n- The first.\n';
  assert.equal(
    dated(changelog, '0.2.0', '2026-12-01'),
    '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n\n- A thing.\n\n## 0.1.0 - 2026-01-01\n\n- The first.\n',
  );
});

test('a release without an entry in the changelog is refused', () => {
  assert.throws(() => dated('# Changelog\n\n## Unreleased\n\n### Added\n\n## 0.1.0 - 2026-01-01\n\n- The first.\n', '0.2.0', '2026-12-01'), /says nothing/);
  assert.throws(() => dated('# Changelog\n', '0.2.0', '2026-12-01'), /needs the heading/);
});

test('the changelog has one section for unreleased changes', () => {
  assert.equal(read('CHANGELOG.md').split('\n## Unreleased\n').length, 2);
});

test('a version that is not newer is refused before anything is tested or changed', () => {
  const command = spawnSync(process.execPath, [join(root, 'scripts', 'release.mjs'), '0.0.1', '--dry-run'], { encoding: 'utf8' });
  assert.match(command.stderr, /0\.0\.1 does not come after/);
  assert.equal(command.status, 1);
});
