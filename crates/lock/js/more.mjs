// @ts-check
/**
 * The whole dialog, which loads behind the first screen: `lock.more.js`. The wasm has the dialog and what it takes to log in.
 * JavaScript does what is JavaScript's: the page's own functions, captcha widgets, windows, and what reads authorization
 * responses, which is a module of its own.
 *
 * Everything that takes a callback hands it on to the SDK, whose callbacks are auth0.js's; without one there is a promise.
 */

import { LockHandle } from 'latchkey-bindings';
import { avatars } from './avatar.mjs';
import { keepBehind, standsAlone } from './behind.mjs';
import { showCaptcha } from './captcha.mjs';
import { adopt } from './page.js';
import { PATIENCE_MS, isSame, session } from './session.mjs';
import { open as openPopup } from '../../webauth/js/popup.mjs';
import { CLOSED, inWindow } from './window.mjs';

export { loaded } from 'latchkey-loader';

/** Tells builds apart. */
export const build = LATCHKEY_BUILD;

/** @typedef {(error: any, result?: any) => void} Callback */
/** @typedef {(method: (cb: Callback) => void) => Promise<any>} Called */

/**
 * Dialogs that are open. A page may drop its own, as React does with what a render made, and the person still has it in front of
 * them. A closed one is nobody's but the page's.
 *
 * @type {Set<Dialog>}
 */
const open = new Set();

/**
 * What the wasm calls of a dialog. It does not keep the dialog: the dialog has the wasm's half, and each would keep the other
 * for ever.
 *
 * @param {Dialog} dialog
 * @returns {any}
 */
function weakly(dialog) {
  if (!globalThis.WeakRef) return dialog;
  const kept = new WeakRef(dialog);
  return new Proxy({}, { get: (_, name) => (/** @type {any[]} */ ...args) => /** @type {any} */ (kept.deref())?.[name](...args) });
}

/** What a page found in its own address: two dialogs of one client must not both take it. @type {Map<string, Promise<any>>} */
const parsed = new Map();

/** Kinds of errors after which the same answer may be read after all: nothing was decided about it (`Error::is_passing`). */
const PASSING = ['aborted', 'crypto_unavailable', 'network', 'server_error', 'timeout'];

/** As a promise that rejects with auth0.js's plain error object. @type {Called} */
const called = (method) => new Promise((resolve, reject) => {
  method((error, result) => (error ? reject(error) : resolve(result)));
});

/** What can be listened to. Lock's other names are accepted, and nothing ever comes of them. */
const EVENTS = [
  'show', 'hide', 'authenticated', 'authorization_error', 'hash_parsed', 'unrecoverable_error', 'socialOrEmail ready', 'socialOrEmail submit',
  'socialOrPhoneNumber ready', 'socialOrPhoneNumber submit', 'vcode ready', 'vcode submit', 'federated login', 'code sent',
  'code resent', 'link sent', 'link resent', 'step changed', 'signed in elsewhere', 'cancelled', 'ssodata fetched',
];

/** What does something in Lock's dialog and nothing here. What does nothing there either (of databases) is not worth a word. */
const IDLE_OPTIONS = ['connectionResolver', 'plugins'];

/**
 * An error in the words of Lock, which has a name of its own for one code, and gives each under two names.
 *
 * @param {any} error
 */
function inLocksWords(error) {
  const code = error.code === 'access_denied' ? 'invalid_user_password' : error.code;
  return { ...error, code, error: code };
}

/**
 * What goes into every request, as the SDK's own options.
 *
 * @param {[clientID: string, domain: string, options?: any]} given
 */
