// @ts-check
/**
 * The dialog's element (`root`) while it is on the page: it is opened, guarded against what pages and extensions do
 * to forms, and closed. Copies of such elements are removed.
 */

import { shared } from './shared.js';
import { takeFrom } from './styles.js';

/**
 * The `returnValue` of an open modal dialog. A form's submission empties it. So a `close` event with this value
 * means that no form closed the dialog.
 */
const OPEN = 'open';

/**
 * Opens a dialog over the page. A browser without modal dialogs shows the dialog like any other element. There
 * `behind.mjs` keeps people out of the page behind the dialog.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Element} [painted] the screen that the dialog replaces
 */
export function open(dialog, painted) {
  shared.openers.set(dialog, painted && shared.openers.has(painted) ? shared.openers.get(painted) ?? null : document.activeElement);
  // If the dialog replaces a painted screen, it opens without an animation.
  dialog.toggleAttribute('data-instant', Boolean(painted));
  try {
    dialog.returnValue = OPEN;
    return dialog.showModal();
  } catch {}
  for (const [name, value] of [['open', ''], ['role', 'dialog'], ['aria-modal', 'true']]) dialog.setAttribute(name, value);
  /** @type {HTMLElement | null} */ (dialog.querySelector('[autofocus]'))?.focus();
}

/**
 * Takes a dialog off the page, and returns the focus to the element that had it before. If that element was in
 * another dialog that is gone, the element that had the focus before that other dialog gets it.
 *
 * @param {HTMLElement & { close?: () => void }} root
 */
export function close(root) {
  const scope = /** @type {any} */ (root.getRootNode());
  root.close?.();
  root.remove();
  if (scope instanceof ShadowRoot && !scope.querySelector('.lk')) takeFrom(scope);
  if (document.activeElement !== document.body) return;
  let opener = shared.openers.get(root);
  while (opener && !opener.isConnected) opener = shared.openers.get(opener.closest('.lk') ?? document);
  /** @type {HTMLElement | null | undefined} */ (opener)?.focus({ preventScroll: true });
}

/**
 * Events that stay inside the dialog. The page's handlers around a container and on the document are for the
 * page's own forms and shortcuts. Clicks and focus events do reach the page.
 */
const OWN_EVENTS = [
  'submit', 'formdata', 'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'compositionstart', 'compositionupdate', 'compositionend', 'cut', 'copy', 'paste',
];

/**
 * The property that marks the elements of live dialogs. An attribute would not do, because a copy of an
 * element has the same attributes.
 */
const LIVE = Symbol.for('latchkey-lock');

/**
 * Keeps events inside the dialog. However the form is submitted, the dialog acts as if its button were pressed.
 *
 * @param {any} root
 */
export function guard(root) {
  root[LIVE] = true;
  keepClean();
  for (const name of OWN_EVENTS) root.addEventListener(name, (/** @type {Event} */ event) => event.stopPropagation());
  const press = () => root.querySelector('[type=submit]')?.click();
  // Password managers call `form.submit()`, which fires no `submit` event. So it presses the button instead.
  root.querySelector('form').submit = press;
  // Browser extensions do not see the `submit` above and call the browser's own. That closes a modal dialog,
  // because the form's method is `dialog`. So the dialog is opened again, and the button is pressed.
  root.addEventListener('close', (/** @type {Event} */ event) => {
    if (root.returnValue || !root.isConnected || !root.showModal) return;
    event.stopImmediatePropagation();
    open(root, root);
    press();
  }, true);
  root.addEventListener('formdata', (/** @type {FormDataEvent} */ { formData }) => {
    // If the form's method was changed, or the browser does not know `dialog`, the browser submits the form to a
    // server. So the fields are removed.
    for (const name of [...formData.keys()]) formData.delete(name);
    // Some browsers leave `returnValue` unchanged when a form closes the dialog. So it is emptied here, and set
    // again afterwards.
    root.returnValue = '';
    setTimeout(() => { root.returnValue = OPEN; });
  });
  // In a frame whose sandbox forbids forms, a button does not submit its form. So the event is sent here.
  root.addEventListener('click', (/** @type {MouseEvent} */ event) => {
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (event.target).closest('[type=submit]'));
    if (!button) return;
    event.preventDefault();
    button.form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
}

/**
 * Removes copies of dialogs from the page. Turbo, htmx and similar libraries keep a copy of a page with an
 * open dialog. When they restore the copy, its dialog has no listeners.
 */
export function sweep() {
  for (const copy of document.querySelectorAll('.lk:not(.lk--early)')) {
    const isOurs = /^lk-p?\d+-title$/.test(copy.getAttribute('aria-labelledby') ?? '');
    if (isOurs && !(LIVE in copy)) copy.remove();
  }
}

/** @type {MutationObserver | undefined} */
let cleaner;

/** Removes copies of dialogs as soon as the page inserts them. */
export function keepClean() {
  if (cleaner) return;
  const watch = () => { for (const parent of [document.documentElement, document.body]) if (parent) cleaner?.observe(parent, { childList: true }); };
  // The page may have replaced its body, so the body is observed again.
  cleaner = new MutationObserver(() => { sweep(); watch(); });
  watch();
}
