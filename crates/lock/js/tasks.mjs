// @ts-check
/**
 * The tasks that the wasm leaves to JavaScript (`Page` in `src/service/page.rs`): to call the page's own functions,
 * load a language, show a captcha, and log in where the browser does not leave the page.
 */

import { avatars } from './avatar.mjs';
import { showCaptcha } from './captcha.mjs';
import { asInLock } from './events.mjs';
import { called, defined } from './sdk.mjs';
import { PATIENCE_MS, isSame, session } from './session.mjs';
import { open as openPopup } from '../../webauth/js/popup.mjs';
import { CLOSED, inWindow } from './window.mjs';

/**
 * The tasks of one dialog. For each `version` that the wasm passes, the dialog reports exactly one result with that
 * version. The wasm calls no method whose name begins with `_`.
 */
export class Tasks {
  /** @param {import('./more.mjs').Dialog} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    /** The request in flight. @type {AbortController | undefined} */
    this.request = undefined;
    /** A window that was opened during an earlier click, for the next login in a window. @type {Window | null | undefined} */
    this.popup = undefined;
    this.avatar = avatars(dialog.options.avatar, ({ email, image, name }) => dialog.handle.person(email, image, name), (message) => dialog.warn(message));
  }

  /**
   * @param {string} name
   * @param {any} payload
   */
  emit(name, payload) {
    const { dialog } = this;
    if (name === 'hide') dialog.release();
    if (name === 'authorization_error') {
      payload = asInLock(payload);
      // The person may have scrolled past the note.
      if (dialog.options.scrollGlobalMessagesIntoView !== false) dialog.root()?.querySelector('.lk-note')?.scrollIntoView({ block: 'nearest' });
    }
    dialog.lock.emit(name, payload);
  }

  /** @param {string} description why the page's message cannot be shown */
  refuseFlash(description) {
    this.dialog.lock.emit('unrecoverable_error', { code: 'invalid_flash_message', description });
  }

  /** @param {number} version @param {string} address of a language's file */
  loadLanguage(version, address) {
    const { dialog } = this;
    dialog.load(address).then((file) => dialog.handle.language(version, file));
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
    const { lock, clientID } = this.dialog;
    this._request(version, async (webAuth, signal) => {
      const silent = { ...this._params(), connection, timeout: PATIENCE_MS, signal };
      // The state and the nonce of the page's server are for the login. So this request gets its own.
      const probe = { ...silent, responseType: 'token id_token', scope: 'openid profile email', state: null, nonce: null };
      const { error, claims } = await called((cb) => webAuth.checkSession(probe, cb)).then(({ idTokenPayload }) => ({ error: null, claims: idTokenPayload }), (error) => ({ error, claims: null }));
      const data = isSame(claims, connection, to) ? session(claims, connection, clientID) : { sso: false };
      if (!signal.aborted) lock.emit('ssodata fetched', [error?.error === 'login_required' ? null : error, data]);
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
    const { auth, popupOptions } = this.dialog.options;
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
    return openPopup('', this.dialog.options.popupOptions);
  }

  /**
   * Runs the page's hook `hooks.loggingIn` before a login at a social connection.
   *
   * @returns {Promise<void>}
   */
  async beforeLeaving() {
    const { hooks } = this.dialog.options;
    if (hooks?.loggingIn) await runHook(hooks.loggingIn);
  }

  /**
   * Shows a captcha in its place on the screen.
   *
   * @param {import('./captcha.mjs').Labels} labels
   */
  showCaptcha(labels) {
    const { dialog } = this;
    if (!dialog.options.auth?.state) dialog.warn('the tenant wants a captcha, which it gives only to a page with `auth.state`: its own login page');
    dialog.sdk().then((webAuth) => showCaptcha(webAuth, labels, dialog.root())).then(() => dialog.handle.captcha(true), () => dialog.handle.captcha(false));
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
    const { sdk, handle } = this.dialog;
    const { signal } = this.request = new AbortController();
    signal.addEventListener('abort', () => popup?.close());
    sdk().then((webAuth) => work(webAuth, signal)).then((followUp) => {
      handle.verified(version);
      followUp?.();
    }, (error) => {
      popup?.close();
      handle.verified(version, error);
    });
  }

  _staysHere() {
    return this.dialog.options.auth?.redirect === false;
  }

  /** The parameters of /authorize for this showing. */
  _params() {
    const { lock, options } = this.dialog;
    return { ...lock._overrides?.auth?.params ?? options.auth?.params };
  }

  /**
   * Logs in, and waits until the dialog shows the success. With `autoclose` it then hides the dialog. Last, it
   * emits `authenticated`.
   *
   * @param {() => Promise<any>} begin
   */
  async _inPlace(begin) {
    const { lock, options: { autoclose, closable, container } } = this.dialog;
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
