// @ts-check
/** The login dialog, with the class that pages know from Lock. Importing has no side effect. */

import { LockHandle, join } from 'latchkey-bindings';
import { ready } from 'latchkey-loader';
import { version } from '../../../package.json';
import { Emitter } from './emitter.mjs';
import { know, told } from './page.js';

/** Where the script was loaded from, with the folder `languages` beside it and `lock.more.js`. */
const place = {
  folder: '',
  /** Some browsers remember that an address failed, so each try has one of its own. @type {(failures: number) => Promise<any>} */
  load: (failures) => import(/* @vite-ignore */ `${place.folder || '.'}/lock.more.js${failures ? `?${failures}` : ''}`),
};

/**
 * @param {string | undefined} script the script's address
 * @param {() => Promise<any>} [load] how a module gets at the other one
 */
export function locate(script, load) {
  place.folder = script ? script.slice(0, script.lastIndexOf('/')) : '';
  if (load) place.load = load;
}

/** Of this very module: only what was built with it fits. */
const BUILD = '__LATCHKEY_BUILD__';

/** How long a language file may take, and `lock.more.js`. */
const TIMEOUT_MS = 20_000;

/**
 * The words of a language; nothing, where they cannot be loaded.
 *
 * @param {string} address
 * @returns {Promise<any>}
 */
const words = (address) => fetch(address, { signal: AbortSignal.timeout?.(TIMEOUT_MS) }).then((answer) => (answer.ok ? answer.json() : undefined)).catch(() => {});

