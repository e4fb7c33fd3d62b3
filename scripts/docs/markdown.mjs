// @ts-check
/** Extends the site's Markdown: code has colours, headings have ids for links, and wide tables scroll. */

import hljs from 'highlight.js/lib/common';

/** The highlight.js names of languages that have another name in our pages, or that highlight.js does not know. @type {Record<string, string>} */
const ALIASES = { html: 'xml', toml: 'ini', http: 'plaintext', text: 'plaintext', '': 'plaintext' };

/** The address below which the repository's files can be read. */
export const REPOSITORY = 'https://github.com/latchkey-login/latchkey/blob/main/';

/** @param {string} text */
export const escapeHtml = (text) => text.replace(/[&<>"]/g, (sign) => /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

/** The id of a heading, made from its text. @param {string} text */
export const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');

/**
 * A block of code. After the fence, the first word is the language, and the second is the file that has the code.
 *
 * @param {string} code
 * @param {string} info
 */
function block(code, info = '') {
  const [words = '', file = ''] = info.trim().split(/\s+/);
  const [language] = words.split(',');
  const name = ALIASES[language] ?? language;
  const coloured = hljs.getLanguage(name) ? hljs.highlight(code, { language: name }).value : escapeHtml(code);
  const caption = file ? `<figcaption>${escapeHtml(file)}</figcaption>` : '';
  return `<figure class="code">${caption}<pre tabindex="0" data-language="${language}"><code>${coloured}</code></pre></figure>\n`;
}

/** @param {any} md markdown-it, as Eleventy has it */
export function markUp(md) {
  md.set({ html: true, linkify: false });
  md.renderer.rules.fence = (/** @type {any[]} */ tokens, /** @type {number} */ at) => block(tokens[at].content, tokens[at].info);
  md.renderer.rules.code_block = (/** @type {any[]} */ tokens, /** @type {number} */ at) => block(tokens[at].content);
  md.renderer.rules.table_open = () => '<div class="table" role="group" aria-label="Table" tabindex="0"><table>\n';
  md.renderer.rules.table_close = () => '</table></div>\n';
  // A strict policy forbids inline styles, so cells get none. An empty cell in the corner of a table is no heading.
  md.core.ruler.push('cells', (/** @type {any} */ { tokens }) => {
    for (const [at, token] of tokens.entries()) {
      if (token.type !== 'th_open' && token.type !== 'td_open') continue;
      const style = token.attrGet('style');
      if (style) token.attrs = [['class', style.split(':')[1]]];
      if (token.type === 'th_open' && tokens[at + 1].content === '') token.tag = tokens[at + 2].tag = 'td';
    }
  });
  md.core.ruler.push('headings', (/** @type {any} */ { tokens }) => {
    const used = new Set();
    for (const [at, token] of tokens.entries()) {
      if (token.type !== 'heading_open') continue;
      let id = slug(tokens[at + 1].content);
      while (used.has(id)) id += '-';
      used.add(id);
      token.attrSet('id', id);
    }
  });
  md.core.ruler.push('links', (/** @type {any} */ { tokens }) => {
    for (const { children } of tokens) for (const token of children ?? []) {
      const href = token.attrGet?.('href');
      if (href) token.attrSet('href', href.replace(/^([\w-]+)\.md(?=$|#)/, '$1.html').replace(/^\.\.\/\.\.\//, REPOSITORY));
    }
  });
}
