// @ts-check
/** The login dialog, with the class that pages know from Lock. Importing has no side effect. */

import { LockHandle } from 'latchkey-bindings';
import { ready } from 'latchkey-loader';
import { version } from '../../../package.json';
import { Emitter } from './emitter.mjs';

/** Where the script was loaded from, and so where the folder `languages` is. */
const place = { folder: '' };

/** @param {string | undefined} script the script's address */
export function locate(script) {
  place.folder = script ? script.slice(0, script.lastIndexOf('/')) : '';
}

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
    ...over(options, show, ['allowedConnections', 'flashMessage', 'language', 'languageDictionary']),
    auth: over(options?.auth, show?.auth, ['params']),
    theme: over(options?.theme, show?.theme, ['logo', 'primaryColor']),
  };
}

export class Auth0LockPasswordless extends Emitter {
  static version = version;

  /**
   * Makes a closed dialog. Nothing is sent to the tenant, and nothing is put on the page; the words of another
   * language than English begin to load.
   *
   * @param {string} clientID
   * @param {string} domain
   * @param {object} [options]
   */
  constructor(clientID, domain, options) {
    super();
    ready();
    const emit = (/** @type {string} */ name, /** @type {any} */ payload) => this.emit(name, payload);
    this._options = options;
    this._handle = new LockHandle(clientID, domain, options, emit, place.folder);
  }

  /**
   * Opens the dialog. Does nothing while it is open, and after `destroy()`.
   *
   * @param {object} [options] for this one showing
   */
  show(options) {
    this._handle.show(merged(this._options, options));
  }

  /** Closes the dialog. Does nothing while it is closed. */
  hide() {
    this._handle.hide();
  }

  /** Closes the dialog for good, and leaves nothing of it on the page. */
  destroy() {
    this._handle.destroy();
    queueMicrotask(() => this.removeAllListeners());
  }

  /**
   * Opens the dialog and waits for how it ends: resolves with `{ step: 'signed in' }` when the browser is on its way
   * to the tenant (or `'signed in elsewhere'`, or `'federated login'`), rejects when the dialog is closed before, or
   * cannot log anybody in. What goes wrong on the way is between the person and the dialog.
   *
   * @param {object} [options] for this one showing
   * @returns {Promise<{ step: string }>}
   */
  login(options) {
    return new Promise((resolve, reject) => {
      /** @type {Record<string, (payload?: any) => void>} */
      const listeners = {
        'step changed': ({ step }) => { if (step === 'signed in') done(() => resolve({ step })); },
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
    });
  }
}
