// @ts-check
/** The functions of the browser that are shorter in JavaScript than in Rust. `src/page.rs` binds them. */

/**
 * The element that contains the dialog: the element with this id, in the page or in an open shadow root, or
 * the page's body.
 *
 * @param {string} [id]
 * @returns {Element | undefined}
 */
export const host = (id) => (id === undefined ? document.body ?? document.documentElement : shared.places.get(id)?.deref() ?? found(document, id));

/** @param {Document | ShadowRoot} root @param {string} id @returns {Element | undefined} */
function found(root, id) {
  const element = root.getElementById(id);
  if (element) return element;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const inside = shadowRoot && found(shadowRoot, id);
    if (inside) return inside;
  }
}

/**
 * Makes an id for a container that the page gave as an element.
 *
 * @param {Element} container
 */
export function nameOf(container) {
  const name = `container ${shared.places.size + 1}`;
  shared.places.set(name, new WeakRef(container));
  return name;
}

/**
 * Puts a dialog on the page. In a container it replaces the page's content, as in Lock. It replaces a first
 * screen that was painted or sent by a server, and takes over the typed text, the ticks, the focus and the
 * caret.
 *
 * @param {HTMLElement} root the dialog's element
 * @param {Element} into its container, or the page's body
 * @param {boolean} isInline whether `into` is a container
 * @param {HTMLElement} [painted]
 */
export function put(root, into, isInline, painted) {
  // Another open dialog in the same container is left alone.
  sweep();
  const isShared = isInline && !painted && into.querySelector('.lk:not(.lk--early)');
  const before = painted ?? (isInline && !isShared ? into : undefined);
  const repeat = before && recorded(before, Boolean(painted));
  const others = before === into ? [...into.childNodes] : [];
  guard(root);
  if (painted && isInline) painted.before(root);
  else into.append(root);
  bringInto(root);
  followScheme(root);
  // The page or `show` may change the scheme, and then the page's own colour has to be measured again.
  new MutationObserver(() => root.dispatchEvent(new Event('lk-scheme'))).observe(root, { attributes: true, attributeFilter: ['data-scheme'] });
  if (!isInline) open(/** @type {HTMLDialogElement} */ (root), painted);
  // Browsers heed `autofocus` once in a page, and not at all where something on the page has the focus.
  else if (!painted || !field(painted, '[autofocus]')) field(root, '[autofocus]')?.focus();
  repeat?.(root);
  painted?.remove();
  for (const other of others) other.remove();
}

/**
 * Events that stay inside the dialog, because the page's handlers around a container and on the document are
 * for its own forms and shortcuts. Clicks and focus events do reach the page.
 */
const OWN_EVENTS = [
  'submit', 'formdata', 'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'compositionstart', 'compositionupdate', 'compositionend', 'cut', 'copy', 'paste',
];

/**
 * Marks the elements of live dialogs. A property works and an attribute does not, because a copy of the
 * element has the same attributes.
 */
const LIVE = Symbol.for('latchkey-lock');

/** The `returnValue` of a modal dialog until a form closes it. */
const OPEN = 'open';

/**
 * Keeps events inside the dialog, and presses its button whatever submits its form.
 *
 * @param {any} root
 */
