// @ts-check
/**
 * The login dialog, with the class that pages know from Lock. Importing this module changes nothing on the page.
 *
 * A page waits only for this file and the painter. The dialog itself (`more.mjs`), with its wasm, loads behind
 * the first screen and then replaces that screen.
 */

import { CSS } from 'latchkey-first-screen';
import { version } from '../../../package.json';
import { Emitter } from './emitter.mjs';
import { addFiles, chosen, files, load } from './language.mjs';
import { folder, loadMore } from './load.mjs';
import { checkArguments, merged } from './options.mjs';
import { followScheme } from './page/colours.js';
import { keepClean } from './page/root.js';
import { nameOf, share } from './page/shared.js';
import { bringStyles } from './page/styles.js';
import { paintColor } from './painter/colour.mjs';
import { containerOf, text } from './painter/look.mjs';
import { PaintedScreen } from './painter/screen.mjs';
import { textsOf } from './painter/texts.mjs';

/** The longest that the dialog waits for its language file before it opens in English, in milliseconds. */
const PATIENCE_MS = 400;

/**
 * Matches a fragment with tokens or an error: `hasTokensOrError` of the SDK in fewer bytes. One test holds both to the same list of
 * addresses.
 */
const RESPONSE = /[#?&/](?:access_token|id_token|refresh_token|error)=/;

/** The event for a screen with a field that is ready, by the channel of the field. */
const READY = /** @type {Record<string, string>} */ ({ email: 'socialOrEmail ready', phone: 'socialOrPhoneNumber ready' });

bringStyles(CSS);

/** The constructor's arguments. @typedef {{ clientID: string, domain: string, options?: any }} Given */

export class Auth0LockPasswordless extends Emitter {
  static version = version;

  /**
   * Makes a closed dialog. Nothing is sent to the tenant, and nothing is put on the page, but the file of a
   * language other than English starts to load. An authorization response in the page's fragment is read.
   *
   * @param {string} clientID
   * @param {string} domain
   * @param {any} [options]
   */
  constructor(clientID, domain, options) {
    super();
    checkArguments(clientID, domain, options);
    if (options?.container?.nodeType) options = { ...options, container: nameOf(options.container) };
    /** @type {Given} */
    this._given = { clientID, domain, options };
    /** The options of the last `show`. @type {any} */
    this._overrides = undefined;
    /**
     * The timer that opens the dialog if its language file does not load in time.
     *
     * @type {ReturnType<typeof setTimeout> | undefined}
     */
    this._opening = undefined;
    /** The painted first screen, until the dialog replaces it. @type {PaintedScreen | undefined} */
    this._painted = undefined;
    /** The dialog, once it has loaded. @type {import('./more.mjs').Dialog | undefined} */
    this._dialog = undefined;
    /** @type {Promise<import('./more.mjs').Dialog> | undefined} */
    this._loading = undefined;
    this._isGone = false;
    addFiles(options ?? {}, folder());
    const { address } = chosen(options ?? {}, folder());
    if (address && !files.has(address)) load(address);
    const { auth } = options ?? {};
    // The timer lets the page add its listeners first. If the page destroys the dialog before that, nobody listens.
    setTimeout(() => {
      const { location, opener, name } = /** @type {any} */ (globalThis);
      if (location) keepClean();
      if (auth?.redirect === false) {
        if (opener && name === 'auth0_signup_popup') this._call('passToOpener');
      } else if (auth?.autoParseHash !== false && location) {
        if (RESPONSE.test(location.hash)) this._call('resumeAuth', location.hash, () => {});
        else this.emit('hash_parsed', null);
      }
    });
  }

  /**
   * Opens the dialog. While the dialog is open, `show` applies only a new colour or colour scheme. After
   * `destroy()`, `show` does nothing.
   *
   * @param {any} [options] for this one showing
   */
  show(options) {
    if (this._isGone) return;
    // The page may have removed the painted screen together with its container.
    if (this._painted && !this._painted.root?.isConnected) this._painted.close('page');
    const open = this._painted?.root ?? this._dialog?.root();
    if (open?.isConnected) restyle(open, options?.theme);
    if (this._painted && options?.theme) this._overrides = { ...this._overrides, theme: { ...this._overrides?.theme, ...options.theme } };
    const isOpen = this._painted || this._opening !== undefined || open?.isConnected;
    if (isOpen) return;
    const base = this._given.options;
    // The dialog parses its options again only if they differ from those of the constructor.
    const differs = options || this._overrides || base?.flashMessage;
    this._overrides = options;
    if (this._dialog) this._dialog.show(differs && merged(base, options));
    else this._openPainted(merged(base, options));
  }

  /** Closes the dialog. Does nothing if the dialog is closed already. */
  hide() {
    if (this._opening !== undefined) {
      clearTimeout(this._opening);
      this._opening = undefined;
      this.emit('cancelled', { by: 'page' });
    }
    if (this._painted) this._painted.close('page');
    else this._dialog?.hide();
  }

  /** Closes the dialog for good, and removes everything that it has put on the page. */
  destroy() {
    this.hide();
    this._dialog?.destroy();
    this._isGone = true;
    queueMicrotask(() => this.removeAllListeners());
  }

  /**
   * Opens the dialog and waits for the outcome. Resolves with `{ step: 'signed in' }` when the browser leaves
   * for the tenant (or with `'signed in elsewhere'` or `'federated login'`). Rejects if the dialog is closed
   * before that, or if nobody can log in. Other errors are shown to the person, who can try again.
   *
   * @param {object} [options] for this one showing
   * @returns {Promise<{ step: string, result?: any }>}
   */
  login(options) {
    return new Promise((resolve, reject) => {
      /** @type {Record<string, (payload?: any) => void>} */
      const listeners = {
        'step changed': ({ step }) => { if (step === 'signed in' && this._given.options?.auth?.redirect !== false) done(() => resolve({ step })); },
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
      // A destroyed dialog emits no events.
      if (this._isGone) listeners.cancelled({ by: 'page' });
    });
  }

  /**
   * Opens the first screen, if necessary after a short wait for the language file. Loads the dialog in the
   * background.
   *
   * @param {any} options
   */
  _openPainted(options) {
    const { language, address } = chosen(options, folder());
    const open = () => {
      clearTimeout(this._opening);
      this._opening = undefined;
      // The dialog may have loaded during the wait. Then no painted screen is needed.
      if (this._dialog) this._dialog.show(options);
      else this._paint(options, textsOf(options.languageDictionary, language, files.get(address ?? '')));
    };
    if (address && !files.has(address)) {
      const opening = setTimeout(open, PATIENCE_MS);
      this._opening = opening;
      load(address).then(() => { if (this._opening === opening) open(); });
    } else {
      open();
    }
    // The dialog loads while the person types. If loading fails now, it is tried again when the dialog is needed.
    requestAnimationFrame(() => setTimeout(() => this._load().catch(() => {})));
  }

  /**
   * @param {any} options
   * @param {import('./painter/texts.mjs').Texts} texts
   */
  _paint(options, texts) {
    const isKnown = this._opensOnFirstScreen(options);
    const painted = new PaintedScreen(options, {
      name: this._name(),
      texts,
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
   * Whether the dialog opens on its first screen. It does so unless this tab waits for a code or a last login is
   * remembered. If the browser blocks the storage, nothing is remembered.
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

  /** The name that dialogs of one client at one tenant share: of the stored data, and of the channel between tabs. */
  _name() {
    const { clientID, domain } = this._given;
    return `latchkey-lock/${domain}/${clientID}`;
  }

  /** Loads the dialog from `lock.more.js`. */
  _load() {
    this._loading ??= loadMore().then((more) => this._take(new more.Dialog(this, this._given, { base: folder(), page: share(), files, load })), (error) => {
      this._loading = undefined;
      const { message } = error;
      if (!this._given.options?.disableWarnings) console.warn(`Auth0LockPasswordless: ${message}. The file has to be beside the script; on another origin, with CORS. In a bundle, import 'latchkey/lock' instead.`);
      if (this._painted?.fail()) this.emit('authorization_error', described('request_error', error.kind, message));
      throw error;
    });
    return this._loading;
  }

  /**
   * Stores the loaded dialog. If the painted screen is open, the dialog replaces it as soon as that disturbs
   * nobody (`whenStill`).
   *
   * @param {import('./more.mjs').Dialog} dialog
   */
  _take(dialog) {
    this._dialog = dialog;
    const painted = this._painted;
    painted?.whenStill(() => {
      if (this._painted !== painted) return;
      this._painted = undefined;
      dialog.takeOver(merged(this._given.options, this._overrides), painted);
    });
    return dialog;
  }

  /**
   * Loads the dialog and calls one of its methods. If the dialog cannot be loaded, the callback among `args` gets
   * the error. Without a callback the promise rejects.
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
 * An error in the form in which events pass it to the page.
 *
 * @param {string} code
 * @param {string} kind
 * @param {string} message
 */
const described = (code, kind, message) => ({ code, error: code, description: message, kind, message });

/** Changes the colour or the colour scheme of an open dialog. @param {HTMLElement} root @param {any} [theme] */
function restyle(root, { scheme, primaryColor } = {}) {
  if (['auto', 'dark', 'light'].includes(scheme)) root.dataset.scheme = scheme;
  followScheme(root);
  paintColor(root, text(primaryColor));
}

for (const name of ['checkSession', 'getProfile', 'getUserInfo', 'logout', 'resumeAuth']) {
  /** @type {any} */ (Auth0LockPasswordless.prototype)[name] = function (/** @type {any[]} */ ...args) { return this._call(name, ...args); };
}
