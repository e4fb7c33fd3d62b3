// @ts-check
/** What the dialog asks of the browser where JavaScript says it shorter than Rust. Bound in `src/page.rs`. */

/**
 * Where a dialog is put: the element of that id, in the page or in an open shadow root, or the page's body.
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
 * A name for a container that the page gave as an element, in the place of an id.
 *
 * @param {Element} container
 */
export function nameOf(container) {
  const name = `container ${shared.places.size + 1}`;
  shared.places.set(name, new WeakRef(container));
  return name;
}

/**
 * Puts a dialog on the page. In a container it takes the place of what the page had there, as in Lock. It takes over from the
 * screen that was painted before it, or that a server sent: with what was typed, the ticks, the focus and the caret.
 *
 * @param {HTMLElement} root the dialog's element
 * @param {Element} into its container, or the page's body
 * @param {boolean} isInline whether `into` is a container
 * @param {HTMLElement} [painted]
 */
export function put(root, into, isInline, painted) {
  // Another dialog in the same place has a life of its own.
  sweep();
  const isShared = isInline && !painted && into.querySelector('.lk:not(.lk--early)');
  const before = painted ?? (isInline && !isShared ? into : undefined);
  const goOn = before && carried(before, Boolean(painted));
  const others = before === into ? [...into.childNodes] : [];
  guard(root);
  if (painted && isInline) painted.before(root);
  else into.append(root);
  bringInto(root);
  followScheme(root);
  // Whoever changes it, the page's own colour has to be looked at again.
  new MutationObserver(() => root.dispatchEvent(new Event('lk-scheme'))).observe(root, { attributes: true, attributeFilter: ['data-scheme'] });
  if (!isInline) open(/** @type {HTMLDialogElement} */ (root), painted);
  // Browsers heed `autofocus` once in a page, and not at all where something on the page has the focus.
  else if (!painted || !field(painted, '[autofocus]')) field(root, '[autofocus]')?.focus();
  goOn?.(root);
  painted?.remove();
  for (const other of others) other.remove();
}

/**
 * What happens to fields and by keys is the dialog's own: the page's handlers around a container and on the document, for its own
 * forms and shortcuts, do not hear of it. Clicks and the focus they do.
 */
const OWN_EVENTS = [
  'submit', 'formdata', 'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'compositionstart', 'compositionupdate', 'compositionend', 'cut', 'copy', 'paste',
];

/** Marks the elements of dialogs that live. An attribute would be there in a page's copy of the element, too. */
const LIVE = Symbol.for('latchkey-lock');

/** What a modal dialog's `returnValue` is until a form closes it. */
const OPEN = 'open';

/**
 * Keeps what happens in the dialog inside of it, and has its button pressed whatever submits its form.
 *
 * @param {any} root
 */
