// @ts-check
/** The style sheet on the page, and in shadow roots, while dialogs need it. */

import { shared } from './shared.js';

/** @param {string} css the style sheet for callers of `holdStyles` that have none */
export const bringStyles = (css) => { shared.css = css; };

/**
 * Adds the style sheet to the page unless the page has it. Every content security policy allows a constructable
 * style sheet. Browsers without constructable style sheets get a `<style>` element.
 *
 * @param {string} css
 * @param {string} nonce
 */
export function holdStyles(css, nonce) {
  shared.holders += 1;
  if (shared.holders > 1) return;
  try {
    shared.sheet = new CSSStyleSheet();
    // Old browsers have the class, but neither `replaceSync` nor `adoptedStyleSheets`.
    shared.sheet.replaceSync(css || shared.css);
    // Older browsers freeze the list of style sheets, so the whole list is replaced.
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, shared.sheet];
  } catch {
    shared.sheet = document.createElement('style');
    if (nonce) shared.sheet.setAttribute('nonce', nonce);
    shared.sheet.textContent = css || shared.css;
    document.head.append(shared.sheet);
  }
}

/** Removes the style sheet from the page when no dialog needs it any longer. */
export function dropStyles() {
  shared.holders -= 1;
  if (shared.holders > 0) return;
  if (shared.sheet.remove) shared.sheet.remove();
  else document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== shared.sheet);
}

/**
 * Adds the style sheet to the shadow root around `root`, because the page's style sheets do not apply there.
 *
 * @param {Element} root
 */
export function bringInto(root) {
  const scope = /** @type {any} */ (root.getRootNode());
  const { sheet } = shared;
  if (scope === document || !sheet) return;
  if (sheet.remove) scope.append(sheet.cloneNode(true));
  else scope.adoptedStyleSheets = [...scope.adoptedStyleSheets.filter((/** @type {any} */ other) => other !== sheet), sheet];
}

/** Removes the style sheet from a shadow root. @param {ShadowRoot} scope */
export function takeFrom(scope) {
  const { sheet } = shared;
  scope.adoptedStyleSheets = scope.adoptedStyleSheets?.filter((other) => other !== sheet);
  for (const style of scope.querySelectorAll('style')) if (style.textContent === sheet?.textContent) style.remove();
}
