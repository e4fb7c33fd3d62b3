// @ts-check
/** Builds `dist/`: what the npm package ships and what pages load with a script tag. */

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { compileLanguages } from './lib/languages.mjs';
import { dist, root } from './lib/paths.mjs';
import { output, run, say, script } from './lib/run.mjs';
import { packed, unpacker } from './lib/streams.mjs';
import { buildWasm } from './lib/wasm.mjs';
import { setUp } from './setup.mjs';

/** What is built: a crate each, with the facade in its `js/` folder. */
const CRATES = ['webauth', 'lock'];
/** What is cut in two: the second part comes with what is loaded behind the first screen. */
const DIVIDED = 'lock';
/** Features that the modules have; the script-tag build loads them on demand, or does without. @type {Record<string, string>} */
const ON_DEMAND = { webauth: 'answers' };
/**
 * Tells Chromium to compile all functions while the script still loads, in the background, not one by one when they are
 * first called: nearly all are called at once. To others it is a comment.
 */
const AT_ONCE = '//# allFunctionsCalledOnLoad\n';
const INPUTS = ['Cargo.lock', 'Cargo.toml', 'package-lock.json', 'crates/webauth', 'crates/lock', 'crates/mock-tenant/js', 'scripts/build.mjs', 'scripts/lib'];
const stamp = join(dist, '.stamp');

/** Builds `dist/` unless it already belongs to the sources as they are. */
export async function build() {
  const inputs = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  await setUp(['rust', 'wasm', 'packages']);
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  /** @type {Record<string, Wasm>} */
  const least = {};
  for (const name of CRATES) {
    say(`${name}: Rust to wasm (the first time a few minutes)`);
    least[name] = await buildWasm(name, { divided: name === DIVIDED });
    const full = ON_DEMAND[name] ? await buildWasm(name, { feature: ON_DEMAND[name] }) : least[name];
    say(`${name}: scripts`);
    await bundle(name, least[name], full);
  }
  say('lock.more.js');
  await bundleMore(await buildWasm(DIVIDED, { module: 'more' }), least[DIVIDED]);
  say('lock.server.js');
  await bundleServer(await buildWasm('lock', { module: 'server' }));
  copyLanguages();
  // The mock tenant's client for tests: plain JavaScript.
  copyFileSync(join(root, 'crates', 'mock-tenant', 'js', 'index.mjs'), join(dist, 'mock-tenant.js'));
  copyFileSync(join(root, 'crates', 'mock-tenant', 'js', 'index.d.ts'), join(dist, 'mock-tenant.d.ts'));
  writeFileSync(stamp, inputs);
}

