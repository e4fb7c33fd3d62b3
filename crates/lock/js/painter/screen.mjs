// @ts-check
/**
 * The first screen before the dialog is there: drawn at once, from data that the build made of the dialog's own view. It
 * sends nothing and checks nothing. What a person does on it, the dialog carries on with when it takes this screen's place.
 */

import { MARKS, PIECES } from 'latchkey-first-screen';
import { open as openPopup } from '../../../webauth/js/popup.mjs';
import { avoidKeyboard, channel, close, dropStyles, holdStyles, host, put } from '../page.js';
import { paintColor } from './colour.mjs';
import { countriesIn, homeCountry } from './countries.mjs';
import { draw, filled } from './draw.mjs';
import { containerOf, factsOf, flashOf, isClosable, text, waysOf } from './look.mjs';
import { treeOf } from './tree.mjs';
import { around } from './words.mjs';

/** @typedef {import('./tree.mjs').Node} Node */

/**
 * A button that a person pressed, for the dialog to press again: by the selector that finds it there.
 *
 * @typedef {string} Pressed
 */

/** The main button. */
const SUBMIT = '.lk-submit';

/** Numbers the screens of a page. The dialog's own ids have numbers alone. */
let count = 0;

export class PaintedScreen {
  /**
   * @param {any} options
   * @param {{
   *   name: string,
   *   words: import('./words.mjs').Words,
   *   isKnown: boolean,
   *   onPress: () => void,
   *   onClose: (by: 'person' | 'page') => void,
   * }} how `name`: of the line to the browser's other dialogs. `isKnown`: whether the first screen is one that there is data for; else an empty panel says that it is busy.
   *   `onPress` is told of a press that needs the dialog
   */
  constructor(options, { name, words, isKnown, onPress, onClose }) {
    this.options = options;
    this.name = name;
    /** What other dialogs of this browser told meanwhile. @type {string[]} */
    this.heard = [];
    this.words = words;
    this.onPress = onPress;
    this.onClose = onClose;
    this.flash = flashOf(options);
    /** @type {Pressed | undefined} */
    this.pressed = undefined;
    /** The window of a login that does not leave the page. Browsers open one in a click alone. @type {Window | null | undefined} */
    this.popup = undefined;
    this.id = `p${count += 1}`;
    this._composing = false;
    this.state = isKnown ? 'idle' : 'waiting';
    const { channels, social } = waysOf(options);
    this.hasField = channels.length > 0;
    this.social = social;
    this.channel = channels[0];
    const { email, phoneNumber } = options.prefill ?? {};
    /** Values for places that are no words. @type {Record<string, string>} */
    this.values = { id: this.id, email: text(email) ?? '', phone: text(phoneNumber) ?? '', logo: text(options.theme?.logo) ?? '' };
  }

  /** Puts the screen on the page. False, if the page has no place for it. */
  open() {
    const container = containerOf(this.options);
    const into = host(container);
    if (!into) return false;
    this.root = /** @type {HTMLElement} */ (draw(this._tree()));
    holdStyles('', text(this.options.styleNonce) ?? '');
    if (this.channel === 'phone') this._chooseCountry(this.root);
    put(this.root, into, Boolean(container));
    // Behind what keeps the dialog open when something else closes it.
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

  /** The dialog has taken this screen's place. */
  leave() {
    this._stop();
  }

  /**
   * Calls `then` once the screen can be replaced: nobody writes with an input method, whose text would be lost with its field,
   * and the panel has come to rest.
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

  /** The dialog cannot be loaded. Whether somebody waits for it, who is told so. */
  fail() {
    const isWanted = Boolean(this.pressed) || this.state === 'waiting';
    if (!isWanted || !this.root) return isWanted;
    const isOffline = !navigator.onLine;
    // Without a network the press is kept: it is carried out as soon as there is one.
    if (!isOffline) {
      this.pressed = undefined;
      this.popup?.close();
    }
    this.flash = { tone: 'error', text: this.words.say(isOffline ? 'error.passwordless.offline' : 'error.passwordless.unreachable') };
    const wasWaiting = this.state === 'waiting';
    this.state = 'idle';
    this._draw();
    if (wasWaiting) /** @type {HTMLElement | null} */ (this.root.querySelector('[autofocus]'))?.focus();
    return true;
  }

  /** The screen as it is now. @returns {Node} */
  _tree() {
    const { words, flash, state } = this;
    const facts = { ...factsOf(this.options), direction: words.direction, note: flash?.tone ?? 'none', state };
    const tree = treeOf(PIECES, facts);
    const label = around(words.say('signUpWithLabel'));
    const say = (/** @type {string} */ name) => this.values[name]
      ?? { note: flash?.text, language: words.language, before: label.before, after: label.after }[name] ?? words.say(name);
    return filled(this._repeated(tree), say);
  }

  /**
   * The tree with a button for each social connection, and an option for each country, in the place of the one that the data has.
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
      const options = countriesIn(this.words.language).map(({ code, name }) => filled(children[0], (place) => (place === 'code' ? code : name)));
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

  /** Colours of buttons are set through the CSSOM, as the dialog's own colour. */
  _paintBadges() {
    this.social.forEach(({ primaryColor, foregroundColor }, at) => {
      const badge = /** @type {HTMLElement | undefined} */ (this.root?.querySelectorAll('.lk-social .lk-badge')[at]);
      badge?.style.setProperty('background-color', primaryColor ?? '');
      badge?.style.setProperty('color', foregroundColor ?? '');
    });
  }

  /** @param {Pressed} button @param {string} [state] that of the screen meanwhile */
  _press(button, state) {
    // Something that was pressed before is under way already.
    if (this.state === 'waiting' || this.state !== 'idle') return;
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
    // The browser closed it by itself.
    on('lk-scheme', () => paintColor(root, text(this.options.theme?.primaryColor)));
    on('close', () => { if (root.isConnected) this.close('page'); });
    // Somebody who types on wants something else sent than what waits for the network.
    on('input', () => { if (this.pressed === SUBMIT && this.state === 'idle') this.pressed = undefined; });
    on('compositionstart', () => { this._composing = true; });
    on('compositionend', () => { this._composing = false; });
    // An image that cannot be loaded: no broken picture.
    on('error', ({ target }) => { if (target.matches('.lk-logo')) target.hidden = true; });
    const online = () => this.onPress();
    addEventListener('online', online);
    const unlift = avoidKeyboard(root);
    const line = channel(this.name);
    if (line) line.onmessage = ({ data }) => { this.heard.push(data); };
    this._stop = () => {
      listeners.abort();
      removeEventListener('online', online);
      unlift();
      line?.close();
      dropStyles();
      this._stop = () => {};
    };
  }

  /** Ends what `_listen` began. */
  _stop() {}
}
