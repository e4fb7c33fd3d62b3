// @ts-check
/** Checks ACCESSIBILITY.md: it has each criterion of WCAG 2.2 once, and each test that it names exists. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';

const PAGE = readFileSync(join(root, 'crates', 'lock', 'ACCESSIBILITY.md'), 'utf8');

/** The criteria of WCAG 2.2 by level. 4.1.1 was removed, and AAA is not claimed. @type {Record<string, string>} */
const LEVELS = {
  A: '1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2',
  AA: '1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3',
};
const WANTED = Object.entries(LEVELS).flatMap(([level, numbers]) => numbers.split(' ').map((number) => `${number} ${level}`));

const RESULTS = ['supports', 'partially supports', 'not applicable'];

/**
 * The texts in backquotes, one or two on each side. The name of a test has its file in brackets behind it.
 *
 * @param {string} text
 */
const quoted = (text) => [...text.matchAll(/(?:`` ?(.+?) ?``|`([^`]+)`)(?:\s+\(`([^`\s]+\.test\.mjs)`\))?/g)].map(([, twice, once, file]) => ({ words: twice ?? once, file }));

/**
 * The names of the tests in a source, as written there; for a test in a loop, the template. Skipped tests do
 * not count.
 *
 * @param {string} source
 */
const names = (source) => new Set([...source.matchAll(/^[ ]*test\((['`])((?:\\.|(?!\1).)+)\1, (?:async )?\(/gm)].map(([, , name]) => name.replaceAll('\\\'', '\'')));

/** @type {Map<string, Set<string>>} */
const known = new Map();

/** Whether a file below `tests/` has this test. @param {string} file @param {string} name */
function isTest(file, name) {
  const path = join(root, 'tests', file);
  if (!existsSync(path)) return false;
  if (!known.has(file)) known.set(file, names(readFileSync(path, 'utf8')));
  return Boolean(known.get(file)?.has(name));
}

/** The flaws of a page. @param {string} page @returns {string[]} */
function flaws(page) {
  /** @type {string[]} */
  const found = [];
  const rows = page.split('\n').filter((line) => line.startsWith('|')).slice(2).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  /** @type {string[]} */
  const listed = [];
  for (const [criterion, level, result, how, ...rest] of rows) {
    const number = criterion.match(/^(\d+\.\d+\.\d+) [A-Z]/)?.[1] ?? criterion;
    listed.push(`${number} ${level}`);
    if (how === undefined || rest.length > 0) {
      found.push(`${number}: not four columns`);
      continue;
    }
    if (!RESULTS.includes(result)) found.push(`${number}: no result is called "${result}"`);
    const quotes = quoted(how);
    if (result === 'supports' && !quotes.some(({ file }) => file) && !/\bby design\b/i.test(how)) found.push(`${number}: neither a test nor "by design"`);
    if ((result === 'partially supports') !== /\bMissing: ./.test(how)) found.push(`${number}: ${result}, and what is missing`);
    if (how === '') found.push(`${number}: does not say why`);
    // A text of several words is the name of a test, so a file has to follow.
    for (const { words, file } of quotes) if (!file && (/\s/.test(words) || words.endsWith('.test.mjs'))) found.push(`${number}: "${words}" is no name of a test and its file`);
  }
  for (const wanted of WANTED) {
    const times = listed.filter((one) => one === wanted).length;
    if (times !== 1) found.push(`${wanted}: there ${times} times`);
  }
  for (const one of listed) if (!WANTED.includes(one)) found.push(`${one}: no criterion of that level`);
  for (const { words, file } of quoted(page)) if (file && !isTest(file, words)) found.push(`${file} has no test "${words}"`);
  const count = (/** @type {string} */ word) => rows.filter(([, , result]) => result === word).length;
  const sum = `${rows.length} criteria, ${count('supports')} are supported, ${count('partially supports')} partially, and ${count('not applicable')} do not apply`;
  if (!page.replaceAll(/\s+/g, ' ').includes(sum)) found.push(`does not say "${sum}"`);
  return found;
}

test('every criterion of WCAG 2.2, A and AA, has a row, and every test that the page names exists', () => {
  assert.equal(WANTED.length, 55);
  assert.equal(LEVELS.A.split(' ').length, 31);
  assert.deepEqual(flaws(PAGE), []);
});

test('the check finds each kind of flaw', () => {
  const row = (/** @type {string} */ number) => PAGE.split('\n').find((line) => line.startsWith(`| ${number} `)) ?? '';
  for (const [what, from, to, expected] of /** @type {[string, string, string, RegExp][]} */ ([
    ['a row that is missing', `${row('2.4.7')}\n`, '', /^2\.4\.7 AA: there 0 times/],
    ['a row that is there twice', row('2.4.7'), `${row('2.4.7')}\n${row('2.4.7')}`, /^2\.4\.7 AA: there 2 times/],
    ['another level', row('2.4.7'), row('2.4.7').replace('| AA |', '| A |'), /^2\.4\.7 A: no criterion/],
    ['a criterion of AAA', row('2.4.7'), `${row('2.4.7')}\n${row('2.4.7').replace('2.4.7', '2.4.13')}`, /^2\.4\.13 AA: no criterion/],
    ['one that was taken out', row('2.4.7'), `${row('2.4.7')}\n${row('4.1.2').replace('4.1.2', '4.1.1')}`, /^4\.1\.1 A: no criterion/],
    ['another word', row('2.4.7'), row('2.4.7').replace('| supports |', '| fully supports |'), /^2\.4\.7: no result is called "fully supports"/],
    ['a result without a test', row('2.5.8'), row('2.5.8').replaceAll('`', ''), /^2\.5\.8: neither/],
    ['a part without what is missing', row('1.1.1'), row('1.1.1').replace('Missing:', 'But'), /^1\.1\.1: partially supports, and what/],
    ['a whole with what is missing', row('2.5.8'), row('2.5.8').replace('| `', '| Missing: most. `'), /^2\.5\.8: supports, and what/],
    ['a row without a reason', row('1.4.2'), row('1.4.2').replace('No audio.', ''), /^1\.4\.2: does not say why/],
    ['a column too many', row('2.4.7'), `${row('2.4.7')} more |`, /^2\.4\.7: not four columns/],
    ['a test by another name', '`every target has 24 px, every input', '`every target has 25 px, every input', /^lock\/accessibility\.test\.mjs has no test "every target has 25 px/],
    ['the beginning of a name', '`names of controls are in the dialog’s language`', '`names of controls`', /has no test "names of controls"$/],
    ['a test in another file', '(`lock/options.test.mjs`)', '(`lock/keys.test.mjs`)', /^lock\/keys\.test\.mjs has no test "`allowAutocomplete/],
    ['a file that is not there', '(`e2e/trouble.test.mjs`)', '(`e2e/troubles.test.mjs`)', /^e2e\/troubles\.test\.mjs has no test/],
    ['a name without a file', ' (`e2e/trouble.test.mjs`)', '', /^2\.2\.1: "an expired code.* is no name/],
    ['a file without a name', '`an expired code: says so and offers a new one, which works` (`e2e', 'so (`e2e', /^2\.2\.1: "e2e\/trouble\.test\.mjs" is no name/],
    ['another sum', 'do not apply. (4', 'do not. (4', /^does not say "55 criteria/],
  ])) {
    assert.ok(from && PAGE.includes(from), what);
    const found = flaws(PAGE.replace(from, () => to));
    assert.ok(found.some((text) => expected.test(text)), `${what}: ${found.join('; ')}`);
  }
});

test('names of tests are read from their source', () => {
  const source = `test('one’s \\'own\\', two', async () => {\n  test(\`\${what} is so\`, () => {\n// test('not this', () => {\n${'test'}.skip('nor this', () => {\ntest('nor that', { skip: true }, () => {\ntest(name, () => {\n  assert(test('nor those', () => {`;
  assert.deepEqual([...names(source)], ['one’s \'own\', two', '${what} is so']);
});
