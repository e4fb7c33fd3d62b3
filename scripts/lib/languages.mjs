// @ts-check
/**
 * From the dialog's dictionaries, nested as people write them, to the files that browsers load: a list of texts in the
 * order of the compiled table. A third smaller than the nested form, once compressed.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Texts that are an object of sentences by plural category. */
const PLURALS = ['error.passwordless.invalid_code'];

/** Lock's texts that no screen of this dialog shows: translated, for whoever reads the dictionaries, and not shipped. */
export const SPARE = [
  'unrecoverableError', 'passwordlessEmailAlternativeInstructions', 'passwordlessSMSAlternativeInstructions', 'codeInputPlaceholder', 'failedLabel',
  'retryLabel', 'error.login.invalid_captcha', 'error.login.invalid_recaptcha',
];

/** @typedef {{ [name: string]: string | Dictionary }} Dictionary */

/**
 * The texts of a dictionary by their path, in order.
 *
 * @param {Dictionary} dictionary
 * @param {string} [prefix]
 * @returns {[string, string][]}
 */
export function flat(dictionary, prefix = '') {
  return Object.entries(dictionary).flatMap(([name, value]) => {
    const path = prefix + name;
    if (typeof value === 'string') return [[path, value]];
    if (!PLURALS.includes(path)) return flat(value, `${path}.`);
    return [[path, Object.entries(value).map(([category, text]) => `${category}=${text}`).join('|')]];
  });
}

/**
 * "E-mail", "e-post" and their like stay on one line in sentences: a hyphen is a place to break at, and "e-" alone means
 * nothing. The names of fields keep the hyphen by which tests and tools look for them.
 *
 * @param {string} path
 * @param {string} text
 */
const unbroken = (path, text) => (path.endsWith('InputLabel') ? text : text.replace(/(?<!\p{L})e-(?=\p{L})/giu, (match) => `${match[0]}\u2011`));

/**
 * FNV-1a over the paths: tells a dialog whether a file was made for its own table.
 *
 * @param {string[]} paths
 */
function fingerprint(paths) {
  const hash = (/** @type {number} */ hash, /** @type {string} */ character) => Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return `${[...paths.map((path) => `${path}\n`).join('')].reduce(hash, 0x811c9dc5)}`;
}

/**
 * The compiled file of each dictionary in a folder, but not of English, which is in the script.
 *
 * @param {string} folder with `en.json`, whose order is the table's
 * @returns {{ name: string, text: string }[]} the name without an ending, and what is in the file, as JSON
 */
export function compileLanguages(folder) {
  const read = (/** @type {string} */ name) => new Map(flat(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  const paths = [...read('en.json').keys()].filter((path) => !SPARE.includes(path));
  return readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'en.json').map((name) => {
    const texts = read(name);
    const missing = paths.filter((path) => !texts.has(path));
    if (missing.length > 0) throw new Error(`${name} lacks ${missing.join(', ')}.`);
    return { name: name.replace('.json', ''), text: JSON.stringify([fingerprint(paths), ...paths.map((path) => unbroken(path, texts.get(path) ?? ''))]) };
  });
}
