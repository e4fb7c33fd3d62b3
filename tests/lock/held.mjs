// @ts-check
/** Files that come when a test wants them to. */

/** @typedef {import('playwright-core').Page} Page */

/** All of the dialog but its first screen. */
export const MORE = '**/dist/lock.more.js*';

/** Pages whose dialog does not come by itself. @type {WeakSet<Page>} */
const without = new WeakSet();

/** Waits for the dialog, which takes the painted screen's place, unless something keeps it. @param {Page} page */
export async function takenOver(page) {
  if (!without.has(page)) await page.waitForFunction(() => /** @type {any} */ (window).lock._dialog && !(/** @type {any} */ (window).lock._painted));
}

/** Lets the dialog be out of reach, until that is taken back. @param {Page} page */
export async function missing(page) {
  without.add(page);
  const abort = (/** @type {import('playwright-core').Route} */ route) => route.abort();
  await page.route(MORE, abort);
  return () => page.unroute(MORE, abort);
}

/** The test says itself when the dialog is wanted. @param {Page} page */
export const patient = (page) => void without.add(page);

/**
 * Answers nothing until it is let go, and then everything.
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
