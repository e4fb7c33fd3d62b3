// @ts-check
/**
 * The painted first screen, which is shown until the dialog has loaded. The build makes the screen's data from
 * the dialog's own view. The screen sends nothing and checks nothing. The dialog that replaces it carries out
 * what the person did here.
 */

import { MARKS, PIECES } from 'latchkey-first-screen';
import { open as openPopup } from '../../../webauth/js/popup.mjs';
import { put } from '../page/handover.js';
import { avoidKeyboard } from '../page/keyboard.js';
import { close } from '../page/root.js';
import { host } from '../page/shared.js';
import { channel } from '../page/storage.js';
import { dropStyles, holdStyles } from '../page/styles.js';
import { paintColor } from './colour.mjs';
import { countriesIn, homeCountry } from './countries.mjs';
import { draw, filled } from './draw.mjs';
import { containerOf, factsOf, flashOf, isClosable, text, methodsOf } from './look.mjs';
import { treeOf } from './tree.mjs';
import { around } from './texts.mjs';

/** @typedef {import('./tree.mjs').Node} Node */

/**
 * The selector of a button that the person pressed. The dialog presses it again.
 *
 * @typedef {string} Pressed
 */

const SUBMIT = '.lk-submit';

/** The number of screens so far. Ids of painted screens begin with a `p`, which the dialog's ids do not have. */
let count = 0;

export class PaintedScreen {
  /**
   * @param {any} options
   * @param {{
   *   name: string,
   *   texts: import('./texts.mjs').Texts,
   *   isKnown: boolean,
   *   onPress: () => void,
   *   onClose: (by: 'person' | 'page') => void,
   * }} how `name`: the name of the channel to the browser's other dialogs. `isKnown`: whether the painter has
   *   data for the screen. If not, it paints an empty, busy panel. `onPress`: called when the dialog is needed, which
   *   is after a press, and when the browser is online again. `onClose`: called after the screen was closed.
   */
  constructor(options, { name, texts, isKnown, onPress, onClose }) {
    this.options = options;
    this.name = name;
    /** Messages from the browser's other dialogs. The dialog handles them when it has loaded. @type {string[]} */
    this.news = [];
    this.texts = texts;
    this.onPress = onPress;
    this.onClose = onClose;
    this.flash = flashOf(options);
    /** @type {Pressed | undefined} */
    this.pressed = undefined;
    /**
     * The window of a login that does not leave the page. Browsers open windows only in a click, so the painted
     * screen opens it.
     *
     * @type {Window | null | undefined}
     */
    this.popup = undefined;
    this.id = `p${count += 1}`;
    this._composing = false;
    this.state = isKnown ? 'idle' : 'waiting';
    const { channels, social } = methodsOf(options);
    this.hasField = channels.length > 0;
    this.social = social;
    this.channel = channels[0];
    const { email, phoneNumber } = options.prefill ?? {};
    /** Values of placeholders (`⟪name⟫`) that are not texts of the dictionary. @type {Record<string, string>} */
    this.values = { id: this.id, email: text(email) ?? '', phone: text(phoneNumber) ?? '', logo: text(options.theme?.logo) ?? '' };
  }

  /** Puts the screen on the page. Returns false if the page does not have the container. */
  open() {
    const container = containerOf(this.options);
    const into = host(container);
    if (!into) return false;
    this.root = /** @type {HTMLElement} */ (draw(this._tree()));
    holdStyles('', text(this.options.styleNonce) ?? '');
    if (this.channel === 'phone') this._chooseCountry(this.root);
    put(this.root, into, Boolean(container));
    // The listeners that `put` adds may stop a `close` event. So they come first.
    this._listen(this.root);
    paintColor(this.root, text(this.options.theme?.primaryColor));
    this._paintBadges();
    return true;
  }

  /** Takes the screen off the page. @param {'person' | 'page'} by */
  close(by) {
    this._stop();
    this.popup?.close();
    if (this.root) close(this.root);
    this.onClose(by);
  }

  /** Ends the work of this screen when the dialog has replaced it. */
  leave() {
    this._stop();
  }

  /**
   * Calls `then` when the screen can be replaced. While an input method composes a text, it cannot, because the
   * text would be lost. While an animation runs, it cannot either.
   *
   * @param {() => void} then
   */
  whenStill(then) {
    if (this._composing) {
      this.root?.addEventListener('compositionend', () => setTimeout(() => this.whenStill(then)), { once: true });
      return;
    }
    const moving = this.root?.firstElementChild?.getAnimations?.() ?? [];
    if (moving.length === 0) then();
    else Promise.allSettled(moving.map(({ finished }) => finished)).then(() => this.whenStill(then));
  }

  /** Called when the dialog could not be loaded. If the person is waiting for it, shows an error and returns true. */
  fail() {
    const isWanted = Boolean(this.pressed) || this.state === 'waiting';
    if (!isWanted || !this.root) return isWanted;
    const isOffline = !navigator.onLine;
    // While the browser is offline, the press is kept. It is carried out when the browser is online again.
    if (!isOffline) {
      this.pressed = undefined;
      this.popup?.close();
    }
    this.flash = { tone: 'error', text: this.texts.get(isOffline ? 'error.passwordless.offline' : 'error.passwordless.unreachable') };
    const wasWaiting = this.state === 'waiting';
    this.state = 'idle';
    this._draw();
    if (wasWaiting) /** @type {HTMLElement | null} */ (this.root.querySelector('[autofocus]'))?.focus();
    return true;
  }

