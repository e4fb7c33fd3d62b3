// @ts-check
/** The playground's options as code to copy: for a script tag, for npm, for Rust. */

import { read } from './playground-options.mjs';

/** @typedef {import('./playground-options.mjs').Options} Options */

/** The settings that every login needs beside the options: the app's own values. */
const AUTH = { redirectUrl: 'https://YOUR_APP/callback', responseType: 'code' };

/** A value as JavaScript. @param {unknown} value @param {string} indent @returns {string} */
function literal(value, indent) {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const lines = Object.entries(value).map(([name, item]) => `${indent}  ${/^[\w$]+$/.test(name) ? name : literal(name, '')}: ${literal(item, `${indent}  `)},\n`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
}

/** @param {Options} options @param {string} indent */
const construction = (options, indent) =>
  `const lock = new Auth0LockPasswordless('YOUR_CLIENT_ID', 'YOUR_DOMAIN', ${literal({ ...options, auth: AUTH }, indent)});`;

/** @param {Options} options */
export const script = (options) => `<script src="latchkey/lock.min.js"></script>
<button id="login">Log in</button>
<script>
  ${construction(options, '  ')}
  document.querySelector('#login').addEventListener('click', () => lock.show());
</script>
`;

/** @param {Options} options */
export const npm = (options) => `import { Auth0LockPasswordless } from 'latchkey/lock';

${construction(options, '')}
lock.show();
`;

/** A text as Rust. @param {unknown} value */
const text = (value) => JSON.stringify(String(value)).replace(/\\u([0-9a-f]{4})/g, '\\u{$1}');

/** The Rust code of each option, by its path. @type {Record<string, (value: any) => string>} */
const RUST = {
  allowedConnections: (names) => `options.connections = Connections::allowed([${names.map(text).join(', ')}]);`,
  passwordlessMethod: (method) => `options.settings.link = ${method === 'link'};`,
  offerCode: (value) => `options.settings.offers_code = ${value};`,
  codeLength: (value) => `options.settings.code_length = ${value};`,
  resendCoolDown: (value) => `options.settings.cool_down_ms = ${Math.round(value * 1000)};`,
  autoSubmit: (value) => `options.settings.auto_submit = ${value};`,
  'theme.primaryColor': (value) => `options.theme.primary_color = Some(${text(value)}.into());`,
  'theme.scheme': (value) => `options.theme.scheme = Scheme::${value === 'dark' ? 'Dark' : value === 'light' ? 'Light' : 'Auto'};`,
  'theme.labeledSubmitButton': (value) => `options.theme.arrow_button = ${!value};`,
  'theme.hideMainScreenTitle': (value) => `options.theme.hides_title = ${value};`,
  language: (value) => `options.language = Some(${text(value)}.into());`,
  'languageDictionary.title': (value) => `options.dictionary.say(Key::Title, ${text(value)});`,
  'prefill.email': (value) => `options.email = ${text(value)}.into();`,
  closable: (value) => `options.settings.closable = ${value};`,
  showTerms: (value) => `options.settings.show_terms = ${value};`,
  mustAcceptTerms: (value) => `options.settings.must_accept_terms = ${value};`,
  allowAutocomplete: (value) => `options.autocomplete = ${value};`,
  rememberLastLogin: (value) => `options.settings.remembers = ${value};`,
};

/** The paths of the options that Rust has: those in the playground's form. */
export const RUST_PATHS = Object.keys(RUST);

/** @param {Options} options */
export function rust(options) {
  const lines = RUST_PATHS.flatMap((path) => {
    const value = read(options, path);
    return value === undefined ? [] : [RUST[path](value)];
  });
  if (read(options, 'language') !== undefined) lines.push('options.language_base_url = "/languages".into(); // English alone is in the program');
  const code = lines.join('\n');
  const uses = [
    'use latchkey_lock::component::LockDialog;',
    ...(code.includes('Key::') ? ['use latchkey_lock::i18n::Key;'] : []),
    `use latchkey_lock::options::${optionTypes(code)};`,
    'use leptos::prelude::*;',
  ];
  return `${uses.join('\n')}

#[component]
fn Login() -> impl IntoView {
    let open = RwSignal::new(false);
    let mut options = Options::new("YOUR_CLIENT_ID", "YOUR_DOMAIN");
    options.config.redirect_uri = Some("https://YOUR_APP/callback".into());
    options.config.response_type = Some("code".into());
${lines.map((line) => `    ${line}\n`).join('')}    view! {
        <button on:click=move |_| open.set(true)>"Log in"</button>
        <LockDialog options open />
    }
}
`;
}

/** @param {string} code */
const optionTypes = (code) => {
  const names = ['Connections', 'Options', 'Scheme'].filter((name) => name === 'Options' || code.includes(`${name}::`));
  return names.length === 1 ? names[0] : `{${names.join(', ')}}`;
};
