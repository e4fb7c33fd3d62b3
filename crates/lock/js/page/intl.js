// @ts-check
/** `Intl` in the dialog's languages: plurals, spans of time, and the names of countries. */

/**
 * A formatter of `Intl` that uses Latin digits, as the dialog does everywhere. Undefined for an invalid
 * language tag, and in a browser without the formatter.
 *
 * @param {string} name
 * @param {string} language
 * @param {object} [options]
 * @returns {any}
 */
function formatter(name, language, options) {
  try {
    return new /** @type {any} */ (Intl)[name]([language, 'en'], { numberingSystem: 'latn', ...options });
  } catch {}
}

/** @param {string} language @param {number} count @returns {string | undefined} the CLDR category */
export const plural = (language, count) => formatter('PluralRules', language)?.select(count);

/** @param {string} language @param {number} count @param {string} unit @returns {string | undefined} "12 minutes" */
export const duration = (language, count, unit) => formatter('NumberFormat', language, { style: 'unit', unit, unitDisplay: 'long' })?.format(count);

/**
 * The names of countries, sorted.
 *
 * @param {string} language
 * @param {string[]} codes ISO 3166 codes
 * @returns {{ code: string, name: string }[]}
 */
export function namedCountries(language, codes) {
  const names = formatter('DisplayNames', language, { type: 'region' });
  const compare = formatter('Collator', language)?.compare;
  return codes.map((code) => ({ code, name: names?.of(code) ?? code })).sort((one, other) => compare?.(one.name, other.name));
}

/**
 * The same as text for the wasm, because each member of a list would take a call of its own.
 *
 * @param {string} language
 * @param {string} codes joined by spaces
 * @returns {string} one line for each country: the code, a space, the name
 */
export const countries = (language, codes) => namedCountries(language, codes.split(' ')).map(({ code, name }) => `${code} ${name}`).join('\n');

/**
 * The region of a language tag. If the tag has none, the likeliest region of its language.
 *
 * @param {string} language
 * @returns {string | undefined} the region's code, for countries that of ISO 3166
 */
export function country(language) {
  try {
    return new Intl.Locale(language).maximize().region;
  } catch {}
}
