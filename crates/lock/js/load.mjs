// @ts-check
/** Locates the dialog's other files, and loads `lock.more.js`, which has the whole dialog. */

/** The time limit for loading `lock.more.js`, in milliseconds. */
const TIMEOUT_MS = 20_000;

/** The build of this script. Only a `lock.more.js` of the same build fits. */
const BUILD = LATCHKEY_BUILD;

/**
 * The address of the dialog's folder, and the function that loads `lock.more.js`.
 *
 * @type {{ folder: () => string, load: (failures: number) => Promise<any> }}
 */
const files = { folder: () => '', load: () => Promise.reject(new Error('nothing says where lock.more.js is')) };

/**
 * @param {() => string} folder gives the address of the dialog's folder, see {@link folder} below
 * @param {(failures: number) => Promise<any>} load loads `lock.more.js`; its argument is the number of
 *   failures so far
 */
export function locate(folder, load) {
  Object.assign(files, { folder, load });
}

/**
 * The address of the script's folder, without a slash at its end, or empty if it is not known. In the modules
 * it is no address but the text `MODULES` of `language.mjs`, because languages are modules there.
 */
export const folder = () => files.folder();

let failures = 0;
/** @type {Promise<any> | undefined} */
let loading;

/**
 * Loads `lock.more.js` and compiles its wasm. If the browser has cached another build, the file is requested
 * again under another address.
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
