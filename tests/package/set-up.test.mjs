// @ts-check
/** The commands of `package.json` install npm packages themselves. So in a new clone they must start without any. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';

/**
 * Finds every package that a script imports statically, also through other files of the repository, with the importing file.
 *
 * @param {string} file
 * @param {Set<string>} seen
 * @returns {string[]}
 */
function packagesOf(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  const imported = [...source.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';|^import '([^']+)';/gm)].map(([, from, whole]) => from ?? whole);
  return imported.flatMap((name) => {
    if (name.startsWith('node:')) return [];
    if (name.startsWith('.')) return packagesOf(resolve(dirname(file), name), seen);
    return [`${relative(root, file)}: ${name}`];
  });
}

test('statically imported packages of a script are found', () => {
  assert.ok(packagesOf(join(root, 'tests', 'e2e', 'harness.mjs')).some((found) => found.endsWith(': playwright-core')));
});

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
for (const [name, command] of Object.entries(scripts)) {
  test(`npm run ${name} starts without npm packages`, () => {
    const [, file] = command.match(/^node (scripts\/\S+\.mjs)/) ?? [];
    assert.ok(file, `${command} runs a script of ours`);
    assert.deepEqual(packagesOf(join(root, file)), []);
  });
}
