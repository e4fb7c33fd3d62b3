// @ts-check
/**
 * The whole dialog, which loads behind the first screen as `lock.more.js`. The wasm draws the dialog, requests
 * messages, and does the logins for which the browser leaves the page. JavaScript loads the SDK and does the
 * other logins with it: those in place, in a window, and with the tenant's session. JavaScript also reads
 * authorization responses, calls the page's own functions and shows captcha widgets.
 *
 * Methods pass a callback on to the SDK, so the callback gets auth0.js's arguments. Without a callback these
 * methods return a promise.
 */

import { LockHandle } from 'latchkey-bindings';
import { avatars } from './avatar.mjs';
import { keepBehind, needsKeeping } from './behind.mjs';
import { showCaptcha } from './captcha.mjs';
import { adopt } from './page/shared.js';
import { PATIENCE_MS, isSame, session } from './session.mjs';
import { open as openPopup } from '../../webauth/js/popup.mjs';
import { CLOSED, inWindow } from './window.mjs';

export { loaded } from 'latchkey-loader';

export const build = LATCHKEY_BUILD;

/** @typedef {(error: any, result?: any) => void} Callback */
/** @typedef {(method: (cb: Callback) => void) => Promise<any>} Called */

/**
 * The open dialogs. A page may drop its reference to a dialog that the person still sees, as React does with
 * objects of an earlier render. This set keeps such a dialog alive. A closed dialog may be collected.
 *
 * @type {Set<Dialog>}
 */
const open = new Set();

/**
 * The functions that the wasm calls. They hold the dialog weakly: the dialog references the wasm object, and
 * a strong reference back would keep both alive for ever.
 *
 * @param {Dialog} dialog
 * @returns {any}
 */
function weakly(dialog) {
  if (!globalThis.WeakRef) return dialog;
  const kept = new WeakRef(dialog);
  return new Proxy({}, { get: (_, name) => (/** @type {any[]} */ ...args) => /** @type {any} */ (kept.deref())?.[name](...args) });
}

/**
 * The results of authorization responses in the page's address. A response can be read only once, so its result
 * is kept for the client's other dialogs.
 *
 * @type {Map<string, Promise<any>>}
 */
const parsed = new Map();

/**
 * Kinds of errors after which an authorization response was neither accepted nor rejected, so it may be read
 * again. The list has to agree with `Error::is_passing` in Rust.
 */
const PASSING = ['aborted', 'crypto_unavailable', 'network', 'server_error', 'timeout'];

/** Turns a callback into a promise that rejects with auth0.js's plain error object. @type {Called} */
const called = (method) => new Promise((resolve, reject) => {
  method((error, result) => (error ? reject(error) : resolve(result)));
});

/** The events of this dialog. Lock's other names are accepted, but are never emitted. */
const EVENTS = [
  'show', 'hide', 'authenticated', 'authorization_error', 'hash_parsed', 'unrecoverable_error', 'socialOrEmail ready', 'socialOrEmail submit',
  'socialOrPhoneNumber ready', 'socialOrPhoneNumber submit', 'vcode ready', 'vcode submit', 'federated login', 'code sent',
  'code resent', 'link sent', 'link resent', 'step changed', 'signed in elsewhere', 'cancelled', 'ssodata fetched',
];

/**
 * Options that have an effect in Lock's dialog and none here. Options that have no effect in Lock's
 * passwordless dialog either are not listed.
 */
const IDLE_OPTIONS = ['connectionResolver', 'plugins'];

/**
 * Converts an error to Lock's form: Lock renames one code, and has each code under two names.
 *
 * @param {any} error
 */
function asInLock(error) {
  const code = error.code === 'access_denied' ? 'invalid_user_password' : error.code;
  return { ...error, code, error: code };
}

/**
 * The parameters of requests, as options of the SDK.
 *
 * @param {[clientID: string, domain: string, options?: any]} args those of the constructor of `Auth0LockPasswordless`
 */