function guard(root) {
  root[LIVE] = true;
  keepClean();
  for (const name of OWN_EVENTS) root.addEventListener(name, (/** @type {Event} */ event) => event.stopPropagation());
  const press = () => root.querySelector('[type=submit]')?.click();
  // Password managers call this instead of pressing the button, which fires no event.
  root.querySelector('form').submit = press;
  // Password managers in an isolated world call the browser's own `submit()`, which closes a modal dialog,
  // because the form's method is `dialog`.
  root.addEventListener('close', (/** @type {Event} */ event) => {
    if (root.returnValue || !root.isConnected || !root.showModal) return;
    event.stopImmediatePropagation();
    open(root, root);
    press();
  }, true);
  root.addEventListener('formdata', (/** @type {FormDataEvent} */ { formData }) => {
    // If the form's method was changed, or the browser does not know `dialog`, the form sends no field.
    for (const name of [...formData.keys()]) formData.delete(name);
    // A form that closes the dialog sets this value, but not in all browsers.
    root.returnValue = '';
    setTimeout(() => { root.returnValue = OPEN; });
  });
  // In a frame whose sandbox forbids forms, a button does not submit its form.
  root.addEventListener('click', (/** @type {MouseEvent} */ event) => {
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (event.target).closest('[type=submit]'));
    if (!button) return;
    event.preventDefault();
    button.form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
}

/**
 * Removes copies of dialogs from the page. Turbo, htmx and similar libraries keep a copy of a page with an
 * open dialog, and restore it without its listeners.
 */
function sweep() {
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
  // The page may have replaced its body.
  cleaner = new MutationObserver(() => { sweep(); watch(); });
  watch();
}

/**
 * Adds the style sheet to the shadow root around `root`, because the page's style sheets do not apply there.
 *
 * @param {Element} root
 */
function bringInto(root) {
  const scope = /** @type {any} */ (root.getRootNode());
  const { sheet } = shared;
  if (scope === document || !sheet) return;
  if (sheet.remove) scope.append(sheet.cloneNode(true));
  else scope.adoptedStyleSheets = [...scope.adoptedStyleSheets.filter((/** @type {any} */ other) => other !== sheet), sheet];
}

/**
 * Follows the colour scheme that the page sets by the property `color-scheme` around the dialog, also when it
 * changes. Without one the dialog follows the browser.
 *
 * @param {HTMLElement} root
 */
export function followScheme(root) {
  let scheme = root.dataset.scheme;
  if (scheme !== 'auto') return;
  const follow = () => {
    // Stops if something else has set the scheme since, or if the dialog is gone.
    if (root.dataset.scheme !== scheme || !root.isConnected) return watch.disconnect();
    const around = /** @type {any} */ (root.parentNode);
    const { colorScheme = '' } = getComputedStyle(around.host ?? around);
    scheme = /^(?:only )?(dark|light)(?: only)?$/.exec(colorScheme)?.[1] ?? 'auto';
    if (root.dataset.scheme !== scheme) root.dataset.scheme = scheme;
  };
  const watch = new MutationObserver(follow);
  for (const element of [document.documentElement, document.body]) watch.observe(element, { attributes: true });
  follow();
}

/** The element that has the focus, in the page or in the shadow root around `element`. @param {Element} element */
const active = (element) => /** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement;

/** The fields of the first screen, each with the event that reports a change. A page's own form may have no names. */
const FIELDS = { '[name=country]': 'change', '[name=email], [type=email]': 'input', '[name=phone]': 'input' };

/**
 * Records what the person did on the earlier first screen, and returns a function that repeats it on the
 * dialog. The focus and the caret are recorded now, because the dialog takes the focus when it opens.
 *
 * @param {Element} from
 * @param {boolean} isPainted whether the painter made the screen: there an empty field was emptied by the
 *   person, while a field of the page may never have been filled
 * @returns {(to: Element) => void}
 */
function recorded(from, isPainted) {
  const focused = from.contains(active(from)) ? /** @type {HTMLInputElement | null} */ (active(from)) : null;
  const caret = focused && caretOf(focused);
  const values = Object.keys(FIELDS).map((selector) => field(from, selector)?.value);
  const isTicked = field(from, '[name=terms]')?.checked;
  return (to) => {
    Object.entries(FIELDS).forEach(([selector, event], at) => {
      const next = field(to, selector);
      const value = values[at];
      if (!next || value === undefined || value === next.value || !(value || isPainted)) return;
      next.value = value;
      next.dispatchEvent(new Event(event, { bubbles: true }));
    });
    const box = field(to, '[type=checkbox]');
    if (box && isTicked !== undefined && box.checked !== isTicked) box.click();
    const same = focused && field(to, selectorOf(focused));
    if (!same) return;
    if (same !== active(same)) same.focus({ preventScroll: true });
    if (caret) same.setSelectionRange(...caret);
  };
}

/** @param {Element} root @param {string} selector */
const field = (root, selector) => /** @type {HTMLInputElement | null} */ (root.querySelector(selector));

/** A selector that finds, on the dialog, the counterpart of an element of the earlier screen. @param {Element} element */
function selectorOf(element) {
  const connection = element.getAttribute('data-connection');
  if (connection) return `[data-connection="${CSS.escape(connection)}"]`;
  if (element.matches('[type=email]')) return '[name=email]';
  if (element.matches('[name]:not([type=checkbox])')) return `[name=${element.getAttribute('name')}]`;
  if (element.matches('[type=checkbox]')) return '[type=checkbox]';
  // A title has the focus only on a screen without a field, and the dialog's screen may have a field.
  return element.classList[0] && element.localName !== 'h2' ? `.${element.classList[0]}` : ':not(*)';
}

/**
 * The selection of a field. Undefined if the field has none, or if its type is `email`, which does not report
 * it. The caret then goes to the end of the text.
 *
 * @param {HTMLInputElement} field
 * @returns {[start: number, end: number, direction?: 'forward' | 'backward' | 'none'] | undefined}
 */
function caretOf({ selectionStart, selectionEnd, selectionDirection }) {
  if (typeof selectionStart !== 'number') return undefined;
  return [selectionStart, selectionEnd ?? selectionStart, selectionDirection ?? undefined];
}

/** Whether the page is hidden. */
export const hidden = () => document.hidden;

/** Whether the browser reports a network. */
export const online = () => navigator.onLine;

/** @param {Element} element @param {string} property @returns {string} the computed value of a CSS property */
export const computed = (element, property) => getComputedStyle(element).getPropertyValue(property);

/**
 * Sets a CSS property through the CSSOM, because a strict content security policy forbids `style` attributes.
 * An invalid value is ignored.
 *
 * @param {HTMLElement} element
 * @param {string} property
 * @param {string} value
 */
export const paint = (element, property, value) => element.style.setProperty(property, value);

/** @param {string} name @param {string} value */
export const pair = (name, value) => ({ [name]: value });

/**
 * A formatter of `Intl` that uses Latin digits, as the dialog does everywhere. Undefined for an invalid
 * language tag, and in a browser without the formatter.
 *
 * @param {string} name
 * @param {string} language
 * @param {object} [options]
 * @returns {any}
 */
function formatter(name, language, options) {
  try {
    return new /** @type {any} */ (Intl)[name]([language, 'en'], { numberingSystem: 'latn', ...options });
  } catch {}
}

/** The languages that the person prefers, best first. */
export const languages = () => navigator.languages.join();

/** @param {string} language @param {number} count @returns {string | undefined} the CLDR category */
export const plural = (language, count) => formatter('PluralRules', language)?.select(count);

/** @param {string} language @param {number} count @param {string} unit @returns {string | undefined} "12 minutes" */
export const duration = (language, count, unit) => formatter('NumberFormat', language, { style: 'unit', unit, unitDisplay: 'long' })?.format(count);

/**
 * @param {string} language
 * @param {string} codes ISO 3166 codes, joined by blanks
 * @returns {string} a line a country, sorted by name: its code, a blank, its name
 */
export function countries(language, codes) {
  const names = formatter('DisplayNames', language, { type: 'region' });
  const named = codes.split(' ').map((code) => [code, names?.of(code) ?? code]);
  const compare = formatter('Collator', language)?.compare;
  return named.sort(([, one], [, other]) => compare?.(one, other)).map((entry) => entry.join(' ')).join('\n');
}

/** @param {string} language @returns {string | undefined} the ISO 3166 code of the country where it is most spoken */
export function country(language) {
  try {
    return new Intl.Locale(language).maximize().region;
  } catch {}
}

/**
 * The state that the scripts of one page share: the element that had the focus before each dialog opened,
 * containers by name, the style sheet, and the number of dialogs that need it.
 *
 * @type {{ openers: WeakMap<Element | Document, Element | null>, places: Map<string, WeakRef<Element>>, holders: number, sheet: any, css: string }}
 */
let shared = { openers: new WeakMap(), places: new Map(), holders: 0, sheet: undefined, css: '' };

/**
 * Returns this copy's state. The painter's script and the dialog's script each contain a copy of this module,
 * and `adopt` makes the second use the state of the first.
 */
export const share = () => shared;
/** @param {typeof shared} other */
export const adopt = (other) => { shared = other; };
/** @param {string} css the style sheet for callers of `holdStyles` that have none */
export const bringStyles = (css) => { shared.css = css; };

/**
 * Opens a dialog over the page. A browser without modal dialogs shows it all the same, and `behind.mjs` keeps
 * people out of the page.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Element} [painted] the screen that the dialog replaces
 */
function open(dialog, painted) {
  shared.openers.set(dialog, painted && shared.openers.has(painted) ? shared.openers.get(painted) ?? null : document.activeElement);
  // The dialog replaces a visible screen, so it opens without an animation.
  dialog.toggleAttribute('data-instant', Boolean(painted));
  try {
    dialog.returnValue = OPEN;
    return dialog.showModal();
  } catch {}
  for (const [name, value] of [['open', ''], ['role', 'dialog'], ['aria-modal', 'true']]) dialog.setAttribute(name, value);
  /** @type {HTMLElement | null} */ (dialog.querySelector('[autofocus]'))?.focus();
}

/**
 * Takes a dialog off the page, and gives the focus back to where it was. If it was in another dialog that is
 * gone, the focus goes to where it was before that one.
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
 * Adds the style sheet to the page unless the page has it. A constructable style sheet passes every content
 * security policy; browsers without them get a `<style>` element.
 *
 * @param {string} css
 * @param {string} nonce
 */
export function holdStyles(css, nonce) {
  shared.holders += 1;
  if (shared.holders > 1) return;
  try {
    shared.sheet = new CSSStyleSheet();
    // Old browsers have the class, but neither `replaceSync` nor `adoptedStyleSheets`.
    shared.sheet.replaceSync(css || shared.css);
    // Older browsers freeze the list, so it is replaced.
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, shared.sheet];
  } catch {
    shared.sheet = document.createElement('style');
    if (nonce) shared.sheet.setAttribute('nonce', nonce);
    shared.sheet.textContent = css || shared.css;
    document.head.append(shared.sheet);
  }
}

