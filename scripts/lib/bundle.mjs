// @ts-check
/** Bundles a shipped script with esbuild: the facade of a crate and the bindings of a wasm module. */

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dist, root } from './paths.mjs';

/** @typedef {import('./wasm.mjs').Wasm} Wasm */

/** The folder of a crate's JavaScript. @param {string} crate */
export const scriptsOf = (crate) => join(root, 'crates', crate, 'js');

/**
 * The file of a module that a script loads on demand. Plain JavaScript loads plain JavaScript.
 *
 * @param {string} name its name in the sources, without `latchkey-`
 * @param {{ isCommon: boolean, isPlain: boolean }} kind
 */
function beside(name, { isCommon, isPlain }) {
  // CommonJS is for Node, which always has WebAssembly.
  const plain = !isCommon && (isPlain || name.startsWith('plain')) ? '.nowasm' : '';
  const file = name.endsWith('more') ? './lock.more' : plain ? './webauth.esm' : './webauth';
  return `${file}${plain}.${isCommon ? 'cjs' : 'js'}`;
}

/** The module with the globals that Jest's simulated browser lacks. */
const NODE_GLOBALS = join(root, 'scripts', 'lib', 'node-globals.mjs');

/**
 * Tells Chromium to compile all functions in the background while the script loads. By default Chromium compiles each function at
 * its first call, but nearly all are called at once. For other browsers this is a comment.
 */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad';

/**
 * Writes `dist/FILE`. The output is plain ASCII, so that it does not depend on the charset of a server, page or bundler.
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
 * }} options `source` is the text of the entry module, which is resolved in the crate's folder `js`. `loader` is the module that
 *   loads the wasm: from the script, compiled synchronously (`inline`) or in the background (`async`), or from a file in the same
 *   folder (`slim`), or as plain JavaScript (`plain`). `firstScreen` is the file with the painter's data, `languages` are the names of the dialog's languages that have
 *   a module, and `build` is the digest that tells builds apart
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
  // The translated program imports `env`, because wasm-opt has it report each growth of its memory.
  if (isPlain) alias.env = inLoader('memory');
  if (firstScreen) alias['latchkey-first-screen'] = firstScreen;
  const hex = wasm && (loader === 'inline' || loader === 'async') ? readFileSync(wasm.wasm).toString('hex') : '';
  await build({
    bundle: true, minify: true, charset: 'ascii', legalComments: 'none', target: 'es2022', logLevel: 'warning', format,
    outfile: join(dist, file),
    banner: format === 'iife' && !isPlain ? { js: COMPILE_AT_ONCE } : {},
    stdin: { contents: source, resolveDir: scriptsOf(crate), sourcefile: `entry-of-${file.replace(/c?js$/, 'mjs')}` },
    // Two warnings are expected. The bindings use `import.meta` in code that a build for script tags drops. They also list an imported
    // file once for each function.
    logOverride: { 'empty-import-meta': 'silent', 'duplicate-object-key': 'silent' },
    // CommonJS is for Node and its test runners. Jest has no `import()`.
    ...(isCommon ? { platform: 'node', inject: [NODE_GLOBALS], supported: { 'dynamic-import': false } } : { supported: { 'import-meta': true } }),
    define: {
      LATCHKEY_BUILD: JSON.stringify(digest),
      LATCHKEY_WASM: JSON.stringify(hex),
      LATCHKEY_WASM_FILE: JSON.stringify(wasm ? `./${basename(file, isCommon ? '.cjs' : '.js')}.wasm` : ''),
    },
    alias,
    plugins: [{
      name: 'files in the folder of the script, plain JavaScript instead of wasm, and one copy of the files that bindings import',
      setup: ({ onResolve, onLoad }) => {
        onResolve({ filter: /^latchkey-(plain-)?(more|sdk)$/ }, ({ path }) => ({ path: beside(path.replace('latchkey-', ''), { isCommon, isPlain }), external: true }));
        if (isPlain && wasm) onResolve({ filter: /_bg\.wasm$|^latchkey-program$/ }, () => ({ path: wasm.wasm }));
        onResolve({ filter: /^latchkey-languages$/ }, ({ path }) => ({ path, namespace: 'languages' }));
        onLoad({ filter: /./, namespace: 'languages' }, () => ({ contents: languageModules(languages, isCommon ? 'json' : 'js') }));
        onResolve({ filter: /^\.\/languages\// }, ({ path }) => ({ path, external: true }));
        onResolve({ filter: /^\.\/snippets\// }, ({ path }) => ({ path: join(scriptsOf(crate), path.replace(/^\.\/snippets\/[^/]+\/js\//, '')) }));
      },
    }],
  });
}

/**
 * The text of the table of language modules. Each file's name is a literal in it, so that bundlers find the files.
 *
 * @param {string[]} names
 * @param {'js' | 'json'} ending
 */
const languageModules = (names, ending) =>
  `export const modules = {\n${names.map((name) => `  '${name}': () => import('./languages/${name}.${ending}'),\n`).join('')}};\n`;
