// @ts-check
/** `tests/cases.md` lists the cases of auth0.js's and Lock's own tests. Checks its numbers, and that the tests it names exist. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';
import { calls } from '../parity/calls.mjs';

/** The test file that makes each call of `tests/parity/calls.mjs` a test of the call's name. */
const PARITY = 'tests/parity/parity.test.mjs';

/** @typedef {{ number: number, source: string, behaviour: string, tests: string }} Case */

/** The rows of a section's table. @param {string} title @returns {Case[]} */
function casesOf(title) {
  const section = list.split('\n## ').find((text) => text.startsWith(`${title}\n`)) ?? '';
  return section.split('\n').filter((line) => /^\| \d/.test(line)).map((line) => {
    const cells = line.replace(/^\| | \|$/g, '').split(' | ');
    assert.equal(cells.length, 4, line);
    const [number, source, behaviour, tests] = cells;
    return { number: Number(number), source, behaviour, tests };
  });
}

const list = readFileSync(join(root, 'tests', 'cases.md'), 'utf8');

for (const [title, count] of /** @type {const} */ ([['auth0.js', 73], ['Lock', 60]])) {
  test(`the ${count} cases of ${title} are listed by number, each with a source and a sentence`, () => {
    const cases = casesOf(title);
    assert.deepEqual(cases.map(({ number }) => number), Array.from({ length: count }, (_, index) => index + 1));
    for (const { number, source, behaviour } of cases) {
      assert.ok(source, `case ${number} has no source`);
      assert.match(behaviour, /\.$/, `case ${number} has no sentence`);
    }
  });

  test(`the tests of the cases of ${title} exist`, () => {
    const missing = casesOf(title).flatMap(({ number, tests }) => tests.split(/; (?=`[^`]+`: )/).flatMap((entry) => {
      const [, file, names] = /^`([^`]+)`: (`.+`)$/.exec(entry) ?? assert.fail(`case ${number}: ${entry} is not a file with tests`);
      return [...names.matchAll(/`([^`]+)`/g)].filter(([, name]) => !exists(file, name)).map(([, name]) => `${number}: ${file} has no test ${name}`);
    }));
    assert.deepEqual(missing, []);
  });
}

test('a wrong name of a test is found', () => {
  const start = 'crates/webauth/src/tests/start.rs';
  assert.ok(exists(start, 'options_are_required') && exists(start, 'wrong_options_are_refused_with_auth0_js_texts::no_send'));
  assert.ok(!exists(start, 'options_are') && !exists(start, 'options_are_required::no_send'));
  assert.ok(exists(PARITY, 'ID token: …') && !exists(PARITY, 'ID token') && !exists(PARITY, 'no such call: …'));
});

test('no name of a test has the number of a case', () => {
  const files = execFileSync('git', ['ls-files', 'crates', 'tests'], { cwd: root, encoding: 'utf8' }).split('\n');
  const numbered = /\bfn (?:\w+_)?cases?_\d|#\[case::(?:\w+_)?case_\d|\btest\(.cases? \d/;
  assert.deepEqual(files.filter((file) => /\.(rs|mjs)$/.test(file) && numbered.test(readFileSync(join(root, file), 'utf8'))), []);
});

/**
 * Whether a file has a test: a function or a row `function::row` in Rust, a whole name in JavaScript, or the beginning of the name
 * of a call, followed by `…`.
 *
 * @param {string} file
 * @param {string} name
 */
function exists(file, name) {
  if (file === PARITY) return calls.some((call) => (name.endsWith('…') ? call.name.startsWith(name.slice(0, -1)) : call.name === name));
  if (!existsSync(join(root, file))) return false;
  const source = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.rs')) return ["'", '"', '`'].some((quote) => source.replaceAll("\\'", "'").includes(`test(${quote}${name}${quote}`));
  const [test, row] = name.split('::');
  const before = new RegExp(`([\\s\\S]*)\\bfn ${test}\\(`).exec(source)?.[1];
  if (before === undefined) return false;
  return row === undefined || before.slice(before.lastIndexOf('\nfn ')).includes(`#[case::${row}(`);
}