function requestOptions([clientID, domain, options = {}]) {
  const { auth, leeway, timeout, overrides, disableWarnings, _sendTelemetry, _telemetryInfo, legacySameSiteCookie } = options;
  const { redirectUrl, responseType, responseMode, audience, state, nonce, params } = auth ?? {};
  return defined({
    clientID, domain, responseType: responseType || (redirectUrl ? 'code' : 'token'), responseMode, leeway, timeout, overrides, _sendTelemetry, _telemetryInfo, legacySameSiteCookie, _disableDeprecationWarnings: disableWarnings ? true : undefined, state, nonce,
    redirectUri: redirectUrl || location.href.split(/[?#]/)[0], audience: params?.audience ?? audience, scope: params?.scope ?? 'openid profile email',
  });
}

/** Loads the SDK with all of its methods. */
const loadSdk = () => import('latchkey-sdk').catch(({ message }) => {
  message = `webauth.js could not be loaded from beside the script: ${message}`;
  throw { error: 'request_error', errorDescription: message, code: 'request_error', description: message, kind: 'network', message };
});

export class Dialog {
  /**
   * @param {import('./lock.mjs').Auth0LockPasswordless} lock
   * @param {[clientID: string, domain: string, options?: any]} args those of the constructor of `Auth0LockPasswordless`
   * @param {{ base: string, page: any, files: Map<string, any>, load: (address: string) => Promise<any> }} first
   *   what the first screen has loaded: the address of the scripts' folder, the state of `page/shared.js`, and
   *   the language files
   */
  constructor(lock, args, { base, page, files, load }) {
    const [clientID, domain, options = {}] = args;
    adopt(page);
    this.lock = lock;
    this.options = options;
    this.domain = domain;
    this.clientID = clientID;
    /** The request in flight. @type {AbortController | undefined} */
    this.request = undefined;
    /** A window that was opened during an earlier click, for the next login in a window. @type {Window | null | undefined} */
    this.popup = undefined;
    this.load = load;
    this.requestOptions = requestOptions(args);
    /** @type {Promise<any> | undefined} */
    this._sdk = undefined;
    const warn = (/** @type {string} */ message) => { if (!options.disableWarnings) console.warn(`Auth0LockPasswordless: ${message}.`); };
    for (const name of IDLE_OPTIONS) if (options[name]) warn(`the option \`${name}\` has no effect yet`);
    lock._check = (name) => { if (!EVENTS.includes(name)) warn(`the event \`${name}\` never comes from this dialog`); };
    for (const name of lock._listeners.keys()) lock._check(name);
    this.avatar = avatars(options.avatar, ({ email, image, name }) => this.handle.person(email, image, name), warn);
    this.handle = new LockHandle(clientID, domain, options, this.requestOptions, weakly(this), base, [...files]);
  }

  /** @param {any} [options] the complete options for this showing */
  show(options) {
    open.add(this);
    this.handle.show(options);
    this._seeToBackground();
  }

  /**
   * Opens the dialog in place of the painted first screen, and repeats what the person did on that screen.
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
    for (const text of painted.news) this.handle.receive(text);
    const root = this.handle.root();
    // The press belongs to the first screen, but the dialog may have opened on another one.
    const isFirst = root?.querySelector('[name=email], [name=phone], .lk-social');
    if (painted.pressed && isFirst) /** @type {HTMLElement | null} */ (root?.querySelector(painted.pressed))?.click();
    // If the press opened no login, its window is closed.
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

  /** The SDK's `WebAuth`, for calls that read authorization responses. @returns {Promise<any>} */
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
   * Reads an authorization response from a fragment, emits the events, and removes the fragment from the
   * address. If the tenant's keys cannot be loaded, another call may read the response again.
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
    // A response that may be read again stays in the address. So a reload reads it again, too.
    if (error && PASSING.includes(error.kind)) parsed.delete(key);
    // A router may keep its own state in the history entry, so that state stays.
    else if ((error || result) && isOfPage && hashCleanup !== false) history.replaceState(history.state, '', location.href.split('#')[0]);
    cb?.(error ?? null, result);
    if (error && !cb) throw Object.assign(new Error(error.errorDescription ?? error.error_description ?? error.error), error);
    return result;
  }

  /** Passes the response of a login in a window on to the dialog that opened the window. */
  passToOpener() {
    const { state, nonce } = this.options.auth;
    this.sdk().then((webAuth) => webAuth.popup.callback(defined({ hash: location.hash, state, nonce })));
  }

  /**
   * Calls the SDK. If the SDK cannot be loaded, the callback gets the error. Without a callback the promise
   * rejects.
   *
   * @param {(webAuth: any) => any} call
   * @param {Callback} [cb]
   */
  _withSdk(call, cb) {
    const work = this.sdk().then(call, (error) => (cb ? void cb(error) : Promise.reject(Object.assign(new Error(error.message), error))));
    return work;
  }

  /** In a browser without modal dialogs, keeps people out of the page behind an open dialog. */
  _seeToBackground() {
    keepBehind();
    if (!globalThis.HTMLDialogElement?.prototype.showModal && !needsKeeping()) this.lock.once('show', keepBehind);
  }

  // The wasm calls the methods below, except those whose names begin with `_`. For each `version` that it
  // passes, the dialog reports exactly one result with that version.

  /**
   * @param {string} name
   * @param {any} payload
   */
  emit(name, payload) {
    if (name === 'hide') open.delete(this);
    if (name === 'authorization_error') {
      payload = asInLock(payload);
      // The person may have scrolled past the note.
      if (this.options.scrollGlobalMessagesIntoView !== false) this.root()?.querySelector('.lk-note')?.scrollIntoView({ block: 'nearest' });
    }
    this.lock.emit(name, payload);
  }

  /** @param {string} description why the page's message cannot be shown */
  refuseFlash(description) {
    this.lock.emit('unrecoverable_error', { code: 'invalid_flash_message', description });
  }

  /** @param {number} version @param {string} address of a language's file */
  loadLanguage(version, address) {
    this.load(address).then((file) => this.handle.language(version, file));
  }

  /** Cancels the request in flight. */
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
    this._request(version, (webAuth, signal) => this._inPlace(() => called((cb) => webAuth.passwordlessLogin(
      { ...this._params(), connection, ...recipient(to), verificationCode, redirect: false, signal }, cb,
    ))));
  }

  /**
   * Logs in with the person's session at the tenant, if that session belongs to the user of the last login.
   * Emits the session's data as `ssodata fetched`.
   *
   * @param {number} version
   * @param {string} connection
   * @param {string} [to] the code's recipient, if the last login used a code
   */
  logInBySession(version, connection, to) {
    // Browsers open windows only in a click, and the session check takes longer than that. So the window is
    // opened now, in case the session is missing.
    const popup = !to && this._staysHere() ? this._openPopup() : undefined;
    this._request(version, async (webAuth, signal) => {
      const silent = { ...this._params(), connection, timeout: PATIENCE_MS, signal };
      // The state and the nonce of the page's server are for the login. So this request gets its own.
      const probe = { ...silent, responseType: 'token id_token', scope: 'openid profile email', state: null, nonce: null };
      const { error, claims } = await called((cb) => webAuth.checkSession(probe, cb)).then(({ idTokenPayload }) => ({ error: null, claims: idTokenPayload }), (error) => ({ error, claims: null }));
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
    this._request(version, async (webAuth, signal) => {
      await this.beforeLeaving();
      // The person may have cancelled the login meanwhile.
      if (signal.aborted) return;
      if (popup?.closed) throw CLOSED;
      const params = { ...this._params(), connection, ...scopes?.length && { connection_scope: scopes.join() } };
      return this._inPlace(() => inWindow((cb) => webAuth.popup.authorize(defined({ ...params, popupOptions, signal }), cb)));
    }, popup);
  }

  /** Opens an empty window. The SDK's `popup.authorize` reuses it, because it has the same name. */
  _openPopup() {
    return openPopup('', this.options.popupOptions);
  }

  /**
   * Runs the page's hook `hooks.loggingIn` before a login at a social connection.
   *
   * @returns {Promise<void>}
   */
  async beforeLeaving() {
    const { hooks } = this.options;
    if (hooks?.loggingIn) await runHook(hooks.loggingIn);
  }

  /**
   * Shows a captcha in its place on the screen.
   *
   * @param {import('./captcha.mjs').Labels} labels
   */
  showCaptcha(labels) {
    const { auth, disableWarnings } = this.options;
    if (!auth?.state && !disableWarnings) console.warn('Auth0LockPasswordless: the tenant wants a captcha, which it gives only to a page with `auth.state`: its own login page.');
    this.sdk().then((webAuth) => showCaptcha(webAuth, labels, this.root())).then(() => this.handle.captcha(true), () => this.handle.captcha(false));
  }

  /**
   * Begins a request that can be cancelled, and reports its outcome to the wasm. If `work` resolves with a
   * function, the function is called after the report.
   *
   * @param {number} version
   * @param {(webAuth: any, signal: AbortSignal) => Promise<(() => unknown) | void>} work
   * @param {Window | null} [popup] a window that was opened for the request
   */
  _request(version, work, popup) {
    const { signal } = this.request = new AbortController();
    signal.addEventListener('abort', () => popup?.close());
    this.sdk().then((webAuth) => work(webAuth, signal)).then((followUp) => {
      this.handle.verified(version);
      followUp?.();
    }, (error) => {
      popup?.close();
      this.handle.verified(version, error);
    });
  }

  _staysHere() {
    return this.options.auth?.redirect === false;
  }

  /** The parameters of /authorize for this showing. */
  _params() {
    return { ...this.lock._overrides?.auth?.params ?? this.options.auth?.params };
  }

  /**
   * Logs in, and waits until the dialog shows the success. With `autoclose` it then hides the dialog. Last, it
   * emits `authenticated`.
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
 * Runs a hook of the page. The hook calls back to continue the login, and throws to stop it.
 *
 * @param {(context: null, go: () => void) => void} hook
 * @returns {Promise<void>}
 */
const runHook = (hook) => new Promise((go, stop) => {
  try {
    hook(null, () => go());
  } catch (error) {
    const { code = 'hook_error', description = null } = /** @type {any} */ (error) ?? {};
    stop({ code, description, original: error });
  }
});

/** @param {string} to */
const recipient = (to) => (to.includes('@') ? { email: to } : { phoneNumber: to });

/** Removes members that are undefined, because the SDK takes undefined for a value. @param {Record<string, unknown>} options */
const defined = (options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