function guard(root) {
  root[LIVE] = true;
  keepClean();
  for (const name of OWN_EVENTS) root.addEventListener(name, (/** @type {Event} */ event) => event.stopPropagation());
  const press = () => root.querySelector('[type=submit]')?.click();
  // Password managers call it instead of pressing the button, and no listener hears of that.
  root.querySelector('form').submit = press;
  // Those that live in a world of their own call the browser's, which closes a modal dialog, as its form's method says.
  root.addEventListener('close', (/** @type {Event} */ event) => {
    if (root.returnValue || !root.isConnected || !root.showModal) return;
    event.stopImmediatePropagation();
    open(root, root);
    press();
  }, true);
  root.addEventListener('formdata', (/** @type {FormDataEvent} */ { formData }) => {
    // Whoever changes the form's method, or a browser that knows it not, finds nothing to send.
    for (const name of [...formData.keys()]) formData.delete(name);
    // Some browsers leave the value as it is when a form closes the dialog, which is next.
    root.returnValue = '';
    setTimeout(() => { root.returnValue = OPEN; });
  });
  // A button submits no form in a frame whose sandbox forbids forms.
  root.addEventListener('click', (/** @type {MouseEvent} */ event) => {
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (event.target).closest('[type=submit]'));
    if (!button) return;
    event.preventDefault();
    button.form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
}

/**
 * Takes copies of dialogs off the page. Turbo, htmx and their like keep a page with an open dialog in it, and bring it back
 * without what makes it work.
 */
function sweep() {
  for (const copy of document.querySelectorAll('.lk:not(.lk--early)')) {
    const isOurs = /^lk-p?\d+-title$/.test(copy.getAttribute('aria-labelledby') ?? '');
    if (isOurs && !(LIVE in copy)) copy.remove();
  }
}

/** @type {MutationObserver | undefined} */
let cleaner;

/** Takes copies of dialogs off the page as soon as the page brings them. */
export function keepClean() {
  if (cleaner) return;
  const watch = () => { for (const parent of [document.documentElement, document.body]) if (parent) cleaner?.observe(parent, { childList: true }); };
  // The body may be another one.
  cleaner = new MutationObserver(() => { sweep(); watch(); });
  watch();
}

/**
 * The sheet on the page does not reach into a shadow root.
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
 * Where the page leaves light or dark to the browser, so does the dialog. A page that says one of them, by the property
 * `color-scheme` where the dialog is, is followed, also when it changes its mind.
 *
 * @param {HTMLElement} root
 */
export function followScheme(root) {

  let said = root.dataset.scheme;
  if (said !== 'auto') return;
  const follow = () => {
    // Somebody else has chosen since, or it is gone.
    if (root.dataset.scheme !== said || !root.isConnected) return watch.disconnect();
    const around = /** @type {any} */ (root.parentNode);
    const scheme = getComputedStyle(around.host ?? around).colorScheme ?? '';
    said = /^(?:only )?(dark|light)(?: only)?$/.exec(scheme)?.[1] ?? 'auto';
    if (root.dataset.scheme !== said) root.dataset.scheme = said;
  };
  const watch = new MutationObserver(follow);
  for (const element of [document.documentElement, document.body]) watch.observe(element, { attributes: true });
  follow();
}

/** What has the focus in the page, or in the shadow root, that an element is in. @param {Element} element */
const active = (element) => /** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement;

/** Fields of the first screen, and the event that tells of a change. A form of the page's own may have no names. */
const FIELDS = { '[name=country]': 'change', '[name=email], [type=email]': 'input', '[name=phone]': 'input' };

/**
 * What a person did on the first screen that was there before, to be carried over to the dialog. Where the focus and the caret
 * are has to be known before the dialog takes the focus.
 *
 * @param {Element} from
 * @param {boolean} isPainted the painter's screen, where an empty field was emptied; one of the page may never have been filled
 * @returns {(to: Element) => void}
 */
function carried(from, isPainted) {
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

/** Finds, on another drawing of the same screen, what has the focus on this one. @param {Element} element */
function selectorOf(element) {
  const connection = element.getAttribute('data-connection');
  if (connection) return `[data-connection="${CSS.escape(connection)}"]`;
  if (element.matches('[type=email]')) return '[name=email]';
  if (element.matches('[name]:not([type=checkbox])')) return `[name=${element.getAttribute('name')}]`;
  if (element.matches('[type=checkbox]')) return '[type=checkbox]';
  // A title has the focus where there is nothing else to focus; the dialog may have opened on a screen that has a field.
  return element.classList[0] && element.localName !== 'h2' ? `.${element.classList[0]}` : ':not(*)';
}

/**
 * Where the caret, or the selection, is in the field that has the focus. Undefined where that has none, and in a field of the
 * type `email`, which a page may have sent and which does not tell: there it comes to the end of the text.
 *
 * @param {HTMLInputElement} field
 * @returns {[start: number, end: number, direction?: 'forward' | 'backward' | 'none'] | undefined}
 */
function caretOf({ selectionStart, selectionEnd, selectionDirection }) {
  if (typeof selectionStart !== 'number') return undefined;
  return [selectionStart, selectionEnd ?? selectionStart, selectionDirection ?? undefined];
}

/** Whether nobody sees the page. */
export const hidden = () => document.hidden;

/** Whether the browser thinks that it has a network. */
export const online = () => navigator.onLine;

/** @param {Element} element @param {string} property @returns {string} what a property of its style comes to */
export const computed = (element, property) => getComputedStyle(element).getPropertyValue(property);

/**
 * Sets a property of its style through the CSSOM: a `style` attribute would offend a strict content security policy. A value
 * that is none leaves it as it is.
 *
 * @param {HTMLElement} element
 * @param {string} property
 * @param {string} value
 */
export const paint = (element, property, value) => element.style.setProperty(property, value);

/** @param {string} name @param {string} value */
export const pair = (name, value) => ({ [name]: value });

/**
 * A formatter of `Intl` in the digits that the dialog uses everywhere. Undefined for a language tag that is none, and in a
 * browser without it.
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
 * What the scripts of one page have in common: what had the focus when each dialog was opened, containers by their names, the
 * style sheet, and how many dialogs hold it.
 *
 * @type {{ openers: WeakMap<Element | Document, Element | null>, places: Map<string, WeakRef<Element>>, holders: number, sheet: any, css: string }}
 */
let shared = { openers: new WeakMap(), places: new Map(), holders: 0, sheet: undefined, css: '' };

/** Uses the state of another copy of this module: the painter's script and the dialog's have one each. */
export const share = () => shared;
/** @param {typeof shared} other */
export const adopt = (other) => { shared = other; };
/** @param {string} css the style sheet, where the caller of `holdStyles` has none */
export const bringStyles = (css) => { shared.css = css; };

/**
 * Opens a dialog over the page. A browser that has no modal ones shows it all the same, and `More` keeps the page out of
 * reach.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Element} [painted] the screen whose place it takes
 */
function open(dialog, painted) {
  shared.openers.set(dialog, painted && shared.openers.has(painted) ? shared.openers.get(painted) ?? null : document.activeElement);
  // It is there already: it does not come up again.
  dialog.toggleAttribute('data-instant', Boolean(painted));
  try {
    dialog.returnValue = OPEN;
    return dialog.showModal();
  } catch {}
  for (const [name, value] of [['open', ''], ['role', 'dialog'], ['aria-modal', 'true']]) dialog.setAttribute(name, value);
  /** @type {HTMLElement | null} */ (dialog.querySelector('[autofocus]'))?.focus();
}

/**
 * Takes a dialog off the page. The focus goes back to where it was; if that was in another dialog, which is gone, to where it
 * was before that one.
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
 * Puts the style sheet on the page unless it is there. A constructable one passes every content security policy; a browser
 * without them gets an element.
 *
 * @param {string} css
 * @param {string} nonce
 */
export function holdStyles(css, nonce) {
  shared.holders += 1;
  if (shared.holders > 1) return;
  try {
    shared.sheet = new CSSStyleSheet();
    // Old browsers have the class, but neither `replaceSync` nor a list.
    shared.sheet.replaceSync(css || shared.css);
    // Not in place: older browsers froze it.
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, shared.sheet];
  } catch {
    shared.sheet = document.createElement('style');
    if (nonce) shared.sheet.setAttribute('nonce', nonce);
    shared.sheet.textContent = css || shared.css;
    document.head.append(shared.sheet);
  }
}

/** Takes the sheet out of a shadow root. @param {ShadowRoot} scope */
function takeFrom(scope) {
  const { sheet } = shared;
  scope.adoptedStyleSheets = scope.adoptedStyleSheets?.filter((other) => other !== sheet);
  for (const style of scope.querySelectorAll('style')) if (style.textContent === sheet?.textContent) style.remove();
}

/** Takes it off the page when nobody holds it any longer. */
export function dropStyles() {
  shared.holders -= 1;
  if (shared.holders > 0) return;
  if (shared.sheet.remove) shared.sheet.remove();
  else document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== shared.sheet);
}

/**
 * What a storage has under `name`. Undefined where the browser keeps nothing for this page.
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
 * Keeps `text`, or nothing if it is empty. Where there is no storage, that is forgotten.
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
 * Whether the browser keeps what a login needs. A page in a frame of another site may have no cookies, and a storage all the same.
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

/** Below this, in pixels, a browser's bar slides, or it is rounding: no keyboard. */
const LEAST_KEYBOARD = 100;

/**
 * Keeps a dialog above an on-screen keyboard that covers the page instead of shrinking it. Returns what ends that; in a
 * browser that does not tell of keyboards, nothing is done.
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
    // The button stands right under the field.
    if (height > 0) root.querySelector('.lk-submit')?.scrollIntoView(false);
  };
  visualViewport?.addEventListener('resize', lift);
  // It may be there already.
  if (visualViewport && innerHeight - visualViewport.height > LEAST_KEYBOARD) lift();
  return () => visualViewport?.removeEventListener('resize', lift);
}
