// @ts-check
/** When a page's files load, and with them the dialog: tests hold them back, let them fail, or wait for the handover. */

/** @typedef {import('playwright-core').Page} Page */

/** Matches the requests for the file with the whole dialog. */
export const DIALOG_FILE = '**/dist/lock.more.js*';

/** Waits until the dialog has loaded and has replaced the painted first screen. @param {Page} page */
export async function handedOver(page) {
  await page.waitForFunction(() => /** @type {any} */ (window).lock._dialog && !(/** @type {any} */ (window).lock._painted));
}

/** Pages on which `stage.dialog` does not wait for the handover. @type {WeakSet<Page>} */
const openedOnly = new WeakSet();

/** Has `stage.dialog` not wait for the handover on this page, because the test decides when it happens. @param {Page} page */
export const openOnly = (page) => void openedOnly.add(page);

/** @param {Page} page */
export const isOpenedOnly = (page) => openedOnly.has(page);

/** Makes every request for the dialog's file fail. Returns the function that ends this. @param {Page} page */
export async function failToLoad(page) {
  openOnly(page);
  const abort = (/** @type {import('playwright-core').Route} */ route) => route.abort();
  await page.route(DIALOG_FILE, abort);
  return () => page.unroute(DIALOG_FILE, abort);
}

/**
 * Delays matching requests until the returned function is called.
 *
 * @param {Page} page
 * @param {string} [pattern]
 * @returns {Promise<() => void>}
 */
export async function hold(page, pattern = DIALOG_FILE) {
  let isOpen = false;
  if (pattern === DIALOG_FILE) openOnly(page);
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
