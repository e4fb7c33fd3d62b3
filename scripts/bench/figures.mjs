// @ts-check
/** Makes tables of figures and writes them into `docs/figures.md`. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { Failure, say } from '../lib/run.mjs';

const FILE = 'docs/figures.md';

/**
 * A Markdown table that is readable in a terminal, too: the first column is aligned to the left, the others to the right.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
  const widths = head.map((title, column) => Math.max(...[title, ...rows.map((row) => row[column])].map((cell) => cell.length)));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/**
 * `text` with new content between the two marks of `name`. The marks are HTML comments.
 *
 * @param {string} text
 * @param {string} name
 * @param {string} content
 */
function replaced(text, name, content) {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Failure(`${FILE} has no place for the figures: it needs the lines \`${begin}\` and \`${end}\`.`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/**
 * Writes figures into `docs/figures.md`.
 *
 * @param {'sizes' | 'times'} name
 * @param {string} content in Markdown
 */
export function writeFigures(name, content) {
  const path = join(root, FILE);
  writeFileSync(path, replaced(readFileSync(path, 'utf8'), name, content));
  say(`the ${name} are written into ${FILE}`);
}
