// @ts-check
/** From the painter's data to the tree of one first screen. The build uses it, too, to check its data. */

/**
 * A text, or an element: its name, its attributes, its children.
 *
 * @typedef {string | [name: string, attributes: Record<string, string>, ...children: any[]]} Node
 */

/**
 * A look, or nothing; or several looks, of which a fact chooses one.
 *
 * @typedef {Node | null | { by: string, of: Record<string, any>, else: any }} Choice
 */

/**
 * A piece of the screen. It is an element if it has attributes, and the numbers of the pieces inside of it; then `look` is its
 * name. Else `look` is a text, or an element with all that is in it.
 *
 * @typedef {{ look: Choice, attributes?: Record<string, Choice>, inside?: number[] }} Piece
 */

/**
 * The first screen under these facts.
 *
 * @param {Piece[]} pieces the outermost one first
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
