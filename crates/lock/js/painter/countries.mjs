// @ts-check
/** The countries of phone numbers, named in the dialog's language, and the one that a person is probably in. */

import { COUNTRIES } from 'latchkey-first-screen';
import { countries, country } from '../page.js';

/**
 * Codes of ISO 3166 and names with the country's telephone code, sorted by name.
 *
 * @param {string} language
 * @returns {{ code: string, name: string }[]}
 */
export const countriesIn = (language) => countries(language, Object.keys(COUNTRIES).join(' ')).split('\n').map((line) => {
  const [code, ...name] = line.split(' ');
  // The digits run from left to right among any words.
  return { code, name: `${name.join(' ')} \u2066+${COUNTRIES[code]}\u2069` };
});

/** @param {unknown} wanted the option `defaultLocation` @returns {string} a code of ISO 3166 */
export const homeCountry = (wanted) => [String(wanted).toUpperCase(), country(navigator.languages[0] ?? ''), 'US'].find((code) => code && code in COUNTRIES) ?? '';
