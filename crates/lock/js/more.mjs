// @ts-check
/**
 * What a dialog needs the tenant for, with the SDK in it: a module of its own, which loads behind the first screen.
 *
 * Everything that takes a callback hands it on to the SDK, whose callbacks are auth0.js's; without one there is a promise.
 */

import { suggest, webmail } from 'latchkey-bindings';
import { answersFrom } from '../../webauth/js/on-demand.mjs';
import { WebAuthBase } from '../../webauth/js/web-auth.mjs';
import { avatars } from './avatar.mjs';
import { keepBehind, standsAlone } from './behind.mjs';
import { showCaptcha } from './captcha.mjs';
import { PATIENCE_MS, isSame, session } from './session.mjs';
import { inWindow } from './window.mjs';

/** @typedef {(error: any, result?: any) => void} Callback */
/** @typedef {(method: (cb: Callback) => void) => Promise<any>} Called */

/** What a page found in its own address: two dialogs of one client must not both take it. @type {Map<string, Promise<any>>} */
const parsed = new Map();

/** As a promise that rejects with auth0.js's plain error object. @type {Called} */
const called = (method) => new Promise((resolve, reject) => {
  method((error, result) => (error ? reject(error) : resolve(result)));
});

/** What reads the tenant's answers is another module: few pages have any to read. The build puts in its name. */
const answers = answersFrom(() => import('__LATCHKEY_SDK__'));

export { suggest, webmail };
export { build, rest } from './rest.mjs';

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
export function told(error) {
  const code = error.code === 'access_denied' ? 'invalid_user_password' : error.code;
  return { ...error, code, error: code };
}

