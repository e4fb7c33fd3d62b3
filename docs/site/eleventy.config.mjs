// @ts-check
/** How the pages in this folder become the site. `npm run docs` runs it. */

import { basename } from 'node:path';
import { fill } from '../../scripts/docs/fill.mjs';
import { markUp } from '../../scripts/docs/markdown.mjs';
import { searchIndex } from '../../scripts/docs/search-index.mjs';

/** @param {any} config Eleventy's `UserConfig` */
export default function configure(config) {
  config.addPreprocessor('generated', 'md', (/** @type {unknown} */ _data, /** @type {string} */ content) => fill(content));
  config.amendLibrary('md', markUp);
  config.addGlobalData('layout', 'page.11ty.mjs');
  config.addGlobalData('permalink', () => (/** @type {any} */ data) => `${data.page.fileSlug || 'index'}.html`);
  config.addPassthroughCopy({
    'docs/site/assets': 'assets',
    'docs/*.{png,webp}': 'assets',
    'www/favicon.svg': 'assets/favicon.svg',
    'node_modules/minisearch/dist/es/index.js': 'assets/minisearch.js',
  });
  // The index is a file of the site like any other: it is made of what the pages say.
  /** @type {Map<string, string>} */
  const pages = new Map();
  config.addTransform('search', /** @this {{ page: { url: string } }} @param {string} html */ function collect(html) {
    pages.set(basename(this.page.url), html);
    return html;
  });
  config.on('eleventy.after', (/** @type {any} */ { directories }) => searchIndex(pages, directories.output));
  config.addWatchTarget('crates/*/*.md');
  return { markdownTemplateEngine: false, templateFormats: ['md', '11ty.mjs'], dir: { includes: '_includes' } };
}
