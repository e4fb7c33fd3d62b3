// @ts-check
/** One shipped script: a facade of a crate, bundled by esbuild with the bindings of a wasm module. */

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dist, root } from './paths.mjs';

/** @typedef {import('./wasm.mjs').Wasm} Wasm */

/** The folder of a crate's JavaScript. @param {string} crate */
export const scriptsOf = (crate) => join(root, 'crates', crate, 'js');

/**
 * Modules that a script loads on demand, by the names they have in the sources after `latchkey-`; `.cjs` for a CommonJS script.
 * What is plain JavaScript loads plain JavaScript.
 *
 * @param {string} name
 * @param {{ isCommon: boolean, isPlain: boolean }} kind
 */
function beside(name, { isCommon, isPlain }) {
  // Node, for which CommonJS is, always has WebAssembly.
  const plain = !isCommon && (isPlain || name.startsWith('plain')) ? '.nowasm' : '';
  const file = name.endsWith('more') ? './lock.more' : plain ? './webauth.esm' : './webauth';
  return `${file}${plain}.${isCommon ? 'cjs' : 'js'}`;
}

/** Test runners with a simulated browser (Jest with jsdom) hide these from the page; Node has them in a module. */
const NODE_GLOBALS = join(root, 'scripts', 'lib', 'node-globals.mjs');

/**
 * Tells Chromium to compile all functions while the script still loads, in the background, not one by one when they are
 * first called: nearly all are called at once. To other browsers it is a comment.
 */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad';

/**
 * Writes `dist/FILE`. The output is plain ASCII, so no server, page or bundler can change it by another charset.
 *
 * @param {string} file
 * @param {{
 *   crate: 'webauth' | 'lock',
 *   source: string,
 *   format: 'iife' | 'esm' | 'cjs',
 *   loader?: 'inline' | 'async' | 'slim' | 'plain',
 *   wasm?: Wasm,
 *   firstScreen?: string,
 *   languages?: string[],
 *   build: string,
 * }} options `source` is the text of the entry module, in the crate's folder `js`. `loader` says how the wasm comes: in the
 *   script, compiled at once (`inline`) or in the background (`async`), from a file beside it (`slim`), or as plain JavaScript
 *   (`plain`). `firstScreen` is the file with the painter's data, `languages` the names of the dialog's languages that have a module, `build` the digest
 *   that tells builds apart
 */
export async function bundle(file, { crate, source, format, loader, wasm, firstScreen, languages = [], build: digest }) {
  const { build } = await import('esbuild');
  /** @type {Record<string, string>} */
  const alias = {};
  const isCommon = format === 'cjs';
  const isPlain = loader === 'plain';
  const inLoader = (/** @type {string} */ name) => join(scriptsOf('webauth'), 'loader', `${name}.mjs`);
  if (wasm) alias['latchkey-bindings'] = wasm.bindings;
  if (loader) alias['latchkey-loader'] = inLoader(loader);
  if (loader === 'inline') alias['latchkey-plain'] = inLoader(crate === 'lock' || isCommon ? 'plain-none' : format === 'iife' ? 'plain-script' : 'plain-module');
  // What the translated program imports, because wasm-opt had it tell of its growth.
  if (isPlain) alias.env = inLoader('memory');
  if (firstScreen) alias['latchkey-first-screen'] = firstScreen;
  const hex = wasm && (loader === 'inline' || loader === 'async') ? readFileSync(wasm.wasm).toString('hex') : '';
  await build({
    bundle: true, minify: true, charset: 'ascii', legalComments: 'none', target: 'es2022', logLevel: 'warning', format,
    outfile: join(dist, file),
    banner: format === 'iife' && !isPlain ? { js: COMPILE_AT_ONCE } : {},
    stdin: { contents: source, resolveDir: scriptsOf(crate), sourcefile: `entry-of-${file.replace(/c?js$/, 'mjs')}` },
    // The bindings name `import.meta` in code that a script-tag build drops, and a file once for each function from it.
    logOverride: { 'empty-import-meta': 'silent', 'duplicate-object-key': 'silent' },
    // CommonJS is for Node and its test runners, of which Jest has no `import()`.
    ...(isCommon ? { platform: 'node', inject: [NODE_GLOBALS], supported: { 'dynamic-import': false } } : { supported: { 'import-meta': true } }),
    define: {
      LATCHKEY_BUILD: JSON.stringify(digest),
      LATCHKEY_WASM: JSON.stringify(hex),
      LATCHKEY_WASM_FILE: JSON.stringify(wasm ? `./${basename(file, isCommon ? '.cjs' : '.js')}.wasm` : ''),
    },
    alias,
    plugins: [{
      name: 'files beside the script, plain JavaScript for wasm, and one copy of the files that bindings import',
      setup: ({ onResolve, onLoad }) => {
        onResolve({ filter: /^latchkey-(plain-)?(more|sdk)$/ }, ({ path }) => ({ path: beside(path.replace('latchkey-', ''), { isCommon, isPlain }), external: true }));
        if (isPlain && wasm) onResolve({ filter: /_bg\.wasm$|^latchkey-program$/ }, () => ({ path: wasm.wasm }));
        onResolve({ filter: /^latchkey-languages$/ }, ({ path }) => ({ path, namespace: 'languages' }));
        onLoad({ filter: /./, namespace: 'languages' }, () => ({ contents: languageModules(languages, isCommon ? 'json' : 'js') }));
        onResolve({ filter: /^\.\/languages\// }, ({ path }) => ({ path, external: true }));
        onResolve({ filter: /^\.\/snippets\// }, ({ path }) => ({ path: join(scriptsOf(crate), basename(path)) }));
      },
    }],
  });
}

/**
 * The table of the modules with the words of each language. Every name stands in it as a text, so that bundlers find the files.
 *
 * @param {string[]} names
 * @param {'js' | 'json'} ending
 */
const languageModules = (names, ending) =>
  `export const modules = {\n${names.map((name) => `  '${name}': () => import('./languages/${name}.${ending}'),\n`).join('')}};\n`;
