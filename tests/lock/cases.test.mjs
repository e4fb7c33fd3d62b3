// @ts-check
/** The cases of Lock's own suites, by their number in the project's list: each is a test here or beside the model. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';

/** How many cases of Lock's there are. */
const CASES = 60;

/** @param {string} folder @param {RegExp} name @returns {string} */
const sources = (folder, name) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  .filter((file) => name.test(file)).map((file) => readFileSync(join(root, folder, file), 'utf8')).join('\n');

/** The numbers in the names of tests: `case 12: ...`, `cases 21 to 23: ...`, `fn case_17_and_39_...`. @param {string} text */
function numbers(text) {
  const found = new Set();
  for (const [, list] of text.matchAll(/(?:test\('|fn )cases?[ _]((?:\d+|[ _](?:and|to)[ _])+)/g)) {
    for (const [, from, to] of list.matchAll(/(\d+)(?:[ _]to[ _](\d+))?/g)) {
      for (let number = Number(from); number <= Number(to ?? from); number++) found.add(number);
    }
  }
  return found;
}

test('every case of Lock’s is a test, by its number', () => {
  const found = numbers(`${sources('tests/lock', /\.test\.mjs$/)}\n${sources('crates/lock/src', /tests.*\.rs$/)}`);
  const missing = Array.from({ length: CASES }, (_, at) => at + 1).filter((number) => !found.has(number));
  assert.deepEqual(missing, []);
});

test('the check itself reads names', () => {
  const text = `${'test'}('case 12: x', () => {}); ${'fn'} cases_21_to_23_x() {} ${'fn'} case_17_and_39_x() {} // case 40`;
  assert.deepEqual([...numbers(text)], [12, 21, 22, 23, 17, 39]);
});
