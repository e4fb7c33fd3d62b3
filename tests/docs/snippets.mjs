// @ts-check
/** The snippets of the README and of the documentation: every fenced block of code, with its language and the file it is for. */

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';

/**
 * A block of code on a page. `at` says where, for the report of a failure.
 *
 * @typedef {{ page: string, at: string, language: string, file: string, code: string }} Snippet
 */

/** The papers that people read: the README, the site's pages, and what those include. */
const PAPERS = [
  'README.md',
  'tests/docs/playground.md',
  ...readdirSync(join(root, 'docs', 'site')).filter((file) => file.endsWith('.md')).map((file) => `docs/site/${file}`),
  ...execFileSync('git', ['ls-files', 'crates/*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n'),
];

/** @param {string} page @returns {Snippet[]} */
export function snippetsOf(page) {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  /** @type {Snippet[]} */
  const found = [];
  for (let at = 0; at < lines.length; at++) {
    const [, language] = lines[at].match(/^```(\w+)(?:,\w+)?$/) ?? [];
    if (!language) continue;
    const [, file = ''] = lines[at - 1]?.match(/^<!-- file: (\S+) -->$/) ?? [];
    const end = lines.indexOf('```', at);
    found.push({ page, at: `${page}:${at + 1}`, language, file, code: `${lines.slice(at + 1, end).join('\n')}\n` });
    at = end;
  }
  return found;
}

export const SNIPPETS = PAPERS.flatMap(snippetsOf);

/** The code that a page has for a file. @param {string} page @param {string} file */
export function codeOf(page, file) {
  const found = SNIPPETS.find((snippet) => snippet.page === page && snippet.file === file);
  if (!found) throw new Error(`${page} has no code for ${file}.`);
  return found.code;
}
