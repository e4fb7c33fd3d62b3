// @ts-check
/** Asks the page's own functions for the picture and the name of an address's owner (`avatar`). No third party is asked. */

/**
 * People type an address letter by letter. So the page is asked when the address has not changed for this long,
 * in milliseconds.
 */
const PAUSE_MS = 300;

/** The longest name that is shown, in characters. A longer one is cut. */
const LONGEST_NAME = 60;

/** @typedef {{ email: string, image: string, name: string }} Person */
/** @typedef {{ [name in 'url' | 'displayName']?: (email: string, cb: (error: unknown, value?: unknown) => void) => unknown }} Provider */

/**
 * Makes a function that asks the page about an address. For an empty address the function stops asking. The
 * results go to `notify`: once when the picture has loaded, and once for the name. A failure changes nothing.
 *
 * @param {unknown} avatar
 * @param {(person: Person) => void} notify
 * @param {(message: string) => void} warn
 * @returns {(email: string) => void}
 */
export function avatars(avatar, notify, warn) {
  const provider = /** @type {Provider} */ (Object(avatar));
  const names = /** @type {const} */ (['url', 'displayName']);
  const isRight = names.some((name) => provider[name] !== undefined) && names.every((name) => ['function', 'undefined'].includes(typeof provider[name]));
  if (avatar && !isRight) warn('the option `avatar` has to be an object with the functions `url` and `displayName`, or one of them');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  return (email) => {
    clearTimeout(pause);
    if (email === '' || !isRight) return;
    const person = { email, image: '', name: '' };
    const report = (/** @type {Partial<Person>} */ more) => notify(Object.assign(person, more));
    pause = setTimeout(() => {
      ask(provider, 'url', email, warn, (address) => {
        const image = new Image();
        image.onload = () => report({ image: address });
        image.onerror = () => warn(`the picture of \`avatar.url\` cannot be loaded`);
        image.src = address;
      });
      ask(provider, 'displayName', email, warn, (name) => report({ name: [...name].slice(0, LONGEST_NAME).join('') }));
    }, PAUSE_MS);
  };
}

/**
 * Calls one of the page's functions. That function may throw, reject, or call back without a value.
 *
 * @param {Provider} provider
 * @param {'url' | 'displayName'} name
 * @param {string} email
 * @param {(message: string) => void} warn
 * @param {(value: string) => void} take
 */
async function ask(provider, name, email, warn, take) {
  const failed = (/** @type {any} */ error) => warn(`\`avatar.${name}\` failed: ${error?.message ?? error}`);
  try {
    await provider[name]?.(email, (error, value) => {
      if (error) failed(error);
      else if (typeof value === 'string' && value.trim()) take(value.trim());
    });
  } catch (error) {
    failed(error);
  }
}