function requestOptions([clientID, domain, options = {}]) {
  const { auth, leeway, timeout, overrides, disableWarnings, _sendTelemetry, _telemetryInfo, legacySameSiteCookie } = options;
  const { redirectUrl, responseType, responseMode, audience, state, nonce, params } = auth ?? {};
  return defined({
    clientID, domain, responseType: responseType || (redirectUrl ? 'code' : 'token'), responseMode, leeway, timeout, overrides, _sendTelemetry, _telemetryInfo, legacySameSiteCookie, _disableDeprecationWarnings: disableWarnings ? true : undefined, state, nonce,
    redirectUri: redirectUrl || location.href.split(/[?#]/)[0], audience: params?.audience ?? audience, scope: params?.scope ?? 'openid profile email',
  });
}

/** The SDK with all of its methods. */
const loadSdk = () => import('latchkey-sdk').catch(({ message }) => {
  message = `webauth.js could not be loaded from beside the script: ${message}`;
  throw { error: 'request_error', errorDescription: message, code: 'request_error', description: message, kind: 'network', message };
});

export class Dialog {
  /**
   * @param {import('./lock.mjs').Auth0LockPasswordless} lock
   * @param {[clientID: string, domain: string, options?: any]} given
   * @param {{ base: string, page: any, files: Map<string, any>, load: (address: string) => Promise<any> }} first what the first
   *   screen has already: the folder of the scripts, the state of `page.js`, and the language files
   */
  constructor(lock, given, { base, page, files, load }) {
    const [clientID, domain, options = {}] = given;
    adopt(page);
    this.lock = lock;
    this.options = options;
    this.domain = domain;
    this.clientID = clientID;
    /** The request in flight. @type {AbortController | undefined} */
    this.request = undefined;
    /** A window that was opened in a click, for what follows. @type {Window | null | undefined} */
    this.popup = undefined;
    this.load = load;
    this.requestOptions = requestOptions(given);
    /** @type {Promise<any> | undefined} */
    this._sdk = undefined;
    const warn = (/** @type {string} */ message) => { if (!options.disableWarnings) console.warn(`Auth0LockPasswordless: ${message}.`); };
    for (const name of IDLE_OPTIONS) if (options[name]) warn(`the option \`${name}\` has no effect yet`);
    lock._doubt = (name) => { if (!EVENTS.includes(name)) warn(`the event \`${name}\` never comes from this dialog`); };
    for (const name of lock._listeners.keys()) lock._doubt(name);
    this.avatar = avatars(options.avatar, ({ email, image, name }) => this.handle.person(email, image, name), warn);
    this.handle = new LockHandle(clientID, domain, options, this.requestOptions, weakly(this), base, [...files]);
  }

  /** @param {any} [options] those of one showing, with everything else */
  show(options) {
    open.add(this);
    this.handle.show(options);
    this._seeToBackground();
  }

  /**
   * Opens in the place of the painted first screen, with what the person did there.
   *
   * @param {any} options
   * @param {import('./painter/screen.mjs').PaintedScreen} painted
   */
  takeOver(options, painted) {
    open.add(this);
    this.handle.takeOver(options, painted.root);
    painted.leave();
    this.popup = painted.popup;
    this._seeToBackground();
    for (const news of painted.heard) this.handle.hear(news);
    const root = this.handle.root();
    // The press was meant for the first screen; the dialog may have opened on another one.
    const isFirst = root?.querySelector('[name=email], [name=phone], .lk-social');
    if (painted.pressed && isFirst) /** @type {HTMLElement | null} */ (root?.querySelector(painted.pressed))?.click();
    // Where the press led nowhere, it is not wanted.
    this.popup?.close();
    this.popup = undefined;
  }

  /** The dialog's element, while it is open. @returns {HTMLElement | undefined} */
  root() {
    return this.handle.root();
  }

  hide() {
    this.handle.hide();
    open.delete(this);
  }

  destroy() {
    this.handle.destroy();
    open.delete(this);
  }

  /** The SDK for the calls that read authorization responses. @returns {Promise<any>} */
  sdk() {
    this._sdk ??= loadSdk().then(({ WebAuth }) => new WebAuth(this.requestOptions));
    this._sdk.catch(() => { this._sdk = undefined; });
    return this._sdk;
  }

  /** @param {string} token @param {Callback} [cb] */
  getUserInfo(token, cb) {
    return this._withSdk((webAuth) => webAuth.client.userInfo(token, cb), cb);
  }

  /** @param {string} token @param {Callback} [cb] */
  getProfile(token, cb) {
    return this.getUserInfo(token, cb);
  }

  /** @param {any} params @param {Callback} [cb] */
  checkSession(params, cb) {
    return this._withSdk((webAuth) => webAuth.checkSession(params, cb), cb);
  }

  /** @param {{ returnTo?: string, client_id?: string, federated?: boolean }} [query] */
  logout(query) {
    this.sdk().then((webAuth) => webAuth.logout(query));
  }

  /**
   * Reads an answer of the tenant from a fragment, tells the page, and takes the fragment off the address. Where the tenant's
   * keys cannot be had, for want of a network, another call tries again.
   *
   * @param {string} hash
   * @param {Callback} [cb]
   */
  async resumeAuth(hash, cb) {
    const { auth, hashCleanup, _enableIdPInitiatedLogin, _enableImpersonation } = /** @type {any} */ (this.options);
    const { redirect, state, nonce } = auth ?? {};
    if (redirect === false) return null;
    const key = `${this.domain} ${this.clientID} ${hash}`;
    const work = parsed.get(key) ?? this.sdk().then((webAuth) => called((done) => webAuth.parseHash(
      defined({ hash, state, nonce, __enableIdPInitiatedLogin: _enableIdPInitiatedLogin ?? _enableImpersonation }), done,
    )));
    parsed.set(key, work);
    const { error, result = null } = await work.then((result) => ({ error: undefined, result }), (error) => ({ error, result: undefined }));
    this.lock.emit('hash_parsed', error ?? result);
    if (error) this.lock.emit('authorization_error', error);
    else if (result) this.lock.emit('authenticated', result);
    const isOfPage = hash === location.hash;
    // Where nothing was decided, the answer stays for another try: in the address, and after a reload.
    if (error && PASSING.includes(error.kind)) parsed.delete(key);
    // What a router keeps with the address stays with it.
    else if ((error || result) && isOfPage && hashCleanup !== false) history.replaceState(history.state, '', location.href.split('#')[0]);
    cb?.(error ?? null, result);
    if (error && !cb) throw Object.assign(new Error(error.errorDescription ?? error.error_description ?? error.error), error);
    return result;
  }

  /** Answers the dialog that opened this window, from the page that the login came back to. */
  answerOpener() {
    const { state, nonce } = this.options.auth;
    this.sdk().then((webAuth) => webAuth.popup.callback(defined({ hash: location.hash, state, nonce })));
  }

  /**
   * Calls the SDK. Where it cannot be loaded, the callback hears of that.
   *
   * @param {(webAuth: any) => any} call
   * @param {Callback} [cb]
   */
  _withSdk(call, cb) {
    const work = this.sdk().then(call, (error) => (cb ? void cb(error) : Promise.reject(Object.assign(new Error(error.message), error))));
    return work;
  }

  /** In a browser without modal dialogs, what is behind an open one is kept out of reach. */
  _seeToBackground() {
    keepBehind();
    if (!globalThis.HTMLDialogElement?.prototype.showModal && !standsAlone()) this.lock.once('show', keepBehind);
  }

  // What the wasm asks of the page. Each request that has a version is answered once, with that version.

  /**
   * An event of the dialog.
   *
   * @param {string} name
   * @param {any} payload
   */
  emit(name, payload) {
    if (name === 'hide') open.delete(this);
    if (name === 'authorization_error') {
      payload = inLocksWords(payload);
      // The person may have scrolled past what the dialog has to say.
      if (this.options.scrollGlobalMessagesIntoView !== false) this.root()?.querySelector('.lk-note')?.scrollIntoView({ block: 'nearest' });
    }
    this.lock.emit(name, payload);
  }

  /** @param {string} description a message of the page that cannot be shown */
  refuseFlash(description) {
    this.lock.emit('unrecoverable_error', { code: 'invalid_flash_message', description });
  }

  /** @param {number} version @param {string} address of a language's file */
  loadLanguage(version, address) {
    this.load(address).then((file) => this.handle.language(version, file));
  }

  /** Ends the request in flight: its answer is not wanted any longer. */
  cancel() {
    this.request?.abort();
  }

  /**
   * Logs in with a code without leaving the page.
   *
   * @param {number} version
   * @param {string} connection
   * @param {string} to address or number
   * @param {string} verificationCode
   */
  logInHere(version, connection, to, verificationCode) {
    this._answer(version, (webAuth, signal) => this._inPlace(() => called((cb) => webAuth.passwordlessLogin(
      { ...this._params(), connection, ...recipient(to), verificationCode, redirect: false, signal }, cb,
    ))));
  }

  /**
   * Logs in by the session that the person has with the tenant, if it is theirs. The page hears what the tenant said.
   *
   * @param {number} version
   * @param {string} connection
   * @param {string} [to] address or number, where a code was sent
   */
  logInBySession(version, connection, to) {
    // The session may be missing, and then it is too late for a window: browsers open one in a click alone.
    const popup = !to && this._staysHere() ? this._openPopup() : undefined;
    this._answer(version, async (webAuth, signal) => {
      const silent = { ...this._params(), connection, timeout: PATIENCE_MS, signal };
      // Of its own: what the page's server minted is for the login.
      const question = { ...silent, responseType: 'token id_token', scope: 'openid profile email', state: null, nonce: null };
      const { error, claims } = await called((cb) => webAuth.checkSession(question, cb)).then(({ idTokenPayload }) => ({ error: null, claims: idTokenPayload }), (error) => ({ error, claims: null }));
      const data = isSame(claims, connection, to) ? session(claims, connection, this.clientID) : { sso: false };
      if (!signal.aborted) this.lock.emit('ssodata fetched', [error?.error === 'login_required' ? null : error, data]);
      if (!data.sso) {
        this.popup = popup;
        throw error ?? { kind: 'login_required' };
      }
      popup?.close();
      if (this._staysHere()) return this._inPlace(() => called((cb) => webAuth.checkSession(silent, cb)));
      return () => signal.aborted || webAuth.authorize({ ...this._params(), connection, prompt: 'none' }).catch(() => {});
    });
  }

  /**
   * Logs in at a social connection in a window.
   *
   * @param {number} version
   * @param {string} connection
   */
  logInInWindow(version, connection) {
    const { auth, popupOptions } = this.options;
    const scopes = auth?.connectionScopes?.[connection];
    const popup = this.popup ?? this._openPopup();
    this.popup = undefined;
    this._answer(version, async (webAuth, signal) => {
      await this.beforeLeaving();
      // The person may have given up meanwhile.
      if (signal.aborted) return;
      if (popup?.closed) throw CLOSED;
      const params = { ...this._params(), connection, ...scopes?.length && { connection_scope: scopes.join() } };
      return this._inPlace(() => inWindow((cb) => webAuth.popup.authorize(defined({ ...params, popupOptions, signal }), cb)));
    }, popup);
  }

  /** Opens a window that is empty yet. The SDK's `popup.authorize` takes it, as it has the name that it gives its own. */
  _openPopup() {
    return openPopup('', this.options.popupOptions);
  }

  /**
   * The page's own step before the browser leaves for a social connection (`hooks.loggingIn`).
   *
   * @returns {Promise<void>}
   */
  async beforeLeaving() {
    const { hooks } = this.options;
    if (hooks?.loggingIn) await ownStep(hooks.loggingIn);
  }

  /**
   * Fills the place that the dialog has made for a captcha.
   *
   * @param {import('./captcha.mjs').Labels} labels
   */
  showCaptcha(labels) {
    const { auth, disableWarnings } = this.options;
    if (!auth?.state && !disableWarnings) console.warn('Auth0LockPasswordless: the tenant wants a captcha, which it gives only to a page with `auth.state`: its own login page.');
    this.sdk().then((webAuth) => showCaptcha(webAuth, labels, this.root())).then(() => this.handle.captcha(true), () => this.handle.captcha(false));
  }

  /**
   * Begins a request that can be taken back, and answers the dialog. What `work` resolves with is done after that.
   *
   * @param {number} version
   * @param {(webAuth: any, signal: AbortSignal) => Promise<(() => unknown) | void>} work
   * @param {Window | null} [popup] a window that was opened for it
   */
  _answer(version, work, popup) {
    const { signal } = this.request = new AbortController();
    signal.addEventListener('abort', () => popup?.close());
    this.sdk().then((webAuth) => work(webAuth, signal)).then((goOn) => {
      this.handle.verified(version);
      goOn?.();
    }, (error) => {
      popup?.close();
      this.handle.verified(version, error);
    });
  }

  _staysHere() {
    return this.options.auth?.redirect === false;
  }

  /** Further parameters of /authorize, as they are for this showing. */
  _params() {
    return { ...this.lock._overrides?.auth?.params ?? this.options.auth?.params };
  }

  /**
   * Once the dialog says that the person is logged in, so does `authenticated`; with `autoclose`, behind `hide`.
   *
   * @param {() => Promise<any>} begin
   */
  async _inPlace(begin) {
    const { lock, options: { autoclose, closable, container } } = this;
    const result = await begin();
    lock.once('step changed', () => {
      if (autoclose && closable !== false && !container) lock.hide();
      lock.emit('authenticated', result);
    });
  }
}

/**
 * A page's own step before the browser leaves for a social connection. It goes on by its callback, and stops by throwing.
 *
 * @param {(context: null, go: () => void) => void} hook
 * @returns {Promise<void>}
 */
const ownStep = (hook) => new Promise((go, stop) => {
  try {
    hook(null, () => go());
  } catch (error) {
    const { code = 'hook_error', description = null } = /** @type {any} */ (error) ?? {};
    stop({ code, description, original: error });
  }
});

/** @param {string} to */
const recipient = (to) => (to.includes('@') ? { email: to } : { phoneNumber: to });

/** Without what is undefined: the SDK takes that for a value. @param {Record<string, unknown>} options */
const defined = (options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
