// @ts-check
/** The painter's table: the look of each piece, by the facts on which it depends. */

import { Failure } from '../run.mjs';
import { FACTS, NAMES, possible } from './facts.mjs';
import { ownerOf, piecesOf } from './pieces.mjs';
import { rendered } from './render.mjs';

/** @typedef {import('./facts.mjs').Facts} Facts */
/** @typedef {import('../../../crates/lock/js/painter/tree.mjs').Node} Node */
/** @typedef {import('../../../crates/lock/js/painter/tree.mjs').Piece} Piece */
/** @typedef {import('../../../crates/lock/js/painter/tree.mjs').Choice} Choice */

/**
 * The look of each piece for every combination of the facts on which it depends.
 *
 * @param {Map<string, { names: Set<string>, home: Facts }>} pieces
 * @param {{ before: Map<string, Set<string>>, inside: Record<string, Set<string>> }} order
 * @returns {Piece[]} the outermost piece first
 */
export function tabulated(pieces, { before, inside }) {
  /** @type {{ piece: string, facts: Facts }[]} */
  const cells = [];
  for (const [piece, { names, home }] of pieces) {
    const facts = NAMES.filter((name) => names.has(name));
    for (const values of product(facts.map((name) => Object.keys(FACTS[name])))) {
      const real = possible({ ...home, ...Object.fromEntries(facts.map((name, at) => [name, values[at]])) });
      // Combinations that cannot occur are left out.
      if (facts.every((name, at) => real[name] === values[at])) cells.push({ piece, facts: real });
    }
  }
  /** @type {Map<string, { facts: Facts, look: Node | undefined }[]>} */
  const rows = new Map([...pieces.keys()].map((piece) => [piece, []]));
  rendered(cells.map(({ facts }) => facts)).map(piecesOf).forEach(({ looks }, at) => {
    const { piece, facts } = cells[at];
    const owner = ownerOf(piece);
    if (owner === undefined || owner in looks) rows.get(piece)?.push({ facts, look: looks[piece] });
  });
  const look = (/** @type {string} */ piece) => choice(NAMES.filter((name) => pieces.get(piece)?.names.has(name)), rows.get(piece) ?? []);
  // `inside` has the indexes of children, because an index is shorter than a name.
  const names = [...pieces.keys()].filter((piece) => !piece.includes('@'));
  return names.map((piece) => {
    if (!inside[piece]) return { look: look(piece) };
    const attributes = [...pieces.keys()].filter((name) => name.startsWith(`${piece}@`));
    return {
      look: look(piece),
      attributes: Object.fromEntries(attributes.map((name) => [name.slice(piece.length + 1), look(name)])),
      inside: sorted([...inside[piece]], before).map((name) => names.indexOf(name)),
    };
  });
}

/**
 * A look that is chosen by one fact after another. A fact that makes no difference is left out. The look that most values of a fact
 * share becomes `else`.
 *
 * @param {string[]} names
 * @param {{ facts: Facts, look: Node | undefined }[]} rows
 * @returns {Choice}
 */
function choice([name, ...names], rows) {
  if (!name) return rows[0]?.look ?? null;
  const values = Object.keys(FACTS[name]).filter((value) => rows.some(({ facts }) => facts[name] === value));
  const branches = values.map((value) => /** @type {const} */ ([value, choice(names, rows.filter(({ facts }) => facts[name] === value))]));
  const texts = branches.map(([, branch]) => JSON.stringify(branch));
  const count = (/** @type {string} */ text) => texts.filter((other) => other === text).length;
  const common = texts.reduce((best, text) => (count(text) > count(best) ? text : best));
  const others = branches.filter((_, at) => texts[at] !== common);
  if (others.length === 0) return JSON.parse(common);
  return { by: name, of: Object.fromEntries(others), else: JSON.parse(common) };
}

/** All combinations of one item from each list. @param {string[][]} lists @returns {string[][]} */
const product = (lists) => lists.reduce((all, list) => all.flatMap((one) => list.map((value) => [...one, value])), /** @type {string[][]} */ ([[]]));

/**
 * Sorts names in an order that agrees with every rendered screen.
 *
 * @param {string[]} names
 * @param {Map<string, Set<string>>} before
 */
function sorted(names, before) {
  /** @type {string[]} */
  const done = [];
  while (done.length < names.length) {
    const next = names.find((name) => !done.includes(name) && names.every((other) => done.includes(other) || !before.get(name)?.has(other)));
    if (!next) throw new Failure(`The pieces of the first screen stand in different orders: ${names.filter((name) => !done.includes(name)).join(', ')}.`);
    done.push(next);
  }
  return done;
}
