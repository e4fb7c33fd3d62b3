// @ts-check
/**
 * Makes the painter's data from the dialog's own view. The native program `first-screen` renders the first screen for given
 * options. The files in `first-screen/` find out which pieces the screen has, and on which facts about the options each piece depends.
 * So a word, a class or an attribute that changes in the view also changes in the painter, without another edit.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeOf } from '../../crates/lock/js/painter/tree.mjs';
import { random } from './first-screen/facts.mjs';
import { found } from './first-screen/pieces.mjs';
import { rendered, tables } from './first-screen/render.mjs';
import { tabulated } from './first-screen/table.mjs';
import { SPARE, flat } from './languages.mjs';
import { root, targetFolder } from './paths.mjs';
import { Failure, run } from './run.mjs';

/** @typedef {import('./first-screen/facts.mjs').Facts} Facts */
/** @typedef {import('../../crates/lock/js/painter/tree.mjs').Node} Node */
/** @typedef {import('../../crates/lock/js/painter/tree.mjs').Piece} Piece */

/** The number of random mixtures of facts by which the script finds the facts on which each piece depends. */
const TRIED = 100;
/** The number of further mixtures for which the script then compares the painter's screen with the view's. */
const CHECKED = 500;

/**
 * Writes the module `latchkey-first-screen`. Returns its file.
 *
 * @returns {Promise<string>}
 */
export async function writeFirstScreen() {
  await run('cargo', ['build', '--quiet', '-p', 'latchkey-lock', '--features', 'first-screen', '--bin', 'first-screen']);
  const mixtures = random();
  const samples = Array.from({ length: TRIED }, mixtures);
  const { pieces, order } = found(samples);
  const table = tabulated(pieces, order);
  check(table, Array.from({ length: CHECKED }, mixtures));
  const folder = join(targetFolder(), 'latchkey');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'first-screen.mjs');
  writeFileSync(file, await moduleOf(table));
  return file;
}

/**
 * Puts screens together as the painter does, and compares them with the screens of the view.
 *
 * @param {Piece[]} table
 * @param {Facts[]} samples
 */
function check(table, samples) {
  const screens = rendered(samples);
  samples.forEach((facts, at) => {
    if (alike(treeOf(table, facts), screens[at])) return;
    throw new Failure(`The painter's data does not give the first screen under ${JSON.stringify(facts)}: try more mixtures of facts in scripts/lib/first-screen.mjs.`);
  });
}

/** Whether two trees are equal. The order of attributes does not matter. @param {Node} one @param {Node} other @returns {boolean} */
function alike(one, other) {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  const inOrder = (/** @type {Record<string, string>} */ attributes) => JSON.stringify(Object.entries(attributes).sort());
  return one[0] === other[0] && one.length === other.length && inOrder(one[1]) === inOrder(other[1]) && one.slice(2).every((child, at) => alike(child, other[at + 2]));
}

/**
 * The text of the module. It includes the screen's texts in English, each with the text's index in the language files.
 *
 * @param {Piece[]} table
 */
async function moduleOf(table) {
  const { transform } = await import('esbuild');
  const { code: css } = await transform(readFileSync(join(root, 'crates', 'lock', 'style.css'), 'utf8'), { loader: 'css', minify: true });
  const english = flat(JSON.parse(readFileSync(join(root, 'crates', 'lock', 'i18n', 'en.json'), 'utf8'))).filter(([path]) => !SPARE.includes(path));
  const text = JSON.stringify(table);
  const used = english.map(([path, words], at) => /** @type {const} */ ([path, [at, words]])).filter(([path]) => text.includes(`⟪${path}⟫`) || OWN_WORDS.includes(path));
  const { aliases, brands, countries, fingerprint, marks, languages, rightToLeft } = tables();
  const members = {
    PIECES: table, CSS: css.trim(), WORDS: Object.fromEntries(used), ALIASES: Object.fromEntries(aliases), BRANDS: Object.fromEntries(brands),
    COUNTRIES: Object.fromEntries(countries), FINGERPRINT: fingerprint, MARKS: marks, LANGUAGES: Object.fromEntries(languages), RIGHT_TO_LEFT: rightToLeft,
  };
  return Object.entries(members).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`).join('');
}

/** The texts that the painter uses but that are not in the table. */
const OWN_WORDS = ['signUpWithLabel', 'error.passwordless.offline', 'error.passwordless.unreachable'];
