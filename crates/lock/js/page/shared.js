// @ts-check
/**
 * The state that the scripts of one page share, and the containers by name, which are part of it.
 *
 * The files of this folder are for calls of the browser that are shorter in JavaScript than in Rust, and for what
 * the painter does in the same way as the dialog. `src/page.rs` binds functions of each file. It has to: a Rust
 * program's package gets only the files that a binding names, and these files import each other.
 */

/**
 * The state that the scripts of one page share: the element that had the focus before each dialog opened,
 * containers by name, and the style sheet with the number of dialogs that need it.
 *
 * @type {{ openers: WeakMap<Element | Document, Element | null>, places: Map<string, WeakRef<Element>>, holders: number, sheet: any, css: string }}
 */
export let shared = { openers: new WeakMap(), places: new Map(), holders: 0, sheet: undefined, css: '' };

/**
 * Returns this copy's state. The painter's script and the dialog's script each contain a copy of this module.
 * `adopt` makes the dialog's copy use the state of the painter's copy.
 */
export const share = () => shared;
/** @param {typeof shared} other */
export const adopt = (other) => { shared = other; };

/**
 * The dialog's container. `id` is the id of an element, in the page or in an open shadow root, or a name that
 * `nameOf` made. Without an id the container is the page's body.
 *
 * @param {string} [id]
 * @returns {Element | undefined}
 */
export const host = (id) => (id === undefined ? document.body ?? document.documentElement : shared.places.get(id)?.deref() ?? found(document, id));

/** @param {Document | ShadowRoot} root @param {string} id @returns {Element | undefined} */
function found(root, id) {
  const element = root.getElementById(id);
  if (element) return element;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const inside = shadowRoot && found(shadowRoot, id);
    if (inside) return inside;
  }
}

/**
 * Makes a name for a container that the page gave as an element. `host` finds the element by this name.
 *
 * @param {Element} container
 */
export function nameOf(container) {
  const name = `container ${shared.places.size + 1}`;
  shared.places.set(name, new WeakRef(container));
  return name;
}
