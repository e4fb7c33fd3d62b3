// @ts-check
/**
 * What few pages ask of a dialog, with the SDK behind it: a module of its own, loaded when it is first called.
 *
 * Everything that takes a callback hands it on to the SDK, whose callbacks are auth0.js's; without one there is a promise.
 */

import { showCaptcha } from './captcha.mjs';
import { inWindow } from './window.mjs';

/** @typedef {(error: any, result?: any) => void} Callback */
/** @typedef {(method: (cb: Callback) => void) => Promise<any>} Called */

/** What a page found in its own address: two dialogs of one client must not both take it. @type {Map<string, Promise<any>>} */
const parsed = new Map();

/** As a promise that rejects with auth0.js's plain error object. @type {Called} */
const called = (method) => new Promise((resolve, reject) => {
  method((error, result) => (error ? reject(error) : resolve(result)));
});

export class More {
  /**
   * @param {import('./lock.mjs').Auth0LockPasswordless} lock
   * @param {any} sdk the SDK's module
   * @param {[clientID: string, domain: string, options?: any]} given
   */
  constructor(lock, sdk, [clientID, domain, options = {}]) {
    const { auth = {}, leeway, overrides, _sendTelemetry, _telemetryInfo, legacySameSiteCookie } = options;
    const { redirectUrl, responseType = redirectUrl ? 'code' : 'token', responseMode, audience, state, nonce, params } = auth;
    this.lock = lock;
    this.options = options;
    this.domain = domain;
    this.clientID = clientID;
    this.webAuth = new sdk.WebAuth(defined({
      clientID, domain, responseType, responseMode, leeway, overrides, _sendTelemetry, _telemetryInfo, legacySameSiteCookie, state, nonce,
      redirectUri: redirectUrl ?? location.href.split(/[?#]/)[0], audience: params?.audience ?? audience, scope: params?.scope ?? 'openid profile email',
    }));
  }

  /** @param {string} token @param {Callback} [cb] */
  getUserInfo(token, cb) {
    return this.webAuth.client.userInfo(token, cb);
  }

  /** @param {string} token @param {Callback} [cb] */
  getProfile(token, cb) {
    return this.getUserInfo(token, cb);
  }

  /** @param {any} params @param {Callback} [cb] */
  checkSession(params, cb) {
    return this.webAuth.checkSession(params, cb);
  }

  /** @param {{ returnTo?: string, client_id?: string, federated?: boolean }} [query] */
  logout(query) {
    this.webAuth.logout(query);
  }

  /**
   * Reads an answer of the tenant from a fragment, tells the page, and takes the fragment off the address.
   *
   * @param {string} hash
   * @param {Callback} [cb]
   */
  async resumeAuth(hash, cb) {
    const { auth: { redirect, state, nonce } = {}, hashCleanup, _enableIdPInitiatedLogin, _enableImpersonation } = /** @type {any} */ (this.options);
    if (redirect === false) return null;
    const key = `${this.domain} ${this.clientID} ${hash}`;
    const work = parsed.get(key) ?? called((done) => this.webAuth.parseHash(
      defined({ hash, state, nonce, __enableIdPInitiatedLogin: _enableIdPInitiatedLogin ?? _enableImpersonation }), done,
    ));
    parsed.set(key, work);
    const { error, result = null } = await work.then((result) => ({ error: undefined, result }), (error) => ({ error, result: undefined }));
    this.lock.emit('hash_parsed', error ?? result);
    if (error) this.lock.emit('authorization_error', error);
    else if (result) this.lock.emit('authenticated', result);
    const isOfPage = hash === location.hash;
    if ((error || result) && isOfPage && hashCleanup !== false) history.replaceState(null, '', location.href.split('#')[0]);
    cb?.(error ?? null, result);
    if (error && !cb) throw Object.assign(new Error(error.errorDescription ?? error.error_description ?? error.error), error);
    return result;
  }

  /** Answers the dialog that opened this window, from the page that the login came back to. */
  answerOpener() {
    const { state, nonce } = this.options.auth;
    this.webAuth.popup.callback(defined({ hash: location.hash, state, nonce }));
  }

  /** Is there when it is needed. */
  warm() {}

  /**
   * Logs in with a code, without leaving the page.
   *
   * @param {string} order connection, address or number, and code
   */
  login(order) {
    const [connection, to, verificationCode] = order.split('\n');
    const recipient = to.includes('@') ? { email: to } : { phoneNumber: to };
    const login = { ...this._params(), connection, ...recipient, verificationCode, redirect: false };
    return this._inPlace((signal) => called((cb) => this.webAuth.passwordlessLogin({ ...login, signal }, cb)));
  }

  /**
   * Logs in at a social connection: in a window, or by leaving the page once its own step is done.
   *
   * @param {string} connection
   */
  async social(connection) {
    const { auth, hooks, popupOptions } = this.options;
    const scopes = auth?.connectionScopes?.[connection];
    const params = { ...this._params(), connection, ...scopes?.length && { connection_scope: scopes.join() } };
    if (hooks?.loggingIn) await ownStep(hooks.loggingIn);
    if (auth?.redirect === false) {
      return this._inPlace((signal) => inWindow((cb) => this.webAuth.popup.authorize(defined({ ...params, popupOptions, signal }), cb)));
    }
    await this.webAuth.authorize(params);
    // The browser is leaving.
    return new Promise(() => {});
  }

  /** Further parameters of /authorize, as they are for this showing. */
  _params() {
    return { ...this.lock._overrides?.auth?.params ?? this.options.auth?.params };
  }

  /**
   * Once the dialog says that the person is logged in, so does `authenticated`; with `autoclose`, behind `hide`.
   *
   * @param {(signal: AbortSignal) => Promise<any>} begin
   */
  async _inPlace(begin) {
    const { lock, options: { autoclose, closable, container } } = this;
    const controller = new AbortController();
    const gone = () => controller.abort();
    lock.on('step changed', gone).on('cancelled', gone);
    try {
      const result = await begin(controller.signal);
      lock.once('step changed', () => {
        if (autoclose && closable !== false && !container) lock.hide();
        lock.emit('authenticated', result);
      });
    } finally {
      lock.off('step changed', gone).off('cancelled', gone);
    }
  }

  /** Fills the place that the dialog has made for a captcha. @param {string} order */
  captcha(order) {
    return showCaptcha(this.webAuth, order);
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

/** Without what is undefined: the SDK takes that for a value. @param {Record<string, unknown>} options */
const defined = (options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
