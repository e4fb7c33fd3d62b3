// @ts-check
/**
 * The whole dialog, which loads behind the first screen as `lock.more.js`. The wasm draws the dialog, requests
 * codes and links, and does the logins for which the browser leaves the page. JavaScript loads the SDK and does
 * the other logins with it: those in place, in a window, and with the tenant's session. JavaScript also reads
 * authorization responses, calls the page's own functions and shows captcha widgets.
 *
 * Methods pass a callback on to the SDK, so the callback gets auth0.js's arguments. Without a callback these
 * methods return a promise.
 */

import { LockHandle } from 'latchkey-bindings';
import { keepBehind, needsKeeping } from './behind.mjs';
import { EVENTS } from './events.mjs';
import { adopt } from './page/shared.js';
import { readResponse } from './response.mjs';
import { defined, requestOptions, sdkWith } from './sdk.mjs';
import { Tasks } from './tasks.mjs';

export { loaded } from 'latchkey-loader';

export const build = LATCHKEY_BUILD;

/** @typedef {import('./sdk.mjs').Callback} Callback */

/**
 * The open dialogs. A page may drop its reference to a dialog that the person still sees, as React does with
 * objects of an earlier render. This set keeps such a dialog alive. A closed dialog may be collected.
 *
 * @type {Set<Dialog>}
 */
const open = new Set();

/**
 * The tasks as the wasm calls them. It holds them weakly: the dialog references the wasm object, and a strong
 * reference back would keep both alive for ever.
 *
 * @param {Tasks} tasks
 * @returns {any}
 */
function weakly(tasks) {
  if (!globalThis.WeakRef) return tasks;
  const kept = new WeakRef(tasks);
  return new Proxy({}, { get: (_, name) => (/** @type {any[]} */ ...args) => /** @type {any} */ (kept.deref())?.[name](...args) });
}

/**
 * Options that have an effect in Lock's dialog and none here. Options that have no effect in Lock's
 * passwordless dialog either are not listed.
 */
const IDLE_OPTIONS = ['connectionResolver', 'plugins'];

export class Dialog {
  /**
   * @param {import('./lock.mjs').Auth0LockPasswordless} lock
   * @param {import('./lock.mjs').Given} given
   * @param {{ base: string, page: any, files: Map<string, any>, load: (address: string) => Promise<any> }} first
   *   what the first screen has loaded: the address of the scripts' folder, the state of `page/shared.js`, and
   *   the language files
   */
  constructor(lock, given, { base, page, files, load }) {
    const { clientID, domain, options = {} } = given;
    adopt(page);
    this.lock = lock;
    this.options = options;
    this.domain = domain;
    this.clientID = clientID;
    this.load = load;
    const sdkOptions = requestOptions(given);
    /** Loads the SDK, for what the wasm does not do itself. */
    this.sdk = sdkWith(sdkOptions);
    for (const name of IDLE_OPTIONS) if (options[name]) this.warn(`the option \`${name}\` has no effect yet`);
    lock._check = (name) => { if (!EVENTS.includes(name)) this.warn(`the event \`${name}\` never comes from this dialog`); };
    for (const name of lock._listeners.keys()) lock._check(name);
    this.tasks = new Tasks(this);
    this.handle = new LockHandle(clientID, domain, options, sdkOptions, weakly(this.tasks), base, [...files]);
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
    this.tasks.popup = painted.popup;
    this._seeToBackground();
    for (const text of painted.news) this.handle.receive(text);
    const root = this.handle.root();
    // The press belongs to the first screen, but the dialog may have opened on another one.
    const isFirst = root?.querySelector('[name=email], [name=phone], .lk-social');
    if (painted.pressed && isFirst) /** @type {HTMLElement | null} */ (root?.querySelector(painted.pressed))?.click();
    // If the press opened no login, its window is closed.
    this.tasks.popup?.close();
    this.tasks.popup = undefined;
  }

  /** The dialog's element, while it is open. @returns {HTMLElement | undefined} */
  root() {
    return this.handle.root();
  }

  hide() {
    this.handle.hide();
    this.release();
  }

  destroy() {
    this.handle.destroy();
    this.release();
  }

  /** Lets the browser collect this dialog, because it is closed. */
  release() {
    open.delete(this);
  }

  /** @param {string} message without the full stop */
  warn(message) {
    if (!this.options.disableWarnings) console.warn(`Auth0LockPasswordless: ${message}.`);
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

  /** @param {string} hash @param {Callback} [cb] */
  resumeAuth(hash, cb) {
    return readResponse(this, hash, cb);
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
    return this.sdk().then(call, (error) => (cb ? void cb(error) : Promise.reject(Object.assign(new Error(error.message), error))));
  }

  /** In a browser without modal dialogs, keeps people out of the page behind an open dialog. */
  _seeToBackground() {
    keepBehind();
    if (!globalThis.HTMLDialogElement?.prototype.showModal && !needsKeeping()) this.lock.once('show', keepBehind);
  }
}
