// @ts-check
/** Functions that run in the page. */

/** Runs before the page's scripts. Records the credentials mode of each request, messages, and uncaught errors. */
export function instrument() {
  const page = /** @type {any} */ (window);
  page.credentials = [];
  page.uncaught = [];
  page.messages = [];
  addEventListener('message', ({ data, origin }) => page.messages.push({ data, origin }));
  addEventListener('error', (event) => page.uncaught.push(event.message));
  addEventListener('unhandledrejection', (event) => page.uncaught.push(`rejection: ${event.reason?.message ?? event.reason}`));

  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (/** @type {any} */ body) {
    page.credentials.push(this.withCredentials ? 'include' : 'same-origin');
    return send.call(this, body);
  };
  const fetch = window.fetch;
  window.fetch = (input, init) => {
    // The request for Latchkey's own module is not part of the comparison.
    if (String(input).endsWith('.wasm')) return fetch(input, init);
    const mode = input instanceof Request && !init?.credentials ? input.credentials : init?.credentials ?? 'same-origin';
    page.credentials.push(mode);
    return fetch(input, init);
  };
}

/**
 * @typedef {object} Order
 * @property {'theirs' | 'ours'} library
 * @property {unknown} options of the constructor. With `$none` it is called without an argument
 * @property {string} method a path such as `client.passwordless.start`; `new` only constructs
 * @property {unknown[]} args in which `$callback`, `$undefined` and the like stand for values that JSON does not have
 * @property {unknown[]} post messages that the page posts to itself after the call
 * @property {number} patience milliseconds to wait for an effect
 */

/**
 * Makes the call, waits for its effect, and returns everything that can be observed.
 *
 * @param {Order} order
 */
export async function call({ library, options, method, args, post, patience }) {
  const page = /** @type {any} */ (window);
  const namespace = page[library];
  /** @type {unknown[][]} */
  const callbacks = [];
  let settled = () => {};
  const effect = new Promise((resolve) => { settled = () => resolve(undefined); });
  // After `beforeunload` there is nothing more to wait for.
  let leaves = false;
  addEventListener('beforeunload', () => {
    leaves = true;
    setTimeout(settled, 100);
  });
  addEventListener('error', () => settled());
  /** @type {(value: any) => any} */
  const revive = (value) => {
    if (value === '$undefined') return undefined;
    if (value === '$callback') {
      return (/** @type {unknown[]} */ ...result) => {
        callbacks.push(result.map(shown));
        settled();
      };
    }
    if (value === '$function') return () => {};
    if (value === '$element') return document.body.appendChild(document.createElement('div'));
    if (value === '$done') return (/** @type {() => void} */ done) => done();
    if (Array.isArray(value)) return value.map(revive);
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
    return value;
  };

  /** @type {any} */
  let thrown;
  /** @type {unknown} */
  let returned;
  const live = options === '$none' ? undefined : revive(options);
  try {
    const client = new namespace.WebAuth(live);
    if (method !== 'new') {
      const path = method.split('.');
      const name = /** @type {string} */ (path.pop());
      const target = path.reduce((object, key) => object[key], client);
      const result = target[name](...args.map(revive));
      if (typeof result === 'string') returned = result;
      if (result && typeof result.then === 'function') result.then(undefined, () => {});
    }
  } catch (error) {
    thrown = { name: error instanceof Error ? error.name : typeof error, message: error instanceof Error ? error.message : String(error) };
  }
  const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
  if (!thrown && returned === undefined && method !== 'new') await Promise.race([effect, pause(patience)]);
  for (const message of post) {
    postMessage(message, location.origin);
    await pause(30);
  }
  await pause(30);
  return { thrown, returned, callbacks, credentials: page.credentials, uncaught: page.uncaught, messages: page.messages, leaves };

  /**
   * Converts an error or another value into JSON.
   *
   * @param {any} value
   * @returns {any}
   */
  function shown(value) {
    if (value === undefined) return '$undefined';
    if (typeof value === 'function') return '$function';
    if (Array.isArray(value)) return value.map(shown);
    if (value && typeof value === 'object') {
      const own = Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'response').map(([key, inner]) => [key, shown(inner)]));
      return value instanceof Error ? { $message: value.message, ...own } : own;
    }
    return value;
  }
}
