// @ts-check
/** What the dialog asks of the browser where JavaScript says it shorter than Rust. Bound in `src/page.rs`. */

/**
 * An element as a line of words says: its tag and classes as in a selector, then its attributes, none of which has a blank in
 * it. `button.lk-alt.lk-last type=submit`
 *
 * @param {string} line
 */
export function element(line) {
  const [selector, ...attributes] = line.split(' ');
  const [tag, ...classes] = selector.split('.');
  const made = document.createElementNS(`http://www.w3.org/${/svg|path/.test(tag) ? '2000/svg' : '1999/xhtml'}`, tag);
  if (classes[0]) made.setAttribute('class', classes.join(' '));
  for (const attribute of attributes) {
    const [name, value = ''] = attribute.split('=');
    made.setAttribute(name, value);
  }
  return made;
}

/**
 * Where a dialog is put: the element of that id, or the page's body.
 *
 * @param {string} [id]
 * @returns {Element | undefined}
 */
export const host = (id) => (id === undefined ? document.body ?? document.documentElement : document.getElementById(id) ?? undefined);

/**
 * Puts a dialog into its container, in the place of what the page had there to be seen meanwhile, as Lock does. The address
 * that was typed there, the terms that were ticked and the focus go on in the dialog.
 *
 * @param {Element} place
 * @param {Element} root the dialog's element
 */
export function settle(place, root) {
  // Another dialog in the same place has a life of its own.
  if (place.querySelector('.lk:not(.lk--early)')) return place.append(root);
  /** @type {(HTMLInputElement | null)[]} */
  const [typed, ticked] = [place.querySelector('[type=email]'), place.querySelector('[name=terms]:checked')];
  const isHere = typed?.matches(':focus');
  place.replaceChildren(root);
  /** @type {(HTMLInputElement | null)[]} */
  const [field, box] = [root.querySelector('[type=email]'), root.querySelector('[type=checkbox]')];
  if (ticked) box?.click();
  if (!field || !typed) return;
  if (typed.value) field.value = typed.value;
  field.dispatchEvent(new Event('input'));
  if (isHere) field.focus();
}

/** Whether nobody sees the page. */
export const hidden = () => document.hidden;

/** Whether the browser thinks that it has a network. */
export const online = () => navigator.onLine;

/** Whether somebody wants out: one who writes with an input method means that. @param {KeyboardEvent} event */
export const escapes = (event) => event.key === 'Escape' && !event.isComposing;

/** @param {ClipboardEvent} event @returns {string} what somebody pastes */
export const pasted = (event) => event.clipboardData?.getData('text') ?? '';

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

/** What had the focus when each dialog was opened. @type {WeakMap<Element | Document, Element | null>} */
const openers = new WeakMap();

/**
 * Opens a dialog over the page. A browser that has no modal ones shows it all the same, and `More` keeps the page out of
 * reach.
 *
 * @param {HTMLDialogElement} dialog
 */
export function open(dialog) {
  openers.set(dialog, document.activeElement);
  try {
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
  root.close?.();
  root.remove();
  if (document.activeElement !== document.body) return;
  let opener = openers.get(root);
  while (opener && !opener.isConnected) opener = openers.get(opener.closest('.lk') ?? document);
  /** @type {HTMLElement | null | undefined} */ (opener)?.focus({ preventScroll: true });
}

/** How many dialogs hold the style sheet, and what brings it on the page. */
let holders = 0;
/** @type {any} */
let sheet;

/**
 * Puts the style sheet on the page unless it is there. A constructable one passes every content security policy; a browser
 * without them gets an element.
 *
 * @param {string} css
 * @param {string} nonce
 */
export function holdStyles(css, nonce) {
  holders += 1;
  if (holders > 1) return;
  try {
    sheet = new CSSStyleSheet();
    // Old browsers have the class, but neither `replaceSync` nor a list.
    sheet.replaceSync(css);
    // Not in place: older browsers froze it.
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {
    sheet = document.createElement('style');
    if (nonce) sheet.setAttribute('nonce', nonce);
    sheet.textContent = css;
    document.head.append(sheet);
  }
}

/** Takes it off the page when nobody holds it any longer. */
export function dropStyles() {
  holders -= 1;
  if (holders > 0) return;
  if (sheet.remove) sheet.remove();
  else document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
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

/** What is known of mail services and of Lock: comes with `lock.more.js`. @type {typeof import('./more.mjs') | undefined} */
let known;

/** @param {typeof import('./more.mjs')} more */
export const know = (more) => { known = more; };

/** @param {any} error @returns {any} what the page hears of it, in Lock's words */
export const told = (error) => known?.told(error) ?? error;

/** @param {string} email @returns {string | undefined} the address that was probably meant */
export const suggest = (email) => known?.suggest(email);

/** @param {string} email @returns {string | undefined} where its owner reads mail: the page's address, a blank, its name */
export const webmail = (email) => known?.webmail(email);

/** @param {string} name @returns {BroadcastChannel | undefined} undefined in a browser that has none */
export function channel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {}
}
