// @ts-check
/** Where the dialog's other files are, and how `lock.more.js`, which has all of the dialog, comes. */

/** How long it may take. */
const TIMEOUT_MS = 20_000;

/** Of this very script: only what was built with it fits. */
const BUILD = LATCHKEY_BUILD;

/** Where the dialog's files are, and how it gets at `lock.more.js`. @type {{ folder: () => string, load: (failures: number) => Promise<any> }} */
const files = { folder: () => '', load: () => Promise.reject(new Error('nothing says where lock.more.js is')) };

/**
 * @param {() => string} folder what {@link folder} returns
 * @param {(failures: number) => Promise<any>} load loads `lock.more.js`; it is told how often that has failed
 */
export function locate(folder, load) {
  Object.assign(files, { folder, load });
}

/**
 * The address of the folder that the script is in, without a slash at its end; empty, where nobody knows. For a module it is
 * `MODULES` of `language.mjs`, which is no address.
 */
export const folder = () => files.folder();

let failures = 0;
/** @type {Promise<any> | undefined} */
let loading;

/**
 * `lock.more.js`, compiled. What the browser kept of another build is asked for again, under another address.
 *
 * @returns {Promise<typeof import('./more.mjs')>}
 */
export function loadMore() {
  loading ??= withinTime(fetched()).catch((error) => {
    loading = undefined;
    failures += 1;
    throw Object.assign(error, { kind: 'network' });
  });
  return loading;
}

async function fetched() {
  let more = await files.load(failures);
  if (more.build !== BUILD) more = await files.load(failures += 1);
  if (more.build !== BUILD) throw new Error('lock.more.js is of another build than the dialog');
  await more.loaded();
  return more;
}

/** @param {Promise<any>} work */
function withinTime(work) {
  return new Promise((done, fail) => {
    const late = setTimeout(fail, TIMEOUT_MS, new Error('lock.more.js does not come'));
    work.then(done, fail).finally(() => clearTimeout(late));
  });
}
