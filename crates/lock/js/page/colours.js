// @ts-check
/** Colours: computed ones, those that are set, and the colour scheme around the dialog. */

/** @param {Element} element @param {string} property @returns {string} */
export const computed = (element, property) => getComputedStyle(element).getPropertyValue(property);

/**
 * Sets a CSS property. A strict content security policy forbids `style` attributes, so the property is set
 * through the CSSOM. An invalid value is ignored.
 *
 * @param {HTMLElement} element
 * @param {string} property
 * @param {string} value
 */
export const paint = (element, property, value) => element.style.setProperty(property, value);

/**
 * Gives the dialog the colour scheme that the page has set around it by the property `color-scheme`, also when
 * the page changes it. If the page has set none, the dialog follows the browser.
 *
 * @param {HTMLElement} root
 */
export function followScheme(root) {
  let scheme = root.dataset.scheme;
  if (scheme !== 'auto') return;
  const follow = () => {
    // Stops if something else has set the scheme since, or if the dialog is gone.
    if (root.dataset.scheme !== scheme || !root.isConnected) return watch.disconnect();
    const around = /** @type {any} */ (root.parentNode);
    const { colorScheme = '' } = getComputedStyle(around.host ?? around);
    scheme = /^(?:only )?(dark|light)(?: only)?$/.exec(colorScheme)?.[1] ?? 'auto';
    if (root.dataset.scheme !== scheme) root.dataset.scheme = scheme;
  };
  const watch = new MutationObserver(follow);
  for (const element of [document.documentElement, document.body]) watch.observe(element, { attributes: true });
  follow();
}