/** Removes the style sheet from a shadow root. @param {ShadowRoot} scope */
function takeFrom(scope) {
  const { sheet } = shared;
  scope.adoptedStyleSheets = scope.adoptedStyleSheets?.filter((other) => other !== sheet);
  for (const style of scope.querySelectorAll('style')) if (style.textContent === sheet?.textContent) style.remove();
}

/** Removes the style sheet from the page when no dialog needs it any longer. */
export function dropStyles() {
  shared.holders -= 1;
  if (shared.holders > 0) return;
  if (shared.sheet.remove) shared.sheet.remove();
  else document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== shared.sheet);
}

/**
 * Reads an entry of a storage. Undefined if the browser blocks the storage.
 *
 * @param {'localStorage' | 'sessionStorage'} storage
 * @param {string} name
 * @returns {string | undefined}
 */
export function recall(storage, name) {
  try {
    return window[storage].getItem(name) ?? undefined;
  } catch {}
}

/**
 * Writes an entry of a storage. An empty text removes it. Does nothing if the browser blocks the storage.
 *
 * @param {'localStorage' | 'sessionStorage'} storage
 * @param {string} name
 * @param {string} text
 */
export function keep(storage, name, text) {
  try {
    if (text) window[storage].setItem(name, text);
    else window[storage].removeItem(name);
  } catch {}
}

