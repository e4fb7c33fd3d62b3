// @ts-check
/** The frame of every page: head, bar, list of pages, the page itself, its headings. */

import { GROUPS, ORDER } from '../../../scripts/docs/nav.mjs';
import { escapeHtml } from '../../../scripts/docs/markdown.mjs';

/**
 * The data that Eleventy has of a page.
 *
 * @typedef {{ title: string, description: string, wide?: boolean, styles?: string[], scripts?: string[], content: string, page: { fileSlug: string },
 *   collections: { all: { fileSlug: string, data: { title: string } }[] } }} Data
 */

/** Where the sources are. */
const SOURCE = 'https://github.com/latchkey-login/latchkey';

/** @param {Data} data */
export function render(data) {
  const here = data.page.fileSlug || 'index';
  const isHome = here === 'index';
  const titles = new Map(data.collections.all.map((page) => [page.fileSlug || 'index', page.data.title]));
  const headings = data.wide || isHome ? '' : contents(data.content);
  const kind = isHome ? 'home' : data.wide ? 'wide' : headings ? '' : 'plain';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isHome ? 'Latchkey: log in with a code by e-mail' : `${escapeHtml(data.title)} – Latchkey`}</title>
<meta name="description" content="${escapeHtml(data.description)}">
<link rel="icon" href="assets/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="assets/site.css">
${(data.styles ?? []).map((style) => `<link rel="stylesheet" href="assets/${style}">`).join('')}
<script src="assets/scheme.js"></script>
<script type="module" src="assets/site.mjs"></script>
${(data.scripts ?? []).map((script) => `<script type="module" src="assets/${script}"></script>`).join('\n')}
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header class="bar">
  <button class="icon menu" type="button" aria-expanded="false" aria-controls="side" hidden><span class="lines" aria-hidden="true"></span><span class="unseen">Pages</span></button>
  <a class="brand" href="index.html"><img src="assets/favicon.svg" alt="" width="26" height="26">Latchkey</a>
  <span class="grow"></span>
  <button class="find" type="button" hidden><span>Search</span><kbd aria-hidden="true">/</kbd></button>
  <label class="scheme" hidden><span class="unseen">Colours</span><select><option value="">Auto</option><option value="light">Light</option><option value="dark">Dark</option></select></label>
  <a class="source" href="${SOURCE}">Source</a>
</header>
<div class="frame ${kind}">
<nav class="side" id="side" aria-label="Pages">${GROUPS.map((group) => side(group, titles, here)).join('')}</nav>
<main id="main" tabindex="-1">
<article>
${isHome ? '' : `<h1>${escapeHtml(data.title)}</h1>`}
${data.content}
</article>
${turn(here, titles)}
</main>
${headings}
</div>
<footer class="foot"><p>Latchkey is free software, under the MIT or the Apache-2.0 licence. It is not a product of Auth0 or Okta.</p></footer>
</body>
</html>
`;
}

/**
 * @param {{ title: string, pages: string[] }} group
 * @param {Map<string, string>} titles
 * @param {string} here
 */
const side = ({ title, pages }, titles, here) => `<p>${title}</p><ul>${pages.map((page) =>
  `<li><a href="${page}.html"${page === here ? ' aria-current="page"' : ''}>${escapeHtml(titles.get(page) ?? page)}</a></li>`).join('')}</ul>`;

/** The page's headings. @param {string} content */
function contents(content) {
  const found = [...content.matchAll(/<h2 id="([^"]+)">(.*?)<\/h2>/gs)];
  if (found.length < 2) return '';
  return `<nav class="contents" aria-label="On this page"><p>On this page</p><ul>${found.map(([, id, text]) => `<li><a href="#${id}">${text.replace(/<a [^>]*>|<\/a>/g, '')}</a></li>`).join('')}</ul></nav>`;
}

/** The pages before and after. @param {string} here @param {Map<string, string>} titles */
function turn(here, titles) {
  const at = ORDER.indexOf(here);
  const link = (/** @type {string | undefined} */ page, /** @type {string} */ word) =>
    (page ? `<a class="${word.toLowerCase()}" href="${page}.html"><small>${word}</small>${escapeHtml(titles.get(page) ?? page)}</a>` : '<span></span>');
  return `<nav class="turn" aria-label="Previous and next page">${link(at > 1 ? ORDER[at - 1] : undefined, 'Previous')}${link(ORDER[at + 1], 'Next')}</nav>`;
}
