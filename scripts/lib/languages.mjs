// @ts-check
/**
 * Compiles the dialog's dictionaries to the files that browsers load. A dictionary is nested. A compiled file is a list of texts in
 * the order of the dialog's table, because a list is a third smaller after compression.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The texts that have a sentence for each plural category, as an object. */
const PLURALS = ['error.passwordless.invalid_code'];

/** Lock's texts that no screen of this dialog shows. The dictionaries have them, but they are not shipped. */
export const SPARE = [
  'unrecoverableError', 'passwordlessEmailAlternativeInstructions', 'passwordlessSMSAlternativeInstructions', 'codeInputPlaceholder', 'failedLabel',
  'retryLabel', 'error.login.invalid_captcha', 'error.login.invalid_recaptcha',
];

/** @typedef {{ [name: string]: string | Dictionary }} Dictionary */

/** Whether a language is written from right to left. @param {string} tag */
export function isRightToLeft(tag) {
  // Node before version 24 has the property, later ones have the method.
  const locale = /** @type {any} */ (new Intl.Locale(tag));
  return (locale.getTextInfo?.() ?? locale.textInfo).direction === 'rtl';
}

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
 * Replaces the hyphen in "e-mail", "e-post" and similar words by a non-breaking one, so that these words stay on one line. The labels
 * of fields keep the plain hyphen, because tests and tools look for it.
 *
 * @param {string} path
 * @param {string} text
 */
const unbroken = (path, text) => (path.endsWith('InputLabel') ? text : text.replace(/(?<!\p{L})e-(?=\p{L})/giu, (match) => `${match[0]}\u2011`));

/**
 * The FNV-1a hash of the paths. By this hash a dialog recognizes the files that fit its own table.
 *
 * @param {string[]} paths
 */
function fingerprint(paths) {
  const hash = (/** @type {number} */ hash, /** @type {string} */ character) => Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return `${[...paths.map((path) => `${path}\n`).join('')].reduce(hash, 0x811c9dc5)}`;
}

/**
 * Compiles each dictionary in a folder, except for English, which is in the script.
 *
 * @param {string} folder contains `en.json`, which has the order of the table
 * @returns {{ name: string, text: string }[]} the name without its ending, and the compiled file as JSON
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
