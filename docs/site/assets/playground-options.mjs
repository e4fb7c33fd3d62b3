// @ts-check
/** The options that the playground's form has, and the functions that read them from the object of options and write them into it. */

/**
 * A field of the form. If its value is `standard`, it is left out of the options.
 *
 * @typedef {{ path: string, label: string, kind: 'set' | 'choice' | 'switch' | 'text' | 'number' | 'colour', standard: unknown,
 *   values?: [value: string, label: string][], least?: number, most?: number, hint?: string }} Field
 */

/** @typedef {{ [name: string]: unknown }} Options */

/** @type {{ title: string, fields: Field[] }[]} */
export const SECTIONS = [
  { title: 'Ways to log in', fields: [
    { path: 'allowedConnections', label: 'Connections', kind: 'set', standard: ['email'], values: [['email', 'E-mail'], ['sms', 'Text message'], ['google-oauth2', 'Google'], ['apple', 'Apple'], ['github', 'GitHub']] },
    { path: 'passwordlessMethod', label: 'The mail brings', kind: 'choice', standard: 'code', values: [['code', 'a code'], ['link', 'a link']] },
    { path: 'offerCode', label: 'Offer a code in place of a link', kind: 'switch', standard: false },
    { path: 'codeLength', label: 'Digits of a code', kind: 'number', standard: 6, least: 4, most: 10 },
    { path: 'resendCoolDown', label: 'Seconds between two codes', kind: 'number', standard: 30, least: 0, most: 600 },
    { path: 'autoSubmit', label: 'Log in as soon as the code is full', kind: 'switch', standard: true },
  ] },
  { title: 'Look', fields: [
    { path: 'theme.primaryColor', label: 'Colour', kind: 'colour', standard: '#1f5eff' },
    { path: 'theme.scheme', label: 'Light or dark', kind: 'choice', standard: 'auto', values: [['auto', 'as the page'], ['light', 'light'], ['dark', 'dark']] },
    { path: 'theme.labeledSubmitButton', label: 'Words on the button', kind: 'switch', standard: true },
    { path: 'theme.hideMainScreenTitle', label: 'Hide the title from the eye', kind: 'switch', standard: false },
  ] },
  { title: 'Words', fields: [
    { path: 'language', label: 'Language', kind: 'choice', standard: '', values: [['', 'the browser’s']] },
    { path: 'languageDictionary.title', label: 'Title', kind: 'text', standard: '' },
    { path: 'prefill.email', label: 'Address to begin with', kind: 'text', standard: '' },
  ] },
  { title: 'Rules', fields: [
    { path: 'closable', label: 'People may close it', kind: 'switch', standard: true },
    { path: 'showTerms', label: 'Show the terms', kind: 'switch', standard: true },
    { path: 'mustAcceptTerms', label: 'The terms have to be ticked', kind: 'switch', standard: false },
    { path: 'allowAutocomplete', label: 'Browsers fill in addresses', kind: 'switch', standard: true },
    { path: 'rememberLastLogin', label: 'Offer the last login', kind: 'switch', standard: false },
  ] },
];

export const FIELDS = SECTIONS.flatMap(({ fields }) => fields);

/** @param {Options} options @param {string} path */
export const read = (options, path) => path.split('.').reduce((/** @type {any} */ at, name) => at?.[name], options);

/**
 * The options with a new value for a field. The standard value is left out.
 *
 * @param {Options} options
 * @param {Field} field
 * @param {unknown} value
 * @returns {Options}
 */
export function write(options, { path, standard }, value) {
  const result = structuredClone(options);
  const names = path.split('.');
  const last = /** @type {string} */ (names.pop());
  let at = /** @type {any} */ (result);
  for (const name of names) at = at[name] ??= {};
  if (JSON.stringify(value) === JSON.stringify(standard)) delete at[last];
  else at[last] = value;
  const [first] = path.split('.');
  if (names.length > 0 && Object.keys(/** @type {object} */ (result[first])).length === 0) delete result[first];
  return result;
}
