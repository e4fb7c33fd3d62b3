// @ts-check
/** Subscribing, as Node's `EventEmitter` does it. */

/** @typedef {(payload?: any) => void} Listener */

export class Emitter {
  constructor() {
    /** @type {Map<string, { listener: Listener, once: boolean }[]>} */
    this._listeners = new Map();
    /** Tells the developer of a name of which nothing comes, once `lock.more.js` is there. @type {((name: string) => void) | undefined} */
    this._doubt = undefined;
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
  addListener(name, listener) {
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
   * @param {string} name
   * @param {Listener} listener
   */
  removeListener(name, listener) {
    return this.off(name, listener);
  }

  /** @param {string} [name] without it, the listeners of all events go */
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
          // As Node's: without a payload there is no argument.
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
   * @param {Listener} listener
   * @param {boolean} once
   */
  _add(name, listener, once) {
    if (typeof listener !== 'function') throw new TypeError(`The listener of \`${name}\` must be a function.`);
    this._doubt?.(name);
    this._listeners.set(name, [...(this._listeners.get(name) ?? []), { listener, once }]);
    return this;
  }
}
