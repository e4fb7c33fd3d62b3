// @ts-check
/** The on-screen keyboard of phones. */

import { paint } from './colours.js';

/**
 * The least height of an on-screen keyboard, in pixels. A smaller difference comes from a browser's sliding
 * toolbar or from rounding.
 */
const LEAST_KEYBOARD = 100;

/**
 * Some on-screen keyboards cover the page and do not shrink it. This function keeps the dialog above them. It
 * returns the function that stops this. It does nothing in a browser without `visualViewport`.
 *
 * @param {HTMLElement} root
 * @returns {() => void}
 */
export function avoidKeyboard(root) {
  const { visualViewport } = window;
  const lift = () => {
    const covered = Math.floor(innerHeight - (visualViewport?.height ?? innerHeight));
    const height = covered > LEAST_KEYBOARD ? covered : 0;
    paint(root, '--lk-keyboard', `${height}px`);
    // The button stands right under the field, so both stay visible.
    if (height > 0) root.querySelector('.lk-submit')?.scrollIntoView(false);
  };
  visualViewport?.addEventListener('resize', lift);
  // The keyboard may be open already.
  if (visualViewport && innerHeight - visualViewport.height > LEAST_KEYBOARD) lift();
  return () => visualViewport?.removeEventListener('resize', lift);
}
