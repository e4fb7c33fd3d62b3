// @ts-check
/** Calls of the browser that are shorter in JavaScript than in Rust. `src/page.rs` binds these functions. */

/**
 * The dialog's container. `id` is the id of an element, in the page or in an open shadow root, or a name that
 * `nameOf` made. Without an id the container is the page's body.
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
 * Makes a name for a container that the page gave as an element. `host` finds the element by this name.
 *
 * @param {Element} container
 */
export function nameOf(container) {
  const name = `container ${shared.places.size + 1}`;
  shared.places.set(name, new WeakRef(container));
  return name;
}

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
 * The `returnValue` of an open modal dialog. A form's submission empties it. So a `close` event with this value
 * means that no form closed the dialog.
 */
const OPEN = 'open';

/**
 * Keeps events inside the dialog. However the form is submitted, the dialog acts as if its button were pressed.
 *
 * @param {any} root
 */
function guard(root) {
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
  // The page may have replaced its body, so the body is observed again.
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
 * Gives the dialog the colour scheme that the page has set around it by the property `color-scheme`, also when
 * the page changes it. If the page has set none, the dialog follows the browser.
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

export const hidden = () => document.hidden;

export const online = () => navigator.onLine;

/** @param {Element} element @param {string} property @returns {string} */
export const computed = (element, property) => getComputedStyle(element).getPropertyValue(property);

/**
 * Sets a CSS property. A strict content security policy forbids `style` attributes, so the property is set
 * through the CSSOM. An invalid value is ignored.
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
 * @returns {string} one line for each country, sorted by name: the code, a space, the name
 */
export function countries(language, codes) {
  const names = formatter('DisplayNames', language, { type: 'region' });
  const named = codes.split(' ').map((code) => [code, names?.of(code) ?? code]);
  const compare = formatter('Collator', language)?.compare;
  return named.sort(([, one], [, other]) => compare?.(one, other)).map((entry) => entry.join(' ')).join('\n');
}

/**
 * The region of a language tag. If the tag has none, the likeliest region of its language.
 *
 * @param {string} language
 * @returns {string | undefined} the region's code, for countries that of ISO 3166
 */
export function country(language) {
  try {
    return new Intl.Locale(language).maximize().region;
  } catch {}
}

/**
 * The state that the scripts of one page share: the element that had the focus before each dialog opened,
 * containers by name, and the style sheet with the number of dialogs that need it.
 *
 * @type {{ openers: WeakMap<Element | Document, Element | null>, places: Map<string, WeakRef<Element>>, holders: number, sheet: any, css: string }}
 */
let shared = { openers: new WeakMap(), places: new Map(), holders: 0, sheet: undefined, css: '' };

/**
 * Returns this copy's state. The painter's script and the dialog's script each contain a copy of this module.
 * `adopt` makes the dialog's copy use the state of the painter's copy.
 */
export const share = () => shared;
/** @param {typeof shared} other */
export const adopt = (other) => { shared = other; };
/** @param {string} css the style sheet for callers of `holdStyles` that have none */
export const bringStyles = (css) => { shared.css = css; };

/**
 * Opens a dialog over the page. A browser without modal dialogs shows the dialog like any other element. There
 * `behind.mjs` keeps people out of the page behind the dialog.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Element} [painted] the screen that the dialog replaces
 */
function open(dialog, painted) {
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
 * Adds the style sheet to the page unless the page has it. Every content security policy allows a constructable
 * style sheet. Browsers without constructable style sheets get a `<style>` element.
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
    // Older browsers freeze the list of style sheets, so the whole list is replaced.
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
 * Whether the browser stores the data that a login needs. A page in a frame of another site may lack cookies
 * but have a storage. For a page in a frame the storage is enough.
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
 * Some on-screen keyboards cover the page and do not shrink it. This function keeps the dialog above them. It
 * returns the function that stops this. It does nothing in a browser without `visualViewport`.
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
