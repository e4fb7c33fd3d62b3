// @ts-check
/** The login dialog, with the class that pages know from Lock. Importing has no side effect. */

import { LockHandle } from 'latchkey-bindings';
import { ready } from 'latchkey-loader';
import { version } from '../../../package.json';

/** @typedef {(payload?: any) => void} Listener */

/** What can be listened to. Lock's other names are accepted, and nothing ever comes of them. */
const EVENTS = [
  'show', 'hide', 'authorization_error', 'unrecoverable_error', 'socialOrEmail ready', 'socialOrEmail submit',
  'vcode ready', 'vcode submit', 'code sent', 'code resent', 'step changed', 'cancelled',
];

/** Where the script was loaded from, and so where the folder `languages` is. */
const place = { folder: '' };

/** @param {string | undefined} script the script's address */
export function locate(script) {
  place.folder = script ? script.slice(0, script.lastIndexOf('/')) : '';
}

export class Auth0LockPasswordless {
  static version = version;

  /**
   * Makes a closed dialog. Nothing is sent, and nothing is put on the page.
   *
   * @param {string} clientID
   * @param {string} domain
   * @param {object} [options]
   */
  constructor(clientID, domain, options) {
    ready();
    /** @type {Map<string, { listener: Listener, once: boolean }[]>} */
    this._listeners = new Map();
    this._handle = new LockHandle(clientID, domain, options, (/** @type {string} */ name, /** @type {any} */ payload) => this.emit(name, payload), place.folder);
  }

  /**
   * Opens the dialog. Does nothing while it is open.
   *
   * @param {object} [options] for this one showing
   */
  show(options) {
    this._handle.show(options);
  }

  /** Closes the dialog. Does nothing while it is closed. */
  hide() {
    this._handle.hide();
  }

  /** Closes the dialog for good, and leaves nothing of it on the page. */
  destroy() {
    this._handle.destroy();
    queueMicrotask(() => this._listeners.clear());
  }

  /**
   * @param {string} name
   * @param {Listener} listener
   */
  on(name, listener) {
    return this._add(name, listener, false);
  }

  /**
   * @param {string} name
   * @param {Listener} listener
   */
  once(name, listener) {
    return this._add(name, listener, true);
  }

  /**
   * Without a listener, all of that name are taken away.
   *
   * @param {string} name
   * @param {Listener} [listener]
   */
  off(name, listener) {
    const kept = (this._listeners.get(name) ?? []).filter((entry) => listener && entry.listener !== listener);
    this._listeners.set(name, kept);
    return this;
  }

  /**
   * Calls the listeners of `name` in a microtask, so that one added right after `show()` hears of it. What a
   * listener throws is reported as if nobody had called it.
   *
   * @param {string} name
   * @param {any} [payload]
   */
  emit(name, payload) {
    queueMicrotask(() => {
      const listeners = this._listeners.get(name) ?? [];
      this._listeners.set(name, listeners.filter(({ once }) => !once));
      for (const { listener } of listeners) {
        try {
          listener.call(this, payload);
        } catch (error) {
          setTimeout(() => { throw error; });
        }
      }
    });
    return this;
  }

  /**
   * @param {string} name
   * @param {Listener} listener
   * @param {boolean} once
   */
  _add(name, listener, once) {
    if (!EVENTS.includes(name)) console.warn(`Auth0LockPasswordless: the event \`${name}\` never comes from this dialog.`);
    this._listeners.set(name, [...(this._listeners.get(name) ?? []), { listener, once }]);
    return this;
  }
}

