// @ts-check
/**
 * Chooses readable text colours for the page's own colour. `src/color.rs` has the same rule, and
 * `tests/lock/painter.test.mjs` compares the two.
 */

/**
 * The least contrast that the dialog accepts for text. WCAG 2.2 (1.4.3) asks for 4.5. `luminance` is not exact,
 * so the limit is higher.
 */
const READABLE = 4.8;

/**
 * Parses a colour of `getComputedStyle` into red, green and blue, each 0 to 1.
 *
 * @param {string} computed
 */
function channels(computed) {
  const scale = computed.startsWith('rgb') ? 255 : computed.startsWith('color(srgb ') ? 1 : 0;
  const numbers = computed.match(/[\d.]+/g) ?? [];
  return scale && numbers.length >= 3 ? numbers.slice(0, 3).map((number) => Math.min(1, Number(number) / scale)) : undefined;
}

/** Approximate relative luminance (WCAG 2.2), 0 to 1. sRGB's curve runs between x² and x³. @param {number[]} color */
function luminance(color) {
  const [red, green, blue] = color.map((value) => value * value * (0.75 + 0.25 * value));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio of two luminances, 1 to 21 (WCAG 2.2). @param {number} one @param {number} other */
const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/**
 * Applies a colour to a screen that is on the page. A strict content security policy forbids `style` attributes,
 * so properties are set through the CSSOM.
 *
 * @param {HTMLElement} root
 * @param {string | undefined} color
 */
export function paintColor(root, color) {
  if (!color) return;
  root.style.setProperty('--lk-primary', color);
  const primary = channels(getComputedStyle(root).accentColor);
  if (!primary) return;
  const light = luminance(primary);
  root.style.setProperty('--lk-on-primary', contrast(light, 1) >= contrast(light, 0) ? '#fff' : '#000');
  const panel = root.firstElementChild;
  const surface = panel && channels(getComputedStyle(panel).backgroundColor);
  const isReadable = !surface || contrast(light, luminance(surface)) >= READABLE;
  root.style.setProperty('--lk-accent', isReadable ? 'var(--lk-primary)' : 'var(--lk-text)');
}