export class More {
  /**
   * @param {import('./lock.mjs').Auth0LockPasswordless} lock
   * @param {[clientID: string, domain: string, options?: any]} given
   */
  constructor(lock, [clientID, domain, options = {}]) {
    const { auth, leeway, overrides, _sendTelemetry, _telemetryInfo, legacySameSiteCookie } = options;
    const { redirectUrl, responseType, responseMode, audience, state, nonce, params } = auth ?? {};
    this.lock = lock;
    this.options = options;
    this.domain = domain;
    this.clientID = clientID;
    const warn = (/** @type {string} */ message) => { if (!options.disableWarnings) console.warn(`Auth0LockPasswordless: ${message}.`); };
    for (const name of IDLE_OPTIONS) if (options[name]) warn(`the option \`${name}\` has no effect yet`);
    lock._doubt = (name) => { if (!EVENTS.includes(name)) warn(`the event \`${name}\` never comes from this dialog`); };
    for (const name of lock._listeners.keys()) lock._doubt(name);
    /** Asks the page who an address belongs to. */
    this.avatar = avatars(options.avatar, (person) => lock._handle.answer('avatar', 0, person), warn);
    /** @type {any} */
    this.webAuth = new WebAuthBase(defined({
      clientID, domain, responseType: responseType || (redirectUrl ? 'code' : 'token'), responseMode, leeway, overrides, _sendTelemetry, _telemetryInfo, legacySameSiteCookie, state, nonce,
      redirectUri: redirectUrl || location.href.split(/[?#]/)[0], audience: params?.audience ?? audience, scope: params?.scope ?? 'openid profile email',
    }), answers);
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
    const { auth, hashCleanup, _enableIdPInitiatedLogin, _enableImpersonation } = /** @type {any} */ (this.options);
    const { redirect, state, nonce } = auth ?? {};
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

  /** Is there when it is needed; at once in a browser without modal dialogs, or when the dialog has its language. */
  warm() {
    keepBehind();
    if (!globalThis.HTMLDialogElement?.prototype.showModal && !standsAlone()) this.lock.once('show', keepBehind);
  }

  /**
   * Has a code or a link sent.
   *
   * @param {string} order connection, address or number, `code` or `link`, language, and the answer to a captcha
   * @param {AbortSignal} signal
   */
  async start(order, signal) {
    const [connection, to, send, xRequestLanguage, captcha] = order.split('\n');
    // What the link leads to; a code leads through our own /authorize.
    const authParams = send === 'link' ? this._params() : picked(this._params(), ['scope', 'audience', 'state', 'nonce']);
    const start = { connection, ...recipient(to), send, authParams, xRequestLanguage, ...captcha && { captcha }, signal };
    await called((cb) => this.webAuth.passwordlessStart(start, cb));
  }

  /**
   * Logs in with a code: on the way to the tenant, or without leaving the page.
   *
   * @param {string} order connection, address or number, and code
   * @param {AbortSignal} signal
   * @returns {Promise<(() => void) | void>} what to do next
   */
  login(order, signal) {
    const [connection, to, verificationCode] = order.split('\n');
    const login = { ...this._params(), connection, ...recipient(to), verificationCode, signal };
    if (this._staysHere()) return this._inPlace(() => called((cb) => this.webAuth.passwordlessLogin({ ...login, redirect: false }, cb)));
    // The page hears of it before it is left: it goes on with what this resolves with.
    return new Promise((onRedirecting, reject) => { this.webAuth.passwordlessLogin({ ...login, onRedirecting }, reject); });
  }

  /**
   * Logs in by the session that the person has with the tenant, if it is theirs; else it rejects. The page hears what the
   * tenant said.
   *
   * @param {string} order connection, and address or number where a code was sent
   * @param {AbortSignal} signal
   * @returns {Promise<(() => void) | void>} what to do next
   */
  async session(order, signal) {
    const [connection, to] = order.split('\n');
    const silent = { ...this._params(), connection, timeout: PATIENCE_MS, signal };
    // Of its own: what the page's server minted is for the login.
    const question = { ...silent, responseType: 'token id_token', scope: 'openid profile email', state: null, nonce: null };
    const { error, claims } = await called((cb) => this.webAuth.checkSession(question, cb)).then(({ idTokenPayload }) => ({ error: null, claims: idTokenPayload }), (error) => ({ error, claims: null }));
    const data = isSame(claims, connection, to) ? session(claims, connection, this.clientID) : { sso: false };
    if (!signal.aborted) this.lock.emit('ssodata fetched', [error?.error === 'login_required' ? null : error, data]);
    if (!data.sso) throw error ?? { kind: 'login_required' };
    if (this._staysHere()) return this._inPlace(() => called((cb) => this.webAuth.checkSession(silent, cb)));
    return () => signal.aborted || this.webAuth.authorize({ ...this._params(), connection, prompt: 'none' }).catch(() => {});
  }

  /**
   * Logs in at a social connection: in a window, or by leaving the page once its own step is done.
   *
   * @param {string} connection
   * @param {AbortSignal} signal
   */
  async social(connection, signal) {
    const { auth, hooks, popupOptions } = this.options;
    const scopes = auth?.connectionScopes?.[connection];
    const params = { ...this._params(), connection, ...scopes?.length && { connection_scope: scopes.join() } };
    if (hooks?.loggingIn) await ownStep(hooks.loggingIn);
    // The person may have given up meanwhile.
    if (signal.aborted) return;
    if (this._staysHere()) return this._inPlace(() => inWindow((cb) => this.webAuth.popup.authorize(defined({ ...params, popupOptions, signal }), cb)));
    await this.webAuth.authorize({ ...params, signal }).catch(plain);
    // The browser is leaving.
    return new Promise(() => {});
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

  /** Fills the place that the dialog has made for a captcha. @param {string} order */
  captcha(order) {
    const { auth, disableWarnings } = this.options;
    if (!auth?.state && !disableWarnings) console.warn('Auth0LockPasswordless: the tenant wants a captcha, which it gives only to a page with `auth.state`: its own login page.');
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

/** @param {string} to */
const recipient = (to) => (to.includes('@') ? { email: to } : { phoneNumber: to });

/**
 * auth0.js's error object, of what a promise rejects with.
 *
 * @param {any} error
 */
const plain = ({ name, ...members }) => { throw members; };

/** @param {Record<string, unknown>} options @param {string[]} names */
const picked = (options, names) => Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));

/** Without what is undefined: the SDK takes that for a value. @param {Record<string, unknown>} options */
const defined = (options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
