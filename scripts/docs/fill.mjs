// @ts-check
/** Fills the placeholders of a page: with a document from elsewhere in the repository, or with text that is made from the code. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { languageOptions, languageTable } from './languages.mjs';
import { errorTable } from './errors.mjs';
import { declarations } from './declarations.mjs';
import { REPOSITORY } from './markdown.mjs';

/** The pages of the site that show a document of the repository, by the document's file. @type {Record<string, string>} */
const PAPERS = {
  'crates/webauth/DIFFERENCES.md': 'from-auth0js.html',
  'crates/lock/DIFFERENCES.md': 'from-lock.html',
  'crates/lock/STYLING.md': 'theming.html',
  'crates/lock/ACCESSIBILITY.md': 'accessibility.html',
  'crates/mock-tenant/README.md': 'mock.html',
  'docs/figures.md': 'figures.html',
};

/** @type {Record<string, (argument: string) => string>} */
const MAKERS = {
  include: paper,
  members: declarations,
  errors: errorTable,
  languages: languageTable,
  options: languageOptions,
};

/** The file that a block of code is for: before the block in our papers, behind its language where it is shown. */
const FILE = /<!-- file: (\S+) -->\n```(\S+)\n/g;

/**
 * Replaces each comment `<!-- include: FILE -->`, `<!-- members: CRATE TYPE -->`, `<!-- errors -->`, `<!-- languages -->` and
 * `<!-- options -->`.
 *
 * @param {string} content
 */
export const fill = (content) => content.replace(FILE, '```$2 $1\n').replace(/<!-- (\w+)(?:: (.*?))? -->/g, (whole, name, argument = '') => {
  const maker = MAKERS[name];
  if (!maker) throw new Error(`\`${whole}\` is no part of a page that can be made: there are ${Object.keys(MAKERS).join(', ')}.`);
  return maker(argument);
});

/**
 * A document without its title. Its relative links are changed, so that they work on the site.
 *
 * @param {string} file
 */
function paper(file) {
  const text = readFileSync(join(root, file), 'utf8').replace(/^# .*\n/, '').replace(/<!--.*?-->/gs, '');
  return text.replace(/\]\((?!https?:|#)([^)\s]+)\)/g, (_, link) => `](${target(file, link)})`);
}

/**
 * @param {string} from the document's file
 * @param {string} link as it is in the document
 */
function target(from, link) {
  const [path, fragment] = link.split('#');
  const file = new URL(path, `file:///${from}`).pathname.slice(1);
  return (PAPERS[file] ?? `${REPOSITORY}${file}`) + (fragment ? `#${fragment}` : '');
}