/** A fragment that the tenant may have written. */
const ANSWER = /[#?&/](?:access_token|id_token|refresh_token|error)=/;

/**
 * The options of a dialog with those of one `show` over them. As in Lock, `auth.params` is replaced, and what `show` may
 * not change is not.
 *
 * @param {any} options
 * @param {any} show
 */
function merged(options, show) {
  const over = (/** @type {any} */ base, /** @type {any} */ given, /** @type {string[]} */ names) =>
    Object.assign({}, base, ...names.filter((name) => given?.[name] !== undefined).map((name) => ({ [name]: given[name] })));
  return {
    ...over(options, show, ['allowAutocomplete', 'allowedConnections', 'flashMessage', 'language', 'languageDictionary', 'rememberLastLogin']),
    auth: over(options?.auth, show?.auth, ['params']),
    theme: over(options?.theme, show?.theme, ['logo', 'primaryColor']),
  };
}

export class Auth0LockPasswordless extends Emitter {
  static version = version;

  /**
   * Makes a closed dialog. Nothing is sent to the tenant, and nothing is put on the page; the words of another
   * language than English begin to load. An answer of the tenant in the page's fragment is read.
   *
   * @param {string} clientID
   * @param {string} domain
   * @param {any} [options]
   */
  constructor(clientID, domain, options) {
    super();
    ready();
    const emit = (/** @type {string} */ name, /** @type {any} */ payload) => {
      if (name === 'authorization_error') {
        payload = told(payload);
        // The person may have scrolled past what the dialog has to say.
        if (options?.scrollGlobalMessagesIntoView !== false) document.querySelectorAll('.lk-note').forEach((note) => note.scrollIntoView({ block: 'nearest' }));
      }
      this.emit(name, payload);
    };
    /** @type {[clientID: string, domain: string, options?: any]} */
    this._given = [clientID, domain, options];
    /** @type {Promise<any> | undefined} */
    this._loading = undefined;
    this._failures = 0;
    /** The request in flight. @type {AbortController | undefined} */
    this._request = undefined;
    /** What the last `show` was given. @type {any} */
    this._overrides = undefined;
    this._handle = new LockHandle(clientID, domain, options, emit, this._serve.bind(this), place.folder);
    const { auth } = options ?? {};
    // Not at once: the page has yet to listen. After `destroy` nobody does.
    setTimeout(() => {
      const { location, opener, name } = /** @type {any} */ (globalThis);
      if (auth?.redirect === false) {
        if (opener && name === 'auth0_signup_popup') this._more('answerOpener');
      } else if (auth?.autoParseHash !== false && location) {
        if (ANSWER.test(location.hash)) this._more('resumeAuth', location.hash, () => {});
        else this.emit('hash_parsed', null);
      }
    });
  }

  /**
   * Does what the dialog wants done outside of it, and answers.
   *
   * @param {string} name
   * @param {number} version for the answer
   * @param {string} order lines
   */
  _serve(name, version, order) {
    if (name === 'cancel') return this._request?.abort();
    if (name === 'flash') return void this.emit('unrecoverable_error', { code: 'invalid_flash_message', description: order });
    if (name === 'avatar') return void this._more(name, order).catch(() => {});
    if (name === 'rest') return void this._more('warm').catch((error) => this._unreachable(error));
    if (name === 'language') return void words(order).then((file) => this._handle.language(version, file));
    const request = new AbortController();
    if (name !== 'captcha') this._request = request;
    this._more(name, order, request.signal).then((goOn) => {
      this._handle.answer(name, version);
      goOn?.();
    }, (error) => this._handle.answer(name, version, error));
  }

  /**
   * The rest of the dialog cannot be loaded; the page hears of it if somebody waits for it.
   *
   * @param {Error} error
   */
  _unreachable({ message }) {
    if (this._handle.whole(false)) this.emit('authorization_error', { code: 'request_error', error: 'request_error', description: message });
  }

  /** `lock.more.js`, with the rest of the dialog. What was kept of an older build is asked for again, under another address. */
  async _load() {
    let more = await place.load(this._failures);
    if (more.build !== BUILD) more = await place.load(this._failures += 1);
    if (more.build !== BUILD) throw new Error('lock.more.js is of another build than the dialog');
    await join(more.rest);
    return more;
  }

  /**
   * Everything that needs the tenant, from a module that is loaded once the first screen is up, or now. The callback, if
   * there is one, hears of a failure to load.
   *
   * @param {string} name
   * @param {any[]} args
   * @returns {Promise<any>}
   */
  _more(name, ...args) {
    this._loading ??= new Promise((done, fail) => {
      const late = setTimeout(fail, TIMEOUT_MS, new Error('lock.more.js does not come'));
      this._load().then(done, fail).then(() => clearTimeout(late));
    }).then((more) => {
      const made = new more.More(this, this._given);
      know(more);
      this._handle.whole(true);
      return made;
    }, (error) => {
      this._loading = undefined;
      this._failures += 1;
      if (!this._given[2]?.disableWarnings) console.warn(`Auth0LockPasswordless: ${error.message}. The file has to be beside the script; on another origin, with CORS.`);
      throw Object.assign(error, { kind: 'network' });
    });
    const work = this._loading.then((more) => more[name](...args));
    const cb = args.find((arg) => typeof arg === 'function');
    return cb ? work.catch(cb) : work;
  }

  /**
   * Opens the dialog. Does nothing while it is open, and after `destroy()`.
   *
   * @param {any} [options] for this one showing
   */
  show(options) {
    const base = this._given[2];
    // Reading the options again would keep the person waiting: only where there is something else to read.
    const differs = options || this._overrides || base?.flashMessage;
    this._overrides = options;
    this._handle.show(differs && merged(base, options));
    // Behind the first screen, while the person types. What fails to load now is tried again when it is needed.
    requestAnimationFrame(() => setTimeout(() => this._more('warm').catch(() => {})));
  }

  /** Closes the dialog. Does nothing while it is closed. */
  hide() {
    this._handle.hide();
  }

  /** Closes the dialog for good, and leaves nothing of it on the page. */
  destroy() {
    this._handle.destroy();
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
}

for (const name of ['checkSession', 'getProfile', 'getUserInfo', 'logout', 'resumeAuth']) {
  /** @type {any} */ (Auth0LockPasswordless.prototype)[name] = function (/** @type {any[]} */ ...args) { return this._more(name, ...args); };
}
