// @ts-check
/**
 * Browsers without modal dialogs: what is behind an open dialog is kept from the keyboard and from screen readers. They do
 * not know `inert` either: it is younger.
 */

/** A dialog that says itself that it is modal: elsewhere the browser knows. */
const OPEN = '.lk[aria-modal]';

/** Those that are seen to. @type {WeakSet<Element>} */
const known = new WeakSet();

/** What Tab stops at. @param {Element} dialog */
const stops = (dialog) => [.../** @type {NodeListOf<HTMLInputElement>} */ (dialog.querySelectorAll('a, button, input, select'))]
  .filter((element) => !element.disabled && element.getClientRects().length > 0);

/** Whether an open dialog is one of those. */
export const standsAlone = () => Boolean(document.querySelector(OPEN));

/** Sees to each that is open, until it is off the page. */
export function keepBehind() {
  for (const dialog of document.querySelectorAll(OPEN)) {
    if (!known.has(dialog) && dialog.parentElement) keep(dialog, dialog.parentElement);
  }
}

/** @param {Element} dialog @param {Element} parent */
function keep(dialog, parent) {
  known.add(dialog);
  const others = [...parent.children].filter((element) => element !== dialog && !element.hasAttribute('aria-hidden'));
  for (const element of others) element.setAttribute('aria-hidden', 'true');
  const turnBack = (/** @type {FocusEvent} */ { target, relatedTarget }) => {
    if (!dialog.isConnected) leave();
    else if (target instanceof Element && !target.closest(OPEN)) {
      const all = stops(dialog);
      // Round, as in a modal dialog: backwards from the first one to the last.
      all.at(relatedTarget === all[0] ? -1 : 0)?.focus();
    }
  };
  const watch = new MutationObserver(() => { if (!dialog.isConnected) leave(); });
  const leave = () => {
    watch.disconnect();
    document.removeEventListener('focusin', turnBack);
    for (const element of others) element.removeAttribute('aria-hidden');
  };
  watch.observe(parent, { childList: true });
  document.addEventListener('focusin', turnBack);
}
