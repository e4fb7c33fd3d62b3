// @ts-check
/** The countries of phone numbers, named in the dialog's language, and the country that the person is probably in. */

import { COUNTRIES } from 'latchkey-first-screen';
import { country, namedCountries } from '../page/intl.js';

/**
 * All countries, sorted by name: ISO 3166 codes, and names with the calling code.
 *
 * @param {string} language
 * @returns {{ code: string, name: string }[]}
 */
export const countriesIn = (language) => namedCountries(language, Object.keys(COUNTRIES)).map(({ code, name }) => ({
  code,
  // The digits run from left to right even in right-to-left text.
  name: `${name} \u2066+${COUNTRIES[code]}\u2069`,
}));

/** @param {unknown} wanted the option `defaultLocation` @returns {string} a code of ISO 3166 */
export const homeCountry = (wanted) => [String(wanted).toUpperCase(), country(navigator.languages[0] ?? ''), 'US'].find((code) => code && code in COUNTRIES) ?? '';
