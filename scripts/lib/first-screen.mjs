// @ts-check
/**
 * Makes the painter's data from the dialog's own view. The native program `first-screen` renders the first screen for given
 * options. This module finds out which pieces the screen has, and on which facts about the options each piece depends. So a word, a
 * class or an attribute that changes in the view also changes in the painter, without another edit.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFragment } from 'parse5';
import { treeOf } from '../../crates/lock/js/painter/tree.mjs';
import { SPARE, flat } from './languages.mjs';
import { root, targetFolder } from './paths.mjs';
import { Failure, run } from './run.mjs';

/** @typedef {Record<string, string>} Facts */
/** @typedef {import('../../crates/lock/js/painter/tree.mjs').Node} Node */
/** @typedef {import('../../crates/lock/js/painter/tree.mjs').Piece} Piece */
/** @typedef {import('../../crates/lock/js/painter/tree.mjs').Choice} Choice */
/** @typedef {{ options: any, state?: string, rightToLeft?: boolean }} Wanted */

const SOCIAL = ['⟪connection⟫', '⟪pictured⟫'];
const LOOK = { displayName: '⟪name⟫' };
/** A connection that has a letter as its badge, and one that has an image. */
const BUTTONS = { '⟪connection⟫': LOOK, '⟪pictured⟫': { ...LOOK, icon: '⟪icon⟫' } };
const message = (/** @type {string} */ type) => ({ options: { flashMessage: { type, text: 'x' } } });

/**
 * Every fact on which a first screen may depend, under the painter's names. For each value of a fact: the options that produce it.
 *
 * @type {Record<string, Record<string, Wanted>>}
 */
const FACTS = {
  place: { over: { options: {} }, fixed: { options: { closable: false } }, inline: { options: { container: 'x' } } },
  channels: {
    email: { options: { allowedConnections: ['email'] } }, phone: { options: { allowedConnections: ['sms'] } },
    'email+phone': { options: { allowedConnections: ['email', 'sms'] } }, 'phone+email': { options: { allowedConnections: ['sms', 'email'] } },
    none: { options: { allowedConnections: [] } },
  },
  social: { no: { options: {} }, yes: { options: { theme: { authButtons: BUTTONS } } } },
  terms: { text: { options: {} }, box: { options: { mustAcceptTerms: true } }, none: { options: { showTerms: false } } },
  logo: { mark: { options: {} }, image: { options: { theme: { logo: '⟪logo⟫' } } }, none: { options: { theme: { logo: '' } } } },
  title: { shown: { options: {} }, hidden: { options: { theme: { hideMainScreenTitle: true } } } },
  button: { words: { options: {} }, arrow: { options: { theme: { labeledSubmitButton: false } } } },
  autofocus: { yes: { options: { autofocus: true } }, no: { options: { autofocus: false } } },
  autocomplete: { on: { options: {} }, off: { options: { allowAutocomplete: false } } },
  avatar: { no: { options: {} }, yes: { options: { avatar: true } } },
  email: { none: { options: {} }, given: { options: { prefill: { email: '⟪email⟫' } } } },
  number: { none: { options: {} }, given: { options: { prefill: { phoneNumber: '⟪phone⟫' } } } },
  sends: { code: { options: {} }, link: { options: { passwordlessMethod: 'link' } } },
  scheme: { auto: { options: {} }, dark: { options: { theme: { scheme: 'dark' } } }, light: { options: { theme: { scheme: 'light' } } } },
  direction: { ltr: { options: {} }, rtl: { options: {}, rightToLeft: true } },
  note: { none: { options: {} }, error: message('error'), ok: message('success'), info: message('info') },
  state: { idle: { options: {} }, sending: { options: {}, state: 'sending' }, leaving: { options: {}, state: 'leaving' }, waiting: { options: {}, state: 'waiting' } },
};
const NAMES = Object.keys(FACTS);

/** The name of the outermost piece. */
const ROOT = 'root';

/** The number of random mixtures of facts by which the script finds the facts on which each piece depends. */
const TRIED = 100;
/** The number of further mixtures for which the script then compares the painter's screen with the view's. */
const CHECKED = 500;

/**
 * Writes the module `latchkey-first-screen`. Returns its file.
 *
 * @returns {Promise<string>}
 */
export async function writeFirstScreen() {
  await run('cargo', ['build', '--quiet', '-p', 'latchkey-lock', '--features', 'first-screen', '--bin', 'first-screen']);
  const mixtures = random();
  const samples = Array.from({ length: TRIED }, mixtures);
  const { pieces, order } = found(samples);
  const table = tabulated(pieces, order);
  check(table, Array.from({ length: CHECKED }, mixtures));
  const folder = join(targetFolder(), 'latchkey');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'first-screen.mjs');
  writeFileSync(file, await moduleOf(table));
  return file;
}

/** Makes a function that returns random mixtures of facts. Each build gets the same mixtures. */
function random() {
  let seed = 1;
  const below = (/** @type {number} */ limit) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * limit);
  };
  return () => possible(Object.fromEntries(NAMES.map((name) => {
    const values = Object.keys(FACTS[name]);
    return [name, values[below(values.length)]];
  })));
}

/**
 * Changes facts so that they can occur together. A screen without a field has social buttons, and only social buttons leave the
 * page.
 *
 * @param {Facts} facts
 * @returns {Facts}
 */
