// @ts-check
/** Turns the painter's data into elements. */

/** @typedef {import('./tree.mjs').Node} Node */

/** Matches a placeholder, such as `⟪title⟫`. */
const PLACE = /\u27ea(.+?)\u27eb/g;

/**
 * Replaces the placeholders in a tree by the texts of `textOf`.
 *
 * @param {Node} node
 * @param {(place: string) => string} textOf
 * @returns {Node}
 */
export function filled(node, textOf) {
  const fill = (/** @type {string} */ text) => text.replace(PLACE, (_, place) => textOf(place));
  if (typeof node === 'string') return fill(node);
  const [name, attributes, ...children] = node;
  const entries = Object.entries(attributes).map(([attribute, value]) => [attribute, fill(value)]);
  return [name, Object.fromEntries(entries), ...children.map((child) => filled(child, textOf))];
}

/**
 * The attributes that the painter has set. The painter changes no others, because the browser or an extension
 * may have set those.
 *
 * @type {WeakMap<Element, Record<string, string>>}
 */
const drawn = new WeakMap();

/**
 * Draws a tree, or changes `old` into that tree. A screen reader announces a text again when the text is set
 * again, so only differences are written.
 *
 * @param {Node} node
 * @param {ChildNode} [old]
 * @returns {ChildNode}
 */
export function draw(node, old) {
  if (typeof node === 'string') {
    if (old?.nodeType !== 3) return document.createTextNode(node);
    if (old.nodeValue !== node) old.nodeValue = node;
    return old;
  }
  const [name, attributes, ...children] = node;
  const element = /** @type {Element} */ (old && /** @type {Element} */ (old).localName === name ? old : create(name));
  const before = drawn.get(element) ?? {};
  for (const attribute of Object.keys(before)) if (!(attribute in attributes)) element.removeAttribute(attribute);
  for (const [attribute, value] of Object.entries(attributes)) if (before[attribute] !== value) element.setAttribute(attribute, value);
  drawn.set(element, attributes);
  children.forEach((child, at) => {
    const there = element.childNodes[at];
    const made = draw(child, there);
    if (made === there) return;
    if (there) there.replaceWith(made);
    else element.append(made);
  });
  while (element.childNodes.length > children.length) element.lastChild?.remove();
  return element;
}

/** @param {string} name */
const create = (name) => (/^(svg|path)$/.test(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name));
