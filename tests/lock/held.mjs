// @ts-check
/** Delays requests for files until a test lets them go on. */

/** @typedef {import('playwright-core').Page} Page */

/** Matches the requests for the file with the whole dialog. */
export const MORE = '**/dist/lock.more.js*';

/** Pages on which the test itself decides whether and when the dialog loads. @type {WeakSet<Page>} */
const without = new WeakSet();

/** Waits until the dialog has replaced the painted screen, unless the test delays the dialog. @param {Page} page */
export async function takenOver(page) {
  if (!without.has(page)) await page.waitForFunction(() => /** @type {any} */ (window).lock._dialog && !(/** @type {any} */ (window).lock._painted));
}

/** Makes every request for the dialog's file fail. Returns the function that ends this. @param {Page} page */
export async function missing(page) {
  without.add(page);
  const abort = (/** @type {import('playwright-core').Route} */ route) => route.abort();
  await page.route(MORE, abort);
  return () => page.unroute(MORE, abort);
}

/** Tells `takenOver` not to wait for the dialog, because the test waits itself. @param {Page} page */
export const patient = (page) => void without.add(page);

/**
 * Delays matching requests until the returned function is called.
 *
 * @param {Page} page
 * @param {string} [pattern]
 * @returns {Promise<() => void>}
 */
export async function held(page, pattern = MORE) {
  let isOpen = false;
  if (pattern === MORE) without.add(page);
  /** @type {(() => void)[]} */
  const waiting = [];
  await page.route(pattern, (route) => {
    const go = () => { route.continue().catch(() => {}); };
    if (isOpen) go();
    else waiting.push(go);
  });
  return () => {
    isOpen = true;
    for (const go of waiting.splice(0)) go();
  };
}
