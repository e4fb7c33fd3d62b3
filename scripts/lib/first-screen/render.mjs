// @ts-check
/** Renders first screens with the native program `first-screen`. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseFragment } from 'parse5';
import { targetFolder } from '../paths.mjs';
import { Failure } from '../run.mjs';
import { wanted } from './facts.mjs';

/** @typedef {import('./facts.mjs').Facts} Facts */
/** @typedef {import('../../../crates/lock/js/painter/tree.mjs').Node} Node */

/** The output of the native program. @param {Facts[]} all @returns {{ screens: string[], tables: any }} */
function output(all) {
  const program = join(targetFolder(), 'debug', 'first-screen');
  const result = spawnSync(program, { input: JSON.stringify(all.map(wanted)), encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (result.status !== 0) throw new Failure(`The program first-screen failed: ${result.stderr || result.error}`);
  return JSON.parse(result.stdout);
}

/** The native program's tables of countries, languages and brands. */
export const tables = () => output([]).tables;

/** Renders the first screen for each mixture of facts. @param {Facts[]} all @returns {Node[]} */
export const rendered = (all) => output(all).screens.map((html) => {
  const [screen, ...more] = parseFragment(html).childNodes.map(node);
  if (!screen || more.length > 0) throw new Failure(`The first screen is not one element: ${html}`);
  return screen;
});

/** @param {any} parsed an element or a text that parse5 made @returns {Node} */
function node(parsed) {
  // The badge of a connection has the first letter of its name. Here that is the first character of the placeholder.
  if (parsed.nodeName === '#text') return parsed.value === '⟪' ? '⟪letter⟫' : parsed.value;
  const attributes = Object.fromEntries(parsed.attrs.map((/** @type {{ name: string, value: string }} */ { name, value }) => [name, value]));
  return [parsed.tagName, attributes, ...parsed.childNodes.map(node)];
}
