// @ts-check
/** `tests/field.md` lists reports of users and the tests that cover them. Checks that these tests exist. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';

/** The rows of the table: what a user does, where it was reported, and the tests. */
const rows = readFileSync(join(root, 'tests', 'field.md'), 'utf8').split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (---|what )/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

test('each row of the field list has an action, a report and tests', () => {
  assert.ok(rows.length > 0);
  for (const row of rows) {
    const [does, reported, tests] = row;
    assert.equal(row.length, 3, row.join(' | '));
    assert.ok(does, row.join(' | '));
    assert.match(reported, /[\w.-]+\/[\w.-]+#\d+|no number known/, does);
    assert.match(tests, /^`[^`]+`: /, does);
  }
});

test('each test that the field list names exists', () => {
  for (const [does, , tests] of rows) {
    for (const entry of tests.split(/; (?=`)/)) {
      const [, file, names] = /^`([^`]+)`: (.+)$/.exec(entry) ?? [];
      assert.ok(file && existsSync(join(root, file)), `${does}: ${entry}`);
      const source = readFileSync(join(root, file), 'utf8');
      for (const [, name] of names.matchAll(/`([^`]+)`/g)) assert.ok(source.includes(name), `${file} has no test \`${name}\` (${does})`);
      assert.match(names, /`[^`]+`/, `${does}: ${entry} names no test`);
    }
  }
});
