// @ts-check
/** The pieces of first screens: which there are, in which order, and on which facts each depends. */

import { FACTS, NAMES, possible } from './facts.mjs';
import { rendered } from './render.mjs';

/** @typedef {import('./facts.mjs').Facts} Facts */
/** @typedef {import('../../../crates/lock/js/painter/tree.mjs').Node} Node */

/** The name of the outermost piece. */
const ROOT = 'root';

/**
 * The pieces of a screen by name: each text, each element's tag, and each attribute's value. A name is a path from the outermost
 * element, such as `root>child@attribute`. Also returns the names of each element's children, in order. The list of social buttons
 * and the list of countries are one piece each, because the painter repeats their content.
 *
 * @param {Node} screen
 */
export function piecesOf(screen) {
  /** @type {Record<string, Node>} */
  const looks = {};
  /** @type {Record<string, string[]>} */
  const inside = {};
  const visit = (/** @type {Node} */ piece, /** @type {string} */ name) => {
    const isList = typeof piece !== 'string' && (piece[0] === 'select' || piece[1].class === 'lk-social');
    if (typeof piece === 'string' || isList) {
      looks[name] = piece;
      return;
    }
    const [tag, attributes, ...children] = piece;
    looks[name] = tag;
    for (const [attribute, value] of Object.entries(attributes)) looks[`${name}@${attribute}`] = value;
    /** @type {Record<string, number>} */
    const seen = {};
    inside[name] = children.map((child) => {
      const label = labelOf(child);
      seen[label] = (seen[label] ?? 0) + 1;
      return `${name}>${label}${seen[label] > 1 ? seen[label] : ''}`;
    });
    children.forEach((child, at) => visit(child, inside[name][at]));
  };
  visit(screen, ROOT);
  return { looks, inside };
}

/** A label that distinguishes a piece from its siblings. @param {Node} piece */
function labelOf(piece) {
  if (typeof piece === 'string') return '#';
  const [tag, { class: classes = '', id, for: of }] = piece;
  return `${tag}.${id ?? of ?? classes.split(' ').at(-1)}`;
}

/**
 * Finds all pieces. For each piece it returns `names`, the facts on which the piece depends, and `home`, the facts of one screen that
 * contains the piece. It also returns the order of all pieces.
 *
 * @param {Facts[]} samples
 */
export function found(samples) {
  const variants = samples.flatMap((base) => NAMES.flatMap((name) => Object.keys(FACTS[name]).map((value) => ({ base, facts: possible({ ...base, [name]: value }) }))));
  const bases = new Map(rendered(samples).map((screen, at) => [samples[at], piecesOf(screen)]));
  const others = rendered(variants.map(({ facts }) => facts)).map(piecesOf);
  /** @type {Map<string, { names: Set<string>, home: Facts }>} */
  const pieces = new Map();
  /** @type {Map<string, Set<string>>} */
  const before = new Map();
  const see = (/** @type {Facts} */ facts, /** @type {ReturnType<typeof piecesOf>} */ { looks, inside }) => {
    for (const name of Object.keys(looks)) {
      const piece = pieces.get(name) ?? { names: new Set(), home: facts };
      // A screen with social buttons excludes the fewest combinations of facts. So such a screen is preferred as the home.
      if (facts.social === 'yes' && piece.home.social === 'no') piece.home = facts;
      pieces.set(name, piece);
    }
    for (const names of Object.values(inside)) {
      names.forEach((name, at) => before.set(name, new Set([...before.get(name) ?? [], ...names.slice(0, at)])));
    }
  };
  for (const [facts, screen] of bases) see(facts, screen);
  others.forEach((screen, at) => see(variants[at].facts, screen));
  variants.forEach(({ base, facts }, at) => {
    const [differing, ...more] = NAMES.filter((name) => base[name] !== facts[name]);
    // If `possible` (facts.mjs) has changed a second fact, it is unknown which of the two makes the difference.
    if (!differing || more.length > 0) return;
    const [one, other] = [bases.get(base)?.looks ?? {}, others[at].looks];
    for (const [piece, { names }] of pieces) {
      const owner = ownerOf(piece);
      const isThere = owner === undefined || (owner in one && owner in other);
      if (isThere && JSON.stringify(one[piece]) !== JSON.stringify(other[piece])) names.add(differing);
    }
  });
  return { pieces, order: { before, inside: merged([...bases.values(), ...others]) } };
}

/** The name of the element that contains a piece or has the attribute. @param {string} piece */
export function ownerOf(piece) {
  const end = Math.max(piece.lastIndexOf('>'), piece.lastIndexOf('@'));
  return end < 0 ? undefined : piece.slice(0, end);
}

/** The names of all children that each element has in any screen. @param {ReturnType<typeof piecesOf>[]} all */
function merged(all) {
  /** @type {Record<string, Set<string>>} */
  const inside = {};
  for (const screen of all) {
    for (const [element, names] of Object.entries(screen.inside)) inside[element] = new Set([...inside[element] ?? [], ...names]);
  }
  return inside;
}
