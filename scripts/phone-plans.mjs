// @ts-check
/**
 * `node scripts/phone-plans.mjs` writes the dialog's data about each country's phone numbers from libphonenumber's data. The test
 * `tests/package/phone-plans.test.mjs` compares the committed files with it.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import examples from 'libphonenumber-js/examples.mobile.json';
import { Metadata, getExampleNumber } from 'libphonenumber-js/max';
import { root } from './lib/paths.mjs';

/** @typedef {import('libphonenumber-js/max').CountryCode} CountryCode */

const PHONE = join(root, 'crates', 'lock', 'src', 'model', 'input', 'phone');
export const PLANS = join(PHONE, 'plans.rs');
export const EXAMPLES = join(PHONE, 'examples.txt');

/** The countries whose numbers keep the zero that is dialled within the country: Italy and the two states that it encloses. */
const KEEPS_ZERO = ['IT', 'SM', 'VA'];

/** The characters that stand for plans, without blanks, quotes and backslashes. */
const KEYS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];

/** The countries in the dialog's own order. @returns {CountryCode[]} */
function countries() {
  const [, list] = /const COUNTRIES: &str = "(.*?)"/.exec(readFileSync(join(PHONE, 'mod.rs'), 'utf8')) ?? [];
  return /** @type {CountryCode[]} */ ([...list.matchAll(/[A-Z]{2}/g)].map(([code]) => code));
}

/** @param {CountryCode} country */
function planOf(country) {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan = /** @type {any} */ (metadata).numberingPlan;
  const lengths = plan.type('MOBILE')?.possibleLengths() ?? plan.possibleLengths();
  const trunk = KEEPS_ZERO.includes(country) ? '!' : plan.nationalPrefix() || '';
  return `${trunk}.${lengths.map((/** @type {number} */ length) => length.toString(16)).join('')}`;
}

/** The text of `plans.rs`. */
export function plans() {
  const all = countries().map(planOf);
  const count = (/** @type {string} */ plan) => all.filter((other) => other === plan).length;
  const distinct = [...new Set(all)].sort((one, other) => count(other) - count(one) || (one < other ? -1 : 1));
  return `//! Made by \`scripts/phone-plans.mjs\` from libphonenumber's data. Do not edit.

/// Numbering plans, the most frequent first: what is dialled before a number within the country (\`!\`: nothing, and a zero in front
/// belongs to the number), a dot, and how many digits mobile numbers have, each as a hexadecimal digit.
pub(super) const PLANS: &str = "${distinct.join(' ')}";

/// The plan of each country, in the order of the countries: the place of this character in \`KEYS\` is that of the plan.
pub(super) const PLAN_OF: &str = "${all.map((plan) => KEYS[distinct.indexOf(plan)]).join('')}";

/// The characters that stand for plans.
pub(super) const KEYS: &str = "${KEYS.slice(0, distinct.length).join('')}";
`;
}

/** The text of \`examples.txt\`. Each line has a country's code, its trunk prefix, its calling code and a mobile number. */
export function numbers() {
  return countries().flatMap((country) => {
    const example = getExampleNumber(country, examples);
    const metadata = new Metadata();
    metadata.selectNumberingPlan(country);
    const trunk = /** @type {any} */ (metadata).numberingPlan.nationalPrefix() || '';
    return example ? [`${country} ${trunk || '-'} ${example.countryCallingCode} ${example.nationalNumber}\n`] : [];
  }).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PLANS, plans());
  writeFileSync(EXAMPLES, numbers());
}
