// @ts-check
/** Set-ups without a bundler: script tags, and an import map. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY, USE, html } from './page.mjs';

/** @param {string} home */
const scriptTags = (home) => {
  const digests = JSON.parse(readFileSync(join(home, 'dist', 'sri.json'), 'utf8'));
  const tag = (/** @type {string} */ file) => `<script src="/node_modules/latchkey/dist/${file}" integrity="${digests[file]}" crossorigin></script>`;
  return html(`${tag('webauth.min.js')}\n${tag('lock.min.js')}\n<script src="/page.js"></script>`);
};

/** @type {import('./page.mjs').SetUp[]} */
export const setUps = [
  {
    name: 'script tags with integrity and a strict policy',
    files: { 'index.html': scriptTags, 'page.js': `const { WebAuth } = auth0;\n${USE}` },
    folder: '.',
    strict: true,
    languages: 'file',
  },
  {
    name: 'import map',
    files: {
      'index.html': html(`<script type="importmap">{ "imports": { "latchkey": "/node_modules/latchkey/dist/webauth.js", "latchkey/lock": "/node_modules/latchkey/dist/lock.js" } }</script>
<script type="module" src="/page.js"></script>`),
      'page.js': ENTRY,
    },
    folder: '.',
  },
];
