// @ts-check
/** Lists the kinds of errors with cause and remedy. They are read from the Rust code, and from the list for the JavaScript. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { JS_KINDS, REMEDIES } from './texts.mjs';

/**
 * A kind of error.
 *
 * @typedef {{ kind: string, cause: string, remedy: string }} Kind
 */

/** @param {string} file below `crates/webauth/src` */
const source = (file) => readFileSync(join(root, 'crates', 'webauth', 'src', file), 'utf8');

/** Every kind of error, in alphabetical order. @returns {Kind[]} */
export function kinds() {
  const [enumeration, names] = source('error/kind.rs').split('impl ErrorKind');
  const causes = new Map([...enumeration.matchAll(/((?:\s*\/\/\/ .*\n)+)\s*(\w+),/g)].map(([, comment, variant]) => [variant, prose(comment)]));
  const said = remedies();
  const rust = [...names.matchAll(/Self::(\w+) => "(\w+)"/g)].map(([, variant, kind]) => {
    const remedy = REMEDIES[kind] ?? said.get(variant);
    const cause = causes.get(variant);
    if (!cause || !remedy) throw new Error(`The kind ${kind} has no ${cause ? 'remedy' : 'cause'} that could be read out of error/text.rs and error/kind.rs.`);
    return { kind, cause, remedy };
  });
  return [...rust, ...JS_KINDS].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** The texts of `Error::text`, by the variant of `ErrorKind`. @returns {Map<string, string>} */
function remedies() {
  const text = source('error/text.rs');
  const kind = source('error.rs').split('pub fn kind(')[1].split('pub(crate) fn')[0];
  /** @type {Map<string, string>} */
  const kindOf = new Map();
  for (const [, patterns, name] of kind.matchAll(/((?:Self::[^=]*?))\s*=>\s*\{?\s*ErrorKind::(\w+)/g)) {
    for (const [, variant] of patterns.matchAll(/Self::(\w+)/g)) kindOf.set(variant, name);
  }
  /** @type {Map<string, string>} */
  const said = new Map();
  for (const [, patterns, sentence] of text.matchAll(/((?:Self::[^=]*?))\s*=>\s*\{?\s*"([^"]+)"/g)) {
    for (const [, variant] of patterns.matchAll(/Self::(\w+)/g)) {
      const name = kindOf.get(variant) ?? variant;
      // For a kind with several variants, the first describes the kind.
      if (!said.has(name)) said.set(name, sentence);
    }
  }
  return said;
}

/** @param {string} comment */
const prose = (comment) => comment.replace(/^\s*\/\/\/ ?/gm, '').replace(/\s+/g, ' ').trim();

/** The list for the page about errors. */
export const errorTable = () => `<dl class="members">\n${kinds().map(({ kind, cause, remedy }) =>
  `<dt id="${kind}"><code>${kind}</code></dt>\n<dd><p>${cause}</p><p>${code(remedy)}</p></dd>`).join('\n')}\n</dl>\n`;

/** @param {string} text */
const code = (text) => text.replace(/`([^`]+)`/g, '<code>$1</code>');
