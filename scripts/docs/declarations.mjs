// @ts-check
/** Reads the members of Latchkey's types from the `.d.ts` files of the package. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../lib/paths.mjs';
import { escapeHtml, slug } from './markdown.mjs';
import { DESCRIPTIONS } from './texts.mjs';

const words = new Map(Object.entries(DESCRIPTIONS));

/**
 * A member of a type: its name, its declarations (a method may have several), and its description.
 *
 * @typedef {{ name: string, forms: string[], text: string }} Member
 */

/** @param {string} crate */
const parse = (crate) => {
  const file = join(root, 'crates', crate, 'js', 'index.d.ts');
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
};

/** The types of a crate that have members. @param {string} crate */
export function types(crate) {
  /** @type {Map<string, ts.InterfaceDeclaration | ts.ClassDeclaration>} */
  const found = new Map();
  for (const node of parse(crate).statements) {
    if ((ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) && node.name) found.set(node.name.text, node);
  }
  return found;
}

/** @param {ts.InterfaceDeclaration | ts.ClassDeclaration} node @returns {Member[]} */
export function members(node) {
  return collect(/** @type {ts.NodeArray<ts.Node>} */ (node.members), node.name?.text ?? '', '');
}

/**
 * @param {readonly ts.Node[]} nodes
 * @param {string} type
 * @param {string} prefix of the names of members within a member, such as `popup.`
 * @returns {Member[]}
 */
function collect(nodes, type, prefix) {
  /** @type {Map<string, Member>} */
  const found = new Map();
  for (const node of nodes) {
    if (ts.isIndexSignatureDeclaration(node) || isPrivate(node)) continue;
    const short = ts.isConstructorDeclaration(node) ? 'constructor' : nameOf(node);
    if (!short) continue;
    const name = prefix + short;
    if (ts.isPropertySignature(node) && holdsTexts(node.type)) {
      for (const member of collect(/** @type {ts.TypeLiteralNode} */ (node.type).members, type, `${name}.`)) found.set(member.name, member);
      continue;
    }
    if (ts.isPropertyDeclaration(node) && node.type && ts.isTypeLiteralNode(node.type) && node.type.members.some(ts.isMethodSignature)) {
      for (const member of collect(node.type.members, type, `${name}.`)) found.set(member.name, member);
      continue;
    }
    const member = found.get(name) ?? { name, forms: [], text: '' };
    member.forms.push(form(node, name));
    member.text ||= comment(node) || words.get(`${type}.${name}`) || words.get(short) || '';
    found.set(name, member);
  }
  return [...found.values()];
}

/** @param {ts.Node} node */
const isPrivate = (node) => ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);

/** @param {ts.Node} node */
const nameOf = (node) => {
  const { name } = /** @type {ts.NamedDeclaration} */ (node);
  if (!name) return '';
  return ts.isStringLiteral(name) ? name.text : name.getText();
};

/** Whether a type is a group of the dictionary's texts. @param {ts.TypeNode | undefined} type */
const holdsTexts = (type) => !!type && ts.isTypeLiteralNode(type) && type.members.some((member) => ts.isIndexSignatureDeclaration(member));

/** The declaration of a member, as one line without comments. @param {ts.Node} node @param {string} name */
function form(node, name) {
  const text = node.getText().replace(/\/\*\*.*?\*\//gs, '').replace(/^(static|readonly) /, '').replace(/;$/, '').replace(/\s+/g, ' ').trim();
  const own = nameOf(node);
  const rest = ts.isConstructorDeclaration(node) ? text.replace(/^constructor/, '') : text.replace(/^'[^']*'|^[\w$]+/, '');
  return (own && own !== name ? name : own || 'constructor') + rest;
}

/** The text of the comment above a member. @param {ts.Node} node */
const comment = (node) => {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = docs.map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '').join(' ').replace(/\s+/g, ' ').trim();
  const [old] = docs.flatMap((doc) => doc.tags ?? []).filter((tag) => tag.tagName.text === 'deprecated');
  const aside = old ? ts.getTextOfJSDocComment(old.comment) ?? '' : '';
  return [text, aside && `Deprecated: ${aside}`].filter(Boolean).join(' ');
};

/**
 * The list of members for a reference page.
 *
 * @param {string} argument the crate's folder and the type
 */
export function declarations(argument) {
  const [crate, type] = argument.trim().split(/\s+/);
  const node = types(crate).get(type);
  if (!node) throw new Error(`crates/${crate}/js/index.d.ts declares no ${type}.`);
  const parents = (node.heritageClauses ?? []).flatMap((clause) => clause.types.map((parent) => parent.getText())).filter((name) => /Options|Hash|Change/.test(name));
  const more = parents.length > 0 ? `<p>Besides, the members of ${parents.map((name) => `<code>${escapeHtml(name)}</code>`).join(' and ')}.</p>\n` : '';
  return `${more}<dl class="members">\n${members(node).map((member) => entry(type, member)).join('\n')}\n</dl>\n`;
}

/** @param {string} type @param {Member} member */
export const anchor = (type, { name }) => slug(`${type} ${name}`);

/** @param {string} type @param {Member} member */
const entry = (type, member) => `<dt id="${anchor(type, member)}">${member.forms.map((text) => `<code>${escapeHtml(text)}</code>`).join('')}</dt>
<dd><p>${code(escapeHtml(member.text))}</p></dd>`;

/** @param {string} text */
const code = (text) => text.replace(/\{@link (?:\w+\.)?(\w+)\}/g, '`$1`').replace(/`([^`]+)`/g, '<code>$1</code>');