function possible(facts) {
  const social = facts.channels === 'none' ? 'yes' : facts.social;
  let { state } = facts;
  if (state === 'sending' && facts.channels === 'none') state = 'leaving';
  if (state === 'leaving' && social === 'no') state = 'idle';
  return { ...facts, social, state };
}

/** The input of the native program for these facts. @param {Facts} facts @returns {Wanted} */
function wanted(facts) {
  /** @type {any} */
  const all = { state: 'idle', rightToLeft: false, options: { theme: {}, prefill: {} } };
  for (const [name, value] of Object.entries(facts)) {
    const { options, ...more } = FACTS[name][value];
    const { theme, prefill, allowedConnections, ...others } = options;
    Object.assign(all, more);
    Object.assign(all.options, others);
    Object.assign(all.options.theme, theme);
    Object.assign(all.options.prefill, prefill);
    if (allowedConnections) all.options.allowedConnections = [...facts.social === 'yes' ? SOCIAL : [], ...allowedConnections];
  }
  return all;
}

/** @type {any} */
let tables;

/** Renders the first screen for each mixture of facts. @param {Facts[]} all @returns {Node[]} */
function rendered(all) {
  const program = join(targetFolder(), 'debug', 'first-screen');
  const result = spawnSync(program, { input: JSON.stringify(all.map(wanted)), encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (result.status !== 0) throw new Failure(`The program first-screen failed: ${result.stderr || result.error}`);
  const output = JSON.parse(result.stdout);
  ({ tables } = output);
  return output.screens.map((/** @type {string} */ html) => {
    const [screen, ...more] = parseFragment(html).childNodes.map(node);
    if (!screen || more.length > 0) throw new Failure(`The first screen is not one element: ${html}`);
    return screen;
  });
}

/** @param {any} parsed an element or a text that parse5 made @returns {Node} */
function node(parsed) {
  // The badge of a connection has the first letter of its name. Here that is the first character of the placeholder.
  if (parsed.nodeName === '#text') return parsed.value === '⟪' ? '⟪letter⟫' : parsed.value;
  const attributes = Object.fromEntries(parsed.attrs.map((/** @type {{ name: string, value: string }} */ { name, value }) => [name, value]));
  return [parsed.tagName, attributes, ...parsed.childNodes.map(node)];
}

/**
 * The pieces of a screen by name: each text, each element's tag, and each attribute's value. A name is a path from the outermost
 * element, such as `root>child@attribute`. Also returns the names of each element's children, in order. The list of social buttons
 * and the list of countries are one piece each, because the painter repeats their content.
 *
 * @param {Node} screen
 */
function piecesOf(screen) {
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
function found(samples) {
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
    // If `possible` has changed a second fact, it is unknown which of the two makes the difference.
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
function ownerOf(piece) {
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

/**
 * The look of each piece for every combination of the facts on which it depends.
 *
 * @param {Map<string, { names: Set<string>, home: Facts }>} pieces
 * @param {{ before: Map<string, Set<string>>, inside: Record<string, Set<string>> }} order
 * @returns {Piece[]} the outermost piece first
 */
function tabulated(pieces, { before, inside }) {
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

/**
 * Puts screens together as the painter does, and compares them with the screens of the view.
 *
 * @param {Piece[]} table
 * @param {Facts[]} samples
 */
function check(table, samples) {
  const screens = rendered(samples);
  samples.forEach((facts, at) => {
    if (alike(treeOf(table, facts), screens[at])) return;
    throw new Failure(`The painter's data does not give the first screen under ${JSON.stringify(facts)}: try more mixtures of facts in scripts/lib/first-screen.mjs.`);
  });
}

/** Whether two trees are equal. The order of attributes does not matter. @param {Node} one @param {Node} other @returns {boolean} */
function alike(one, other) {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  const inOrder = (/** @type {Record<string, string>} */ attributes) => JSON.stringify(Object.entries(attributes).sort());
  return one[0] === other[0] && one.length === other.length && inOrder(one[1]) === inOrder(other[1]) && one.slice(2).every((child, at) => alike(child, other[at + 2]));
}

/**
 * The text of the module. It includes the screen's texts in English, each with the text's index in the language files.
 *
 * @param {Piece[]} table
 */
async function moduleOf(table) {
  const { transform } = await import('esbuild');
  const { code: css } = await transform(readFileSync(join(root, 'crates', 'lock', 'style.css'), 'utf8'), { loader: 'css', minify: true });
  const english = flat(JSON.parse(readFileSync(join(root, 'crates', 'lock', 'i18n', 'en.json'), 'utf8'))).filter(([path]) => !SPARE.includes(path));
  const text = JSON.stringify(table);
  const used = english.map(([path, words], at) => /** @type {const} */ ([path, [at, words]])).filter(([path]) => text.includes(`⟪${path}⟫`) || OWN_WORDS.includes(path));
  const members = {
    PIECES: table, CSS: css.trim(), WORDS: Object.fromEntries(used), ALIASES: Object.fromEntries(tables.aliases), BRANDS: Object.fromEntries(tables.brands),
    COUNTRIES: Object.fromEntries(tables.countries), FINGERPRINT: tables.fingerprint, MARKS: tables.marks, LANGUAGES: Object.fromEntries(tables.languages), RIGHT_TO_LEFT: tables.rightToLeft,
  };
  return Object.entries(members).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`).join('');
}

/** The texts that the painter uses but that are not in the table. */
const OWN_WORDS = ['signUpWithLabel', 'error.passwordless.offline', 'error.passwordless.unreachable'];
