// @ts-check
/**
 * The login dialog, with the class that pages know from Lock. Importing has no side effect.
 *
 * This file and the painter are all that a page waits for. The dialog itself, with its wasm, comes behind the first screen and
 * takes its place (`more.mjs`).
 */

import { CSS } from 'latchkey-first-screen';
import { version } from '../../../package.json';
import { Emitter } from './emitter.mjs';
import { chosen, files, load, take } from './language.mjs';
import { folder, loadMore } from './load.mjs';
import { checkArguments, merged } from './options.mjs';
import { bringStyles, followScheme, keepClean, nameOf, share } from './page.js';
import { paintColor } from './painter/colour.mjs';
import { containerOf, text } from './painter/look.mjs';
import { PaintedScreen } from './painter/screen.mjs';
import { wordsOf } from './painter/words.mjs';

/** How long the dialog may wait for its language before it opens in English. */
const PATIENCE_MS = 400;

/** A fragment that the tenant may have written: an authorization response. */
const RESPONSE = /[#?&/](?:access_token|id_token|refresh_token|error)=/;

/** The event that says that a screen with a field is ready, by the channel of the field. */
const READY = /** @type {Record<string, string>} */ ({ email: 'socialOrEmail ready', phone: 'socialOrPhoneNumber ready' });

bringStyles(CSS);

export class Auth0LockPasswordless extends Emitter {
  static version = version;

  /**
   * Makes a closed dialog. Nothing is sent to the tenant, and nothing is put on the page; the words of another
   * language than English begin to load. An authorization response in the page's fragment is read.
   *
   * @param {string} clientID
   * @param {string} domain
   * @param {any} [options]
   */
  constructor(clientID, domain, options) {
    super();
    checkArguments(clientID, domain, options);
    if (options?.container?.nodeType) options = { ...options, container: nameOf(options.container) };
    /** @type {[clientID: string, domain: string, options?: any]} */
    this._given = [clientID, domain, options];
    /** What the last `show` was given. @type {any} */
    this._overrides = undefined;
    /** Opens the dialog when its language has come, or after a while. @type {ReturnType<typeof setTimeout> | undefined} */
    this._opening = undefined;
    /** The first screen, until the dialog takes its place. @type {PaintedScreen | undefined} */
    this._painted = undefined;
    /** The dialog, once it is there. @type {import('./more.mjs').Dialog | undefined} */
    this._dialog = undefined;
    /** @type {Promise<import('./more.mjs').Dialog> | undefined} */
    this._loading = undefined;
    this._isGone = false;
    take(options ?? {}, folder());
    const { address } = chosen(options ?? {}, folder());
    if (address && !files.has(address)) load(address);
    const { auth } = options ?? {};
    // Not at once: the page has yet to listen. After `destroy` nobody does.
    setTimeout(() => {
      const { location, opener, name } = /** @type {any} */ (globalThis);
      if (location) keepClean();
      if (auth?.redirect === false) {
        if (opener && name === 'auth0_signup_popup') this._call('answerOpener');
      } else if (auth?.autoParseHash !== false && location) {
        if (RESPONSE.test(location.hash)) this._call('resumeAuth', location.hash, () => {});
        else this.emit('hash_parsed', null);
      }
    });
  }

  /**
   * Opens the dialog. While it is open, it takes another colour or colour scheme and nothing else; after `destroy()` nothing.
   *
   * @param {any} [options] for this one showing
   */
  show(options) {
    if (this._isGone) return;
    // The page may have thrown it away together with what it was in.
    if (this._painted && !this._painted.root?.isConnected) this._painted.close('page');
    const open = this._painted?.root ?? this._dialog?.root();
    if (open?.isConnected) restyle(open, options?.theme);
    if (this._painted && options?.theme) this._overrides = { ...this._overrides, theme: { ...this._overrides?.theme, ...options.theme } };
    const isOpen = this._painted || this._opening !== undefined || open?.isConnected;
    if (isOpen) return;
    const base = this._given[2];
    // The dialog reads its options again only where there is something else to read.
    const differs = options || this._overrides || base?.flashMessage;
    this._overrides = options;
    if (this._dialog) this._dialog.show(differs && merged(base, options));
    else this._openPainted(merged(base, options));
  }

  /** Closes the dialog. Does nothing while it is closed. */
  hide() {
    if (this._opening !== undefined) {
      clearTimeout(this._opening);
      this._opening = undefined;
      this.emit('cancelled', { by: 'page' });
    }
    if (this._painted) this._painted.close('page');
    else this._dialog?.hide();
  }

  /** Closes the dialog for good, and leaves nothing of it on the page. */
  destroy() {
    this.hide();
    this._dialog?.destroy();
    this._isGone = true;
    queueMicrotask(() => this.removeAllListeners());
  }

  /**
   * Opens the dialog and waits for how it ends: resolves with `{ step: 'signed in' }` when the browser is on its way
   * to the tenant (or `'signed in elsewhere'`, or `'federated login'`), rejects when the dialog is closed before, or
   * cannot log anybody in. What goes wrong on the way is between the person and the dialog.
   *
   * @param {object} [options] for this one showing
   * @returns {Promise<{ step: string, result?: any }>}
   */
  login(options) {
    return new Promise((resolve, reject) => {
      /** @type {Record<string, (payload?: any) => void>} */
      const listeners = {
        'step changed': ({ step }) => { if (step === 'signed in' && this._given[2]?.auth?.redirect !== false) done(() => resolve({ step })); },
        authenticated: (result) => done(() => resolve({ step: 'signed in', result })),
        'federated login': () => done(() => resolve({ step: 'federated login' })),
        'signed in elsewhere': () => done(() => resolve({ step: 'signed in elsewhere' })),
        cancelled: ({ by }) => done(() => reject(Object.assign(new Error('The login dialog was closed.'), { kind: 'cancelled', by }))),
        unrecoverable_error: (error) => done(() => reject(Object.assign(new Error(error?.description ?? 'Nobody can log in here.'), error))),
      };
      const done = (/** @type {() => void} */ settle) => {
        for (const [name, listener] of Object.entries(listeners)) this.off(name, listener);
        settle();
      };
      for (const [name, listener] of Object.entries(listeners)) this.on(name, listener);
      this.show(options);
      // Nothing comes of a dialog that was closed for good.
      if (this._isGone) listeners.cancelled({ by: 'page' });
    });
  }

  /** Opens the first screen, if need be after a short wait for its language, and loads the dialog behind it. @param {any} options */
  _openPainted(options) {
    const { language, address } = chosen(options, folder());
    const open = () => {
      clearTimeout(this._opening);
      this._opening = undefined;
      // The dialog may have come while its language was waited for: nothing has to be painted.
      if (this._dialog) this._dialog.show(options);
      else this._paint(options, wordsOf(options.languageDictionary, language, files.get(address ?? '')));
    };
    if (address && !files.has(address)) {
      const opening = setTimeout(open, PATIENCE_MS);
      this._opening = opening;
      load(address).then(() => { if (this._opening === opening) open(); });
    } else {
      open();
    }
    // Behind the first screen, while the person types. What fails to load now is tried again when it is needed.
    requestAnimationFrame(() => setTimeout(() => this._load().catch(() => {})));
  }

  /**
   * @param {any} options
   * @param {import('./painter/words.mjs').Words} words
   */
  _paint(options, words) {
    const isKnown = this._opensOnFirstScreen(options);
    const painted = new PaintedScreen(options, {
      name: this._name(),
      words,
      isKnown,
      onPress: () => this._load().catch(() => {}),
      onClose: (by) => {
        this._painted = undefined;
        this.emit('cancelled', { by });
        this.emit('hide');
      },
    });
    this._painted = painted;
    this.emit('show');
    if (isKnown && painted.hasField) this.emit(READY[painted.channel]);
    if (painted.open()) return;
    const message = `the page has no \`${containerOf(options) ?? 'body'}\``;
    console.warn(`Auth0LockPasswordless: ${message}.`);
    this.emit('unrecoverable_error', described('invalid_options', 'invalid_options', message));
    painted.close('page');
  }

  /**
   * Whether the dialog opens on its first screen: no code is awaited in this tab, and no last login is offered. Where the browser
   * keeps nothing for the page, nothing is awaited.
   *
   * @param {any} options
   */
  _opensOnFirstScreen({ rememberLastLogin }) {
    const name = this._name();
    try {
      return !sessionStorage.getItem(name) && !(rememberLastLogin === true && localStorage.getItem(name));
    } catch {
      return true;
    }
  }

  /** What dialogs of one client at one tenant have in common: the place of what they remember, and the line between tabs. */
  _name() {
    const [clientID, domain] = this._given;
    return `latchkey-lock/${domain}/${clientID}`;
  }

  /** The dialog, from `lock.more.js`. */
  _load() {
    this._loading ??= loadMore().then((more) => this._take(new more.Dialog(this, this._given, { base: folder(), page: share(), files, load })), (error) => {
      this._loading = undefined;
      const { message } = error;
      if (!this._given[2]?.disableWarnings) console.warn(`Auth0LockPasswordless: ${message}. The file has to be beside the script; on another origin, with CORS. In a bundle, import 'latchkey/lock' instead.`);
      if (this._painted?.fail()) this.emit('authorization_error', described('request_error', error.kind, message));
      throw error;
    });
    return this._loading;
  }

  /**
   * The dialog is there. It takes the place of the first screen, if that is open, as soon as nobody would notice.
   *
   * @param {import('./more.mjs').Dialog} dialog
   */
  _take(dialog) {
    this._dialog = dialog;
    const painted = this._painted;
    painted?.whenStill(() => {
      if (this._painted !== painted) return;
      this._painted = undefined;
      dialog.takeOver(merged(this._given[2], this._overrides), painted);
    });
    return dialog;
  }

  /**
   * Calls a method of the dialog's, which is loaded for it. The callback, if there is one, hears of a failure to load.
   *
   * @param {string} name
   * @param {any[]} args
   * @returns {Promise<any>}
   */
  _call(name, ...args) {
    const work = this._load().then((dialog) => /** @type {any} */ (dialog)[name](...args));
    const cb = args.find((arg) => typeof arg === 'function');
    return cb ? work.catch(cb) : work;
  }
}

/**
 * An error as events have it.
 *
 * @param {string} code
 * @param {string} kind
 * @param {string} message
 */
const described = (code, kind, message) => ({ code, error: code, description: message, kind, message });

/** Gives an open dialog another look. @param {HTMLElement} root @param {any} [theme] */
function restyle(root, { scheme, primaryColor } = {}) {
  if (['auto', 'dark', 'light'].includes(scheme)) root.dataset.scheme = scheme;
  followScheme(root);
  paintColor(root, text(primaryColor));
}

for (const name of ['checkSession', 'getProfile', 'getUserInfo', 'logout', 'resumeAuth']) {
  /** @type {any} */ (Auth0LockPasswordless.prototype)[name] = function (/** @type {any[]} */ ...args) { return this._call(name, ...args); };
}
