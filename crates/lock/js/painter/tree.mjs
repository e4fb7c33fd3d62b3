// @ts-check
/** Makes the tree of one first screen out of the painter's data. The build also uses this module, to check its data. */

/**
 * A text, or an element: its name, its attributes, its children.
 *
 * @typedef {string | [name: string, attributes: Record<string, string>, ...children: any[]]} Node
 */

/**
 * A node, nothing (`null`), or several choices of which the fact `by` selects one.
 *
 * @typedef {Node | null | { by: string, of: Record<string, any>, else: any }} Choice
 */

/**
 * A piece of the screen. With `attributes` it is an element: `look` is the element's name, and `inside` has the
 * indexes of the pieces in the element. Without `attributes`, `look` is a text, or an element with its content.
 *
 * @typedef {{ look: Choice, attributes?: Record<string, Choice>, inside?: number[] }} Piece
 */

/**
 * The tree of the first screen for these facts.
 *
 * @param {Piece[]} pieces the outermost piece first
 * @param {Record<string, string>} facts
 * @returns {Node}
 */
export function treeOf(pieces, facts) {
  /** @type {(at: number) => Node | null} */
  const grow = (at) => {
    const { look, attributes, inside = [] } = pieces[at];
    const node = chosen(look, facts);
    if (!attributes || typeof node !== 'string') return node;
    const entries = Object.entries(attributes).map(([name, choice]) => [name, chosen(choice, facts)]).filter(([, value]) => value !== null);
    return [node, Object.fromEntries(entries), ...inside.map(grow).filter((child) => child !== null)];
  };
  return /** @type {Node} */ (grow(0));
}

/** @param {Choice} choice @param {Record<string, string>} facts @returns {Node | null} */
function chosen(choice, facts) {
  if (choice === null || typeof choice === 'string' || Array.isArray(choice)) return choice;
  const value = facts[choice.by];
  return chosen(value in choice.of ? choice.of[value] : choice.else, facts);
}
