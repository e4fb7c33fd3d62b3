// @ts-check
/** The script of every page: the menu on small screens, the choice of colours, the buttons that copy, the search. */

import { openSearch } from './search.mjs';

const KEY = 'latchkey-docs-scheme';

/** @template {Element} T @param {string} selector @returns {T} */
const one = (selector) => /** @type {T} */ (document.querySelector(selector));

const menu = /** @type {HTMLButtonElement} */ (one('.menu'));
const side = one('#side');
menu.hidden = false;
document.documentElement.classList.add('scripted');
const showMenu = (/** @type {boolean} */ isOpen) => {
  menu.setAttribute('aria-expanded', String(isOpen));
  side.classList.toggle('open', isOpen);
};
menu.addEventListener('click', () => showMenu(menu.getAttribute('aria-expanded') !== 'true'));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || menu.getAttribute('aria-expanded') !== 'true') return;
  showMenu(false);
  menu.focus();
});

const scheme = /** @type {HTMLElement} */ (one('.scheme'));
const select = /** @type {HTMLSelectElement} */ (one('.scheme select'));
scheme.hidden = false;
select.value = document.documentElement.dataset.scheme ?? '';
select.addEventListener('change', () => {
  if (select.value) document.documentElement.dataset.scheme = select.value;
  else delete document.documentElement.dataset.scheme;
  try {
    localStorage.setItem(KEY, select.value);
  } catch {
    // Storage is not available, so the choice is kept for this page only.
  }
});

const find = /** @type {HTMLButtonElement} */ (one('.find'));
find.hidden = false;
find.addEventListener('click', () => openSearch());
document.addEventListener('keydown', (event) => {
  const isTyping = /** @type {HTMLElement} */ (event.target).closest?.('input, textarea, select, [contenteditable]');
  const asks = (event.key === '/' && !isTyping) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
  if (!asks || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  openSearch();
});

for (const figure of document.querySelectorAll('figure.code')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(figure.querySelector('code')?.textContent ?? '');
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  figure.append(button);
}

// A block of code that fits does not scroll, so the Tab key does not stop at it.
for (const box of document.querySelectorAll('pre[tabindex], .table[tabindex]')) {
  if (box.scrollWidth <= box.clientWidth) box.removeAttribute('tabindex');
}
