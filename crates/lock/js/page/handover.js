// @ts-check
/**
 * The handover: a dialog is put on the page, in the place of an earlier first screen if there is one, with what the
 * person did on that screen.
 */

import { followScheme } from './colours.js';
import { guard, open, sweep } from './root.js';
import { bringInto } from './styles.js';

/**
 * Puts a dialog on the page. In a container the dialog replaces the page's content, as in Lock. The replaced
 * content may be an earlier first screen, from the painter or in the server's HTML. Then the dialog takes over
 * the typed text, the ticks, the focus and the caret.
 *
 * @param {HTMLElement} root the dialog's element
 * @param {Element} into its container, or the page's body
 * @param {boolean} isInline whether `into` is a container
 * @param {HTMLElement} [painted]
 */
export function put(root, into, isInline, painted) {
  sweep();
  // Another open dialog in the same container stays there.
  const isShared = isInline && !painted && into.querySelector('.lk:not(.lk--early)');
  const before = painted ?? (isInline && !isShared ? into : undefined);
  const repeat = before && recorded(before, Boolean(painted));
  const others = before === into ? [...into.childNodes] : [];
  guard(root);
  if (painted && isInline) painted.before(root);
  else into.append(root);
  bringInto(root);
  followScheme(root);
  // The contrast of the page's own colour depends on the scheme. So listeners check the contrast again when the
  // page or `show` changes the scheme.
  new MutationObserver(() => root.dispatchEvent(new Event('lk-scheme'))).observe(root, { attributes: true, attributeFilter: ['data-scheme'] });
  if (!isInline) open(/** @type {HTMLDialogElement} */ (root), painted);
  // Browsers heed `autofocus` once in a page, and not at all where something on the page has the focus. So the
  // focus is set here, unless the painted screen has done that.
  else if (!painted || !field(painted, '[autofocus]')) field(root, '[autofocus]')?.focus();
  repeat?.(root);
  painted?.remove();
  for (const other of others) other.remove();
}

/**
 * The fields of the first screen, each with the event that reports a change. The fields of a page's own form may
 * lack names, so an email field is also found by its type.
 */
const FIELDS = { '[name=country]': 'change', '[name=email], [type=email]': 'input', '[name=phone]': 'input' };

/**
 * Records what the person did on the earlier first screen. Returns a function that repeats it on the dialog. The
 * dialog takes the focus when it opens, so the focus and the caret are recorded before that.
 *
 * @param {Element} from
 * @param {boolean} isPainted whether the painter made the screen. On a painted screen an empty field is the
 *   person's choice and is copied. On the page's own form it is ignored
 * @returns {(to: Element) => void}
 */
function recorded(from, isPainted) {
  const focused = from.contains(active(from)) ? /** @type {HTMLInputElement | null} */ (active(from)) : null;
  const caret = focused && caretOf(focused);
  const typed = Object.entries(FIELDS).map(([selector, event]) => ({ selector, event, value: field(from, selector)?.value }));
  const isTicked = field(from, '[name=terms]')?.checked;
  return (to) => {
    for (const { selector, event, value } of typed) {
      const next = field(to, selector);
      if (!next || value === undefined || value === next.value || !(value || isPainted)) continue;
      next.value = value;
      next.dispatchEvent(new Event(event, { bubbles: true }));
    }
    const box = field(to, '[type=checkbox]');
    if (box && isTicked !== undefined && box.checked !== isTicked) box.click();
    const same = focused && field(to, selectorOf(focused));
    if (!same) return;
    if (same !== active(same)) same.focus({ preventScroll: true });
    if (caret) same.setSelectionRange(...caret);
  };
}

/** The element that has the focus, in the page or in the shadow root around `element`. @param {Element} element */
const active = (element) => /** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement;

/** @param {Element} root @param {string} selector */
const field = (root, selector) => /** @type {HTMLInputElement | null} */ (root.querySelector(selector));

/** The selector that finds an element of the earlier screen on the dialog. @param {Element} element */
function selectorOf(element) {
  const connection = element.getAttribute('data-connection');
  if (connection) return `[data-connection="${CSS.escape(connection)}"]`;
  if (element.matches('[type=email]')) return '[name=email]';
  if (element.matches('[name]:not([type=checkbox])')) return `[name=${element.getAttribute('name')}]`;
  if (element.matches('[type=checkbox]')) return '[type=checkbox]';
  // The dialog may have a field where the earlier screen had none. So focus on the title is not carried over.
  return element.classList[0] && element.localName !== 'h2' ? `.${element.classList[0]}` : ':not(*)';
}

/**
 * The selection of a field. Undefined if the field has none. Fields of the type `email` do not report theirs.
 * Without a selection the caret goes to the end of the text.
 *
 * @param {HTMLInputElement} field
 * @returns {[start: number, end: number, direction?: 'forward' | 'backward' | 'none'] | undefined}
 */
function caretOf({ selectionStart, selectionEnd, selectionDirection }) {
  if (typeof selectionStart !== 'number') return undefined;
  return [selectionStart, selectionEnd ?? selectionStart, selectionDirection ?? undefined];
}
