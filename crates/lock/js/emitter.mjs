// @ts-check
/** An event emitter with the methods of Node's `EventEmitter`. */

/** @typedef {(payload?: any) => void} Listener */
/** @typedef {{ listener: Listener, once: boolean }} Entry */

export class Emitter {
  constructor() {
    /** @type {Map<string, Entry[]>} */
    this._listeners = new Map();
    /**
     * Warns the developer about a listener for an unknown event. Set when `lock.more.js` has loaded.
     *
     * @type {((name: string) => void) | undefined}
     */
    this._check = undefined;
  }

  /**
   * @param {string} name
   * @param {Listener} listener
   */
  on(name, listener) {
    return this._add(name, { listener, once: false });
  }

  /**
   * @param {string} name
   * @param {Listener} listener
   */
  addListener(name, listener) {
    return this._add(name, { listener, once: false });
  }

  /**
   * @param {string} name
   * @param {Listener} listener
   */
  once(name, listener) {
    return this._add(name, { listener, once: true });
  }

  /**
   * Removes a listener, or without `listener` all listeners of that name.
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
   * @param {string} name
   * @param {Listener} listener
   */
  removeListener(name, listener) {
    return this.off(name, listener);
  }

  /** @param {string} [name] if missing, the listeners of all events are removed */
  removeAllListeners(name) {
    if (name === undefined) this._listeners.clear();
    else this._listeners.delete(name);
    return this;
  }

  /** @param {string} name */
  listenerCount(name) {
    return this._listeners.get(name)?.length ?? 0;
  }

  /**
   * Calls the listeners of `name` in a microtask, so that a listener added right after `show()` gets the
   * event. An error in a listener is reported as an uncaught error.
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
          // As in Node, there is no argument if there is no payload.
          listener.apply(this, /** @type {[any?]} */ (payload === undefined ? [] : [payload]));
        } catch (error) {
          setTimeout(() => { throw error; });
        }
      }
    });
    return this;
  }

  /**
   * @param {string} name
   * @param {Entry} entry
   */
  _add(name, entry) {
    if (typeof entry.listener !== 'function') throw new TypeError(`The listener of \`${name}\` must be a function.`);
    this._check?.(name);
    this._listeners.set(name, [...(this._listeners.get(name) ?? []), entry]);
    return this;
  }
}