/** A digest of everything that goes into `dist/`. */
function fingerprint() {
  const hash = createHash('sha256').update(output('rustc', ['--version']) ?? '');
  const visit = (/** @type {string} */ path) => {
    const folder = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of folder) {
      if (entry.isDirectory()) visit(join(path, entry.name));
      else hash.update(relative(root, join(path, entry.name))).update(readFileSync(join(path, entry.name)));
    }
  };
  for (const input of INPUTS) {
    const path = join(root, input);
    if (statSync(path).isDirectory()) visit(path);
    else hash.update(input).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** @typedef {{ bindings: string, wasm: string, rest?: string }} Wasm */

const folderOf = (/** @type {string} */ name) => join(root, 'crates', name, 'js');

/**
 * One script of a facade, with the bindings of a module.
 *
 * @param {string} name
 * @param {string} contents its entry
 * @param {'inline' | 'slim'} kind
 * @param {'iife' | 'esm'} format
 * @param {Wasm} wasm
 */
async function bundled(name, contents, kind, format, wasm) {
  const { build } = await import('esbuild');
  const result = await build({
    bundle: true, minify: true, charset: 'utf8', legalComments: 'none', target: 'es2022', write: false, logLevel: 'warning', format,
    // The bindings name `import.meta` in code that a script-tag build drops.
    logOverride: { 'empty-import-meta': 'silent' },
    supported: { 'import-meta': true },
    stdin: { contents, resolveDir: folderOf(name), sourcefile: `${name}-${kind}-${format}.mjs` },
    external: ['__LATCHKEY_*'],
    plugins: [{
      name: 'one copy of the files that bindings import',
      setup: ({ onResolve }) => {
        onResolve({ filter: /^\.\/snippets\// }, ({ path }) => ({ path: join(folderOf(name), basename(path)) }));
      },
    }],
    alias: { 'latchkey-bindings': wasm.bindings, 'latchkey-loader': join(folderOf('webauth'), 'loader', `${kind}.mjs`) },
  });
  const [file] = result.outputFiles ?? [];
  // What a module loads on demand, by a name that bundlers see.
  return file.text.replaceAll('__LATCHKEY_SDK__', './webauth.js').replaceAll('__LATCHKEY_MORE__', './lock.more.js');
}

/**
 * The three forms of one facade: script tag, self-contained module, and module beside a wasm file.
 *
 * @param {string} name
 * @param {Wasm} least what the script tag starts with
 * @param {Wasm} full
 */
async function bundle(name, least, full) {
  const all = "export * from './index.mjs';\n";
  writeFileSync(join(dist, `${name}.min.js`), inlined(`${AT_ONCE}${await bundled(name, "export * from './script.mjs';\n", 'inline', 'iife', least)}`, least.wasm));
  writeFileSync(join(dist, `${name}.js`), inlined(await bundled(name, all, 'inline', 'esm', full), full.wasm));
  const slim = await bundled(name, `${all}export { init, init as default } from 'latchkey-loader';\n`, 'slim', 'esm', full);
  writeFileSync(join(dist, `${name}.slim.js`), replaced(slim, '__LATCHKEY_WASM_FILE__', `./${name}.slim.wasm`));
  copyFileSync(full.wasm, join(dist, `${name}.slim.wasm`));
  copyFileSync(join(folderOf(name), 'index.d.ts'), join(dist, `${name}.d.ts`));
  writeFileSync(join(dist, `${name}.slim.d.ts`), slimTypes(name));
}

/**
 * What the dialog loads behind its first screen, in all its forms: a module with its own wasm inside, the SDK's and more, and
 * with the rest of the dialog's, which fits one build of it alone.
 *
 * @param {Wasm} wasm
 * @param {Wasm} dialog
 */
async function bundleMore(wasm, { wasm: first, rest = '' }) {
  const code = await bundled('lock', "export * from './more.mjs';\n", 'inline', 'esm', wasm);
  const more = join(dist, 'lock.more.js');
  writeFileSync(more, replaced(inlined(code, wasm.wasm), '"__LATCHKEY_REST__"', literal(packed(readFileSync(rest), unpacker()))));
  const build = createHash('sha256').update(readFileSync(first)).update(readFileSync(rest)).digest('hex').slice(0, 8);
  for (const file of [more, ...['lock.min.js', 'lock.js', 'lock.slim.js'].map((name) => join(dist, name))]) {
    writeFileSync(file, replaced(readFileSync(file, 'utf8'), '__LATCHKEY_BUILD__', build));
  }
}

/**
 * For servers, and without a script: the first screen as HTML, and the style sheet as a file.
 *
 * @param {Wasm} wasm
 */
async function bundleServer(wasm) {
  const { transform } = await import('esbuild');
  const code = await bundled('lock', "export * from './server.mjs';\n", 'inline', 'esm', wasm);
  writeFileSync(join(dist, 'lock.server.js'), inlined(code, wasm.wasm));
  writeFileSync(join(dist, 'lock.server.d.ts'), replaced(readFileSync(join(folderOf('lock'), 'server.d.ts'), 'utf8'), './index.js', './lock.js'));
  const { code: css } = await transform(readFileSync(join(root, 'crates', 'lock', 'style.css'), 'utf8'), { loader: 'css', minify: true });
  writeFileSync(join(dist, 'lock.css'), css);
}

/** In a string of JavaScript. @type {Record<string, string>} */
const ESCAPES = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r' };
/** A string of one character a byte, as JavaScript. @param {string} text */
const literal = (text) => `"${text.replace(/[\\"\n\r]/g, (character) => ESCAPES[character])}"`;

/**
 * Puts the wasm into a script, packed, and what unpacks it, as strings of one character a byte. The file starts with a byte
 * order mark, so that a server which names no charset cannot change what the characters mean.
 *
 * @param {string} code
 * @param {string} wasm
 */
function inlined(code, wasm) {
  const small = unpacker();
  const prepared = replaced(code, '"__LATCHKEY_UNPACKER__"', literal(small));
  return `\uFEFF${replaced(prepared, '"__LATCHKEY_WASM__"', literal(packed(readFileSync(wasm), small)))}`;
}

/**
 * Replaces the one place where a mark stands, and fails if the bundler changed it.
 *
 * @param {string} code
 * @param {string} mark
 * @param {string} text
 */
function replaced(code, mark, text) {
  const [before, after, ...more] = code.split(mark);
  if (after === undefined || more.length > 0) throw new Error(`The bundle has ${more.length + (after === undefined ? 0 : 1)} places for ${mark}, not 1.`);
  return before + text + after;
}

/** @param {string} name */
const slimTypes = (name) => `export * from './${name}.js';
/**
 * Loads the WebAssembly module, by default from beside this script. Await it once before the first use.
 */
export function init(url?: string | URL): Promise<void>;
export default init;
`;

function copyLanguages() {
  const to = join(dist, 'languages');
  mkdirSync(to, { recursive: true });
  for (const { name, text } of compileLanguages(join(root, 'crates', 'lock', 'i18n'))) writeFileSync(join(to, name), text);
}

if (import.meta.filename === process.argv[1]) {
  await script(async () => {
    await build();
    await run(process.execPath, [join(root, 'scripts', 'size.mjs')]);
  });
}
