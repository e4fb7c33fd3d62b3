// @ts-check
/** Lists the languages that the dialog speaks, each with its own name. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRightToLeft } from '../lib/languages.mjs';
import { root } from '../lib/paths.mjs';

/** `[tag, English name, own name]` of each language, sorted by the English name. @type {() => [string, string, string][]} */
export function languages() {
  const tags = readdirSync(join(root, 'crates', 'lock', 'i18n')).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
  const named = tags.map((tag) => /** @type {[string, string, string]} */ ([tag, name(tag, 'en'), name(tag, tag)]));
  return named.sort(([, a], [, b]) => a.localeCompare(b, 'en'));
}

/** @param {string} tag @param {string} locale */
const name = (tag, locale) => new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;

/** The table for the page about languages. */
export const languageTable = () => [
  '| language | its own name | `language` | module |', '| --- | --- | --- | --- |',
  ...languages().map(([tag, english, own]) => {
    const module = tag === 'en' ? 'part of the dialog' : `\`latchkey/lock/languages/${tag}\``;
    return `| ${english} | <span lang="${tag}"${isRightToLeft(tag) ? ' dir="rtl"' : ''}>${own}</span> | \`${tag}\` | ${module} |`;
  }),
].join('\n');

/** The list for the playground. */
export const languageOptions = () => languages().map(([tag, english, own]) => `<li data-tag="${tag}">${own === english ? own : `${own} (${english})`}</li>`).join('');
