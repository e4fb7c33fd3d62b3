// @ts-check
/** The search. The build makes an index of all headings, and the browser searches it. */

/** The options of the index. `scripts/docs/search-index.mjs` makes it with the same options. */
const OPTIONS = { fields: ['title', 'page', 'text'], storeFields: ['title', 'page', 'url', 'excerpt'] };
const MOST = 12;

/** @typedef {{ title: string, page: string, url: string, excerpt: string }} Hit */

/** @type {Promise<{ search: (words: string, options: object) => Hit[] }> | undefined} */
let index;
/** @type {HTMLDialogElement | undefined} */
let dialog;

/** Opens the search. The first call loads the index. */
export function openSearch() {
  dialog ??= build();
  dialog.showModal();
  dialog.querySelector('input')?.select();
  index ??= load();
}

async function load() {
  const [{ default: MiniSearch }, response] = await Promise.all([
    // @ts-expect-error a file of the built site
    import('./minisearch.js'),
    fetch(new URL('../search.json', import.meta.url)),
  ]);
  return MiniSearch.loadJSON(await response.text(), OPTIONS);
}

function build() {
  const box = document.createElement('dialog');
  box.className = 'search';
  box.setAttribute('aria-label', 'Search');
  const field = Object.assign(document.createElement('input'), { type: 'search', placeholder: 'Search the docs', autocomplete: 'off' });
  field.setAttribute('aria-label', 'Search the docs');
  const status = Object.assign(document.createElement('p'), { className: 'status' });
  status.setAttribute('role', 'status');
  const list = document.createElement('ul');
  const close = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Close' });
  close.addEventListener('click', () => box.close());
  const head = document.createElement('div');
  head.className = 'head';
  head.append(field, close);
  box.append(head, status, list);
  field.addEventListener('input', () => show(field.value, list, status));
  box.addEventListener('keydown', (event) => move(event, box));
  // A click beside the box closes it.
  box.addEventListener('click', (event) => { if (event.target === box) box.close(); });
  list.addEventListener('click', () => box.close());
  document.body.append(box);
  return box;
}

/** @param {string} words @param {HTMLElement} list @param {HTMLElement} status */
async function show(words, list, status) {
  const found = await index;
  const hits = words.trim() && found ? found.search(words, { prefix: true, fuzzy: 0.15, boost: { title: 4, page: 2 }, combineWith: 'AND' }).slice(0, MOST) : [];
  list.replaceChildren(...hits.map(item));
  status.textContent = words.trim() ? `${hits.length === 0 ? 'Nothing' : hits.length === MOST ? `The best ${MOST}` : hits.length} found` : '';
}

/** @param {Hit} hit */
function item({ title, page, url, excerpt }) {
  const link = document.createElement('a');
  link.href = url;
  for (const [name, text] of [['b', title], ['small', page === title ? '' : page], ['span', excerpt]]) {
    if (text) link.append(Object.assign(document.createElement(name), { textContent: text }));
  }
  const line = document.createElement('li');
  line.append(link);
  return line;
}

/** The arrow keys move the focus through the field and the results. @param {KeyboardEvent} event @param {HTMLElement} box */
function move(event, box) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = /** @type {HTMLElement[]} */ ([...box.querySelectorAll('input, li a')]);
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
}
