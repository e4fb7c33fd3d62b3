// @ts-check
/** The index of the site's search: one entry for each heading of a page. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch from 'minisearch';

/** The options with which the index is made. `assets/search.mjs` has to read it with the same options. */
const OPTIONS = { fields: ['title', 'page', 'text'], storeFields: ['title', 'page', 'url', 'excerpt'] };

/** How many characters of a section are shown under its title. */
const EXCERPT = 140;

/**
 * @param {Map<string, string>} pages by their file's name
 * @param {string} folder
 */
export function searchIndex(pages, folder) {
  const index = new MiniSearch(OPTIONS);
  let id = 0;
  for (const [url, html] of pages) {
    const [, article = ''] = html.match(/<article[^>]*>(.*)<\/article>/s) ?? [];
    const page = plain(html.match(/<h1[^>]*>(.*?)<\/h1>/s)?.[1] ?? '');
    const sections = article.split(/(?=<h[123][^>]* id="|<dt id=")/);
    for (const section of sections) {
      const [, anchor, , title = page] = section.match(/^<(?:h[123]|dt)[^>]* id="([^"]+)"[^>]*>(<code>)?(.*?)<\/(?:h[123]|code|dt)>/s) ?? [];
      const text = plain(section.replace(/^<(h[123])[^>]*>.*?<\/\1>/s, ''));
      if (text) index.add({ id: id++, title: plain(title), page, url: anchor ? `${url}#${anchor}` : url, text, excerpt: text.slice(0, EXCERPT) });
    }
  }
  writeFileSync(join(folder, 'search.json'), JSON.stringify(index));
}

/** The text of some HTML, without tags. @param {string} html */
const plain = (html) => html.replace(/<(script|style|button)[^>]*>.*?<\/\1>/gs, ' ').replace(/<[^>]+>/g, ' ')
  .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replace(/\s+/g, ' ').trim();
