// @ts-check
/**
 * For browsers without modal dialogs: keeps the keyboard and screen readers out of the page behind an open
 * dialog. These browsers do not have the attribute `inert` either.
 */

/** Matches an open dialog in a browser without modal dialogs. `page/root.js` sets `aria-modal` only in such browsers. */
const OPEN = '.lk[aria-modal]';

/** The dialogs that are handled already. @type {WeakSet<Element>} */
const handled = new WeakSet();

/** The elements in the dialog that Tab stops at. @param {Element} dialog */
const stops = (dialog) => [.../** @type {NodeListOf<HTMLInputElement>} */ (dialog.querySelectorAll('a, button, input, select'))]
  .filter((element) => !element.disabled && element.getClientRects().length > 0);

/** Whether there is an open dialog that `keepBehind` has to handle. */
export const needsKeeping = () => Boolean(document.querySelector(OPEN));

/** Keeps people out of the page behind each open dialog, until the dialog is taken off the page. */
export function keepBehind() {
  for (const dialog of document.querySelectorAll(OPEN)) {
    if (!handled.has(dialog) && dialog.parentElement) keep(dialog, dialog.parentElement);
  }
}

/** @param {Element} dialog @param {Element} parent */
function keep(dialog, parent) {
  handled.add(dialog);
  const others = [...parent.children].filter((element) => element !== dialog && !element.hasAttribute('aria-hidden'));
  for (const element of others) element.setAttribute('aria-hidden', 'true');
  const turnBack = (/** @type {FocusEvent} */ { target, relatedTarget }) => {
    if (!dialog.isConnected) leave();
    else if (target instanceof Element && !target.closest(OPEN)) {
      const all = stops(dialog);
      // Tab goes round, as in a modal dialog: backwards from the first element to the last.
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