/**
 * Whether the browser stores what a login needs. A page in a frame of another site may have a storage but no
 * cookies.
 */
export function keepsData() {
  if (navigator.cookieEnabled !== false) return true;
  try {
    return parent !== window && Boolean(localStorage);
  } catch {
    return false;
  }
}

/** @param {string} name @returns {BroadcastChannel | undefined} undefined in a browser that has none */
export function channel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {}
}

/**
 * The least height of an on-screen keyboard, in pixels. A smaller difference comes from a browser's sliding
 * toolbar or from rounding.
 */
const LEAST_KEYBOARD = 100;

/**
 * Keeps a dialog above an on-screen keyboard that covers the page instead of shrinking it. Returns the
 * function that stops this. Does nothing in a browser without `visualViewport`.
 *
 * @param {HTMLElement} root
 * @returns {() => void}
 */
export function avoidKeyboard(root) {
  const { visualViewport } = window;
  const lift = () => {
    const covered = Math.floor(innerHeight - (visualViewport?.height ?? innerHeight));
    const height = covered > LEAST_KEYBOARD ? covered : 0;
    paint(root, '--lk-keyboard', `${height}px`);
    // The button stands right under the field, so both stay visible.
    if (height > 0) root.querySelector('.lk-submit')?.scrollIntoView(false);
  };
  visualViewport?.addEventListener('resize', lift);
  // The keyboard may be open already.
  if (visualViewport && innerHeight - visualViewport.height > LEAST_KEYBOARD) lift();
  return () => visualViewport?.removeEventListener('resize', lift);
}
