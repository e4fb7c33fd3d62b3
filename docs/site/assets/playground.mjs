// @ts-check
/** The playground: a form and JSON for the same options, the dialog in a frame, and the code to copy. */

import { npm, rust, script } from './playground-code.mjs';
import { buildForm } from './playground-form.mjs';
import { buildFrame } from './playground-preview.mjs';

/** @typedef {import('./playground-options.mjs').Options} Options */

/** How long after a change the dialog is made again, in milliseconds. */
const PAUSE_MS = 500;

/** The options with which the page begins. */
const FIRST = { allowedConnections: ['email', 'google-oauth2'] };

const CODE = /** @type {[title: string, make: (options: Options) => string][]} */ ([['Script tag', script], ['npm', npm], ['Rust', rust]]);

const place = /** @type {HTMLElement} */ (document.querySelector('#playground'));
place.innerHTML = document.querySelector('template')?.innerHTML ?? '';

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const one = (selector) => /** @type {T} */ (place.querySelector(selector));

const json = /** @type {HTMLTextAreaElement} */ (one('#json'));
const problem = one('#json-problem');
const output = one('#code code');
const preview = buildFrame(one('#preview'));

/** @type {Options} */
let options = fromAddress() ?? FIRST;
let chosen = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const form = buildForm(one('#form'), (changed) => {
  options = changed;
  json.value = JSON.stringify(options, null, 2);
  refresh();
});

json.addEventListener('input', () => {
  try {
    const read = JSON.parse(json.value);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new SyntaxError('Options are an object, in braces.');
    options = read;
    problem.textContent = '';
    json.removeAttribute('aria-invalid');
  } catch (error) {
    problem.textContent = `This is no JSON yet: ${/** @type {Error} */ (error).message}`;
    json.setAttribute('aria-invalid', 'true');
    return;
  }
  form.show(options);
  refresh();
});

for (const [at, [title]] of CODE.entries()) {
  const label = document.createElement('label');
  const radio = Object.assign(document.createElement('input'), { type: 'radio', name: 'code', checked: at === 0 });
  radio.addEventListener('change', () => {
    chosen = at;
    showCode();
  });
  label.append(radio, title);
  one('#kinds').append(label);
}
const copy = /** @type {HTMLButtonElement} */ (one('#copy'));
copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(output.textContent ?? '');
  copy.textContent = 'Copied';
  setTimeout(() => { copy.textContent = 'Copy'; }, 2000);
});

json.value = JSON.stringify(options, null, 2);
form.show(options);
showCode();
preview.show(options);

function refresh() {
  showCode();
  history.replaceState(null, '', `#${encodeURIComponent(JSON.stringify(options))}`);
  clearTimeout(timer);
  timer = setTimeout(() => preview.show(options), PAUSE_MS);
}

function showCode() {
  output.textContent = CODE[chosen][1](options);
}

/** The options that a shared address has. @returns {Options | undefined} */
function fromAddress() {
  try {
    const read = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    return typeof read === 'object' && read ? read : undefined;
  } catch {
    return undefined;
  }
}