  /** The tree of the screen in its current state. @returns {Node} */
  _tree() {
    const { texts, flash, state } = this;
    const facts = { ...factsOf(this.options), direction: texts.direction, note: flash?.tone ?? 'none', state };
    const tree = treeOf(PIECES, facts);
    const label = around(texts.get('signUpWithLabel'));
    const textOf = (/** @type {string} */ name) => this.values[name]
      ?? { note: flash?.text, language: texts.language, before: label.before, after: label.after }[name] ?? texts.get(name);
    return filled(this._repeated(tree), textOf);
  }

  /**
   * The data has templates for two parts of the screen: for a social button, and for an `<option>`. This
   * function repeats the first for each connection and the second for each country.
   *
   * @param {Node} node
   * @returns {Node}
   */
  _repeated(node) {
    if (typeof node === 'string') return node;
    const [name, attributes, ...children] = node;
    if (attributes.class === 'lk-social') {
      const [withLetter, withIcon] = children;
      return [name, attributes, ...this.social.map(({ connection, name, icon }) => {
        const values = /** @type {Record<string, string>} */ ({ connection, pictured: connection, name, icon: icon ?? '', letter: MARKS.includes(connection) ? '' : [...name][0] ?? '' });
        return filled(icon ? withIcon : withLetter, (place) => values[place] ?? `⟪${place}⟫`);
      })];
    }
    if (name === 'select') {
      const options = countriesIn(this.texts.language).map(({ code, name }) => filled(children[0], (place) => (place === 'code' ? code : name)));
      return [name, attributes, ...options];
    }
    return [name, attributes, ...children.map((child) => this._repeated(child))];
  }

  _draw() {
    draw(this._tree(), this.root);
  }

  /** @param {HTMLElement} root */
  _chooseCountry(root) {
    const list = /** @type {HTMLSelectElement | null} */ (root.querySelector('[name=country]'));
    if (list) list.value = homeCountry(this.options.defaultLocation);
  }

  /** Sets the colours of badges. A strict policy forbids `style` attributes, so they are set through the CSSOM. */
  _paintBadges() {
    this.social.forEach(({ primaryColor, foregroundColor }, at) => {
      const badge = /** @type {HTMLElement | undefined} */ (this.root?.querySelectorAll('.lk-social .lk-badge')[at]);
      badge?.style.setProperty('background-color', primaryColor ?? '');
      badge?.style.setProperty('color', foregroundColor ?? '');
    });
  }

  /** @param {Pressed} button @param {string} [state] the screen's state until the dialog has loaded */
  _press(button, state) {
    if (this.state !== 'idle') return;
    this.pressed = button;
    if (state) {
      this.state = state;
      this.flash = undefined;
      this._draw();
    }
    this.onPress();
  }

  /** @param {string} connection */
  _pressSocial(connection) {
    const { auth, popupOptions } = this.options;
    if (this.state === 'idle' && auth?.redirect === false) this.popup = openPopup('', popupOptions);
    this._press(`[data-connection="${CSS.escape(connection)}"]`, 'leaving');
  }

  /** @param {HTMLElement} root */
  _listen(root) {
    const listeners = new AbortController();
    const { signal } = listeners;
    const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ listener) => root.addEventListener(name, listener, { signal, capture: true });
    const leave = (/** @type {Event} */ event) => {
      event.preventDefault();
      event.stopPropagation();
      if (isClosable(this.options)) this.close('person');
    };
    on('submit', (event) => {
      event.preventDefault();
      this._press(SUBMIT, 'sending');
    });
    on('click', ({ target }) => {
      const button = /** @type {HTMLElement | null} */ (target.closest('button'));
      if (button?.matches('.lk-close')) this.close('person');
      else if (button?.dataset.connection) this._pressSocial(button.dataset.connection);
      else if (button?.matches('.lk-link')) this._press('.lk-row--center .lk-link');
    });
    on('keydown', (event) => { if (event.key === 'Escape' && !event.isComposing) leave(event); });
    on('cancel', leave);
    on('lk-scheme', () => paintColor(root, text(this.options.theme?.primaryColor)));
    // A script of the page or the browser closed the painted dialog. Our own `close` removes it before this event.
    on('close', () => { if (root.isConnected) this.close('page'); });
    // A press while offline is kept. A person who then goes on typing does not want the earlier text sent.
    on('input', () => { if (this.pressed === SUBMIT && this.state === 'idle') this.pressed = undefined; });
    on('compositionstart', () => { this._composing = true; });
    on('compositionend', () => { this._composing = false; });
    // Hides a logo that cannot be loaded.
    on('error', ({ target }) => { if (target.matches('.lk-logo')) target.hidden = true; });
    const online = () => this.onPress();
    addEventListener('online', online);
    const unlift = avoidKeyboard(root);
    const other = channel(this.name);
    if (other) other.onmessage = ({ data }) => { this.news.push(data); };
    this._stop = () => {
      listeners.abort();
      removeEventListener('online', online);
      unlift();
      other?.close();
      dropStyles();
      this._stop = () => {};
    };
  }

  /** Does nothing until `_listen` replaces it. */
  _stop() {}
}
