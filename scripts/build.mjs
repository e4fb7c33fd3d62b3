// @ts-check
/** Builds `dist/`: the files of the npm package and the scripts for script tags. */

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, scriptsOf } from './lib/bundle.mjs';
import { fingerprint } from './lib/fingerprint.mjs';
import { compileLanguages } from './lib/languages.mjs';
import { dist, root } from './lib/paths.mjs';
import { run, say, script } from './lib/run.mjs';
import { compileWasm, optimiseWasm, translateWasm } from './lib/wasm.mjs';
import { hasRustSource, setUp } from './setup.mjs';

/** @typedef {import('./lib/wasm.mjs').Wasm} Wasm */

/** The file with the digest of the inputs from which `dist/` was built. */
const stamp = join(dist, '.stamp');

/** The number of digits of the digest by which the dialog tells two builds apart. */
const BUILD_DIGITS = 8;

/** The texts of each language except English. The English texts are in the scripts. */
const languages = () => compileLanguages(join(root, 'crates', 'lock', 'i18n'));

const SLIM = "export * from './index.mjs';\nexport { init, init as default } from 'latchkey-loader';\n";

/**
 * Builds `dist/`, unless it is up to date.
 *
 * @param {{ demo?: boolean }} [options] `demo` leaves out what no page of `npm start` loads: the module for servers, and plain JavaScript
 */
export async function build({ demo = false } = {}) {
  await setUp(['rust', 'wasm', 'packages']);
  const inputs = fingerprint();
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (built === inputs || (demo && built === `${inputs} demo`)) return;
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const digest = inputs.slice(0, BUILD_DIGITS);

  say('Rust to wasm (the first time a few minutes)');
  // Cargo builds one module after the other. While it builds the next one, wasm-opt optimises the one before.
  const firstScreen = painterData();
  const plain = !demo && hasRustSource();
  const least = await compiled('crates/webauth/wasm', { name: 'webauth' });
  const full = await compiled('crates/webauth/wasm', { name: 'webauth-full', features: ['responses'], plain });
  const dialog = await compiled('crates/lock/wasm', { name: 'lock', plain });
  const server = demo ? undefined : await compiled('crates/lock/server', { name: 'lock-server' });

  say('scripts');
  await writeScripts({
    least: await least.small, full: await full.small, dialog: await dialog.small, server: await server?.small,
    plainFull: await full.plain, plainDialog: await dialog.plain,
  }, await firstScreen, digest);
  writeFileSync(stamp, demo ? `${inputs} demo` : inputs);
}

/**
 * Writes everything in `dist/` from the compiled modules.
 *
 * @param {{ least: Wasm, full: Wasm, dialog: Wasm, server?: Wasm, plainFull?: Wasm, plainDialog?: Wasm }} modules
 * @param {string} firstScreen
 * @param {string} digest
 */
async function writeScripts({ least, full, dialog, server, plainFull, plainDialog }, firstScreen, digest) {
  await bundleSdk(least, full, digest);
  await bundleDialog(dialog, firstScreen, digest);
  if (server) await bundleServer(server, digest);
  if (plainFull && plainDialog) await bundlePlain(plainFull, plainDialog, firstScreen, digest);
  await writeStyle();
  await writeTenantClient();
  writeLanguages();
  copyTypes();
  writeIntegrity();
}

/** Writes the painter's data. The import is dynamic because the module needs npm's packages, which the set-up installs. */
async function painterData() {
  const { writeFirstScreen } = await import('./lib/first-screen.mjs');
  return writeFirstScreen();
}

/**
 * Compiles a module. `small` resolves when wasm-opt has optimised it, and `plain`, if it is wanted, when wasm2js has translated it.
 *
 * @param {string} folder
 * @param {{ name: string, features?: string[], plain?: boolean }} options
 * @returns {Promise<{ small: Promise<Wasm>, plain?: Promise<Wasm> }>}
 */
async function compiled(folder, { name, features, plain = false }) {
  const small = optimiseWasm(await compileWasm(folder, { name, features }));
  // The caller that awaits it gets a failure; this handler only keeps it from being unhandled until then.
  small.catch(() => {});
  if (!plain) return { small };
  const forBundlers = await compileWasm(folder, { name, features, target: 'bundler' });
  const translated = small.then((wasm) => translateWasm(forBundlers, wasm));
  translated.catch(() => {});
  return { small, plain: translated };
}

/** An entry module that exports everything of a facade but its default export. @param {string} facade */
const all = (facade) => `export * from '${facade}';\n`;

/** An entry module that exports everything of a facade. @param {string} facade */
const withDefault = (facade) => `${all(facade)}export { default } from '${facade}';\n`;

/**
 * Writes the SDK: for script tags with and without the calls that read authorization responses, as an ES and a CommonJS module, and
 * as a slim module.
 *
 * @param {Wasm} least
 * @param {Wasm} full
 * @param {string} build
 */
async function bundleSdk(least, full, build) {
  const sdk = /** @type {const} */ ({ crate: 'webauth', build });
  await bundle('webauth.min.js', { ...sdk, source: "import './script.mjs';\n", format: 'iife', loader: 'inline', wasm: least });
  await bundle('webauth.full.min.js', { ...sdk, source: "import './script-full.mjs';\n", format: 'iife', loader: 'inline', wasm: full });
  // `webauth.min.js` leaves calls to this module, and needs `connect` for them.
  await bundle('webauth.js', { ...sdk, source: `${all('./index.mjs')}export { connect } from './core.mjs';\n`, format: 'esm', loader: 'inline', wasm: full });
  await bundle('webauth.cjs', { ...sdk, source: all('./index.mjs'), format: 'cjs', loader: 'inline', wasm: full });
  await bundle('webauth.slim.js', { ...sdk, source: SLIM, format: 'esm', loader: 'slim', wasm: full });
  copyFileSync(full.wasm, join(dist, 'webauth.slim.wasm'));
}

/**
 * Writes the dialog: the class with the painter, for script tags and as modules; the whole dialog, which both load; and the slim
 * module, which has everything but the wasm.
 *
 * @param {Wasm} wasm
 * @param {string} firstScreen
 * @param {string} build
 */
async function bundleDialog(wasm, firstScreen, build) {
  const dialog = { crate: /** @type {const} */ ('lock'), build, firstScreen, languages: languages().map(({ name }) => name) };
  await bundle('lock.min.js', { ...dialog, source: "import './script.mjs';\n", format: 'iife' });
  for (const [ending, format] of /** @type {const} */ ([['js', 'esm'], ['cjs', 'cjs']])) {
    await bundle(`lock.${ending}`, { ...dialog, source: withDefault('./index.mjs'), format });
    await bundle(`lock.more.${ending}`, { ...dialog, source: all('./more.mjs'), format, loader: 'async', wasm });
  }
  await bundle('lock.slim.js', { ...dialog, source: withDefault('./slim.mjs'), format: 'esm', loader: 'slim', wasm });
  copyFileSync(wasm.wasm, join(dist, 'lock.slim.wasm'));
}

/**
 * Writes the SDK and the dialog as plain JavaScript: for script tags, each in one file, and as modules. `lock.more.nowasm.js` is the
 * whole dialog: the ordinary files load it where the page cannot use WebAssembly. In the same way they load the SDK's module, for its bindings.
 *
 * @param {Wasm} sdk
 * @param {Wasm} dialog
 * @param {string} firstScreen
 * @param {string} build
 */
async function bundlePlain(sdk, dialog, firstScreen, build) {
  const webauth = /** @type {const} */ ({ crate: 'webauth', build, loader: 'plain', wasm: sdk });
  await bundle('webauth.nowasm.js', { ...webauth, source: "import './script-full.mjs';\n", format: 'iife' });
  await bundle('webauth.esm.nowasm.js', { ...webauth, source: `${all('./index.mjs')}export { Bindings } from 'latchkey-bindings';\n`, format: 'esm' });
  const lock = /** @type {const} */ ({ crate: 'lock', build, loader: 'plain', wasm: dialog });
  const first = { firstScreen, languages: languages().map(({ name }) => name) };
  await bundle('lock.nowasm.js', { ...lock, ...first, source: "import './script-nowasm.mjs';\n", format: 'iife' });
  await bundle('lock.esm.nowasm.js', { ...lock, ...first, source: withDefault('./nowasm.mjs'), format: 'esm' });
  await bundle('lock.more.nowasm.js', { ...lock, source: all('./more.mjs'), format: 'esm' });
}

/**
 * Writes the module for servers that run JavaScript, which renders the first screen as HTML.
 *
 * @param {Wasm} wasm
 * @param {string} build
 */
async function bundleServer(wasm, build) {
  for (const [ending, format] of /** @type {const} */ ([['js', 'esm'], ['cjs', 'cjs']])) {
    await bundle(`lock.server.${ending}`, { crate: 'lock', build, source: all('./server.mjs'), format, loader: 'inline', wasm });
  }
}

/** Writes the style sheet, for pages whose first screen comes from a server. */
async function writeStyle() {
  const { transform } = await import('esbuild');
  const { code } = await transform(readFileSync(join(root, 'crates', 'lock', 'style.css'), 'utf8'), { loader: 'css', minify: true });
  writeFileSync(join(dist, 'lock.css'), code);
}

/** Writes the mock tenant's client for tests, unchanged as an ES module, and as a CommonJS module. */
async function writeTenantClient() {
  const { transform } = await import('esbuild');
  const text = readFileSync(join(scriptsOf('mock-tenant'), 'index.mjs'), 'utf8');
  writeFileSync(join(dist, 'mock-tenant.js'), text);
  const { code } = await transform(text, { format: 'cjs', platform: 'node', target: 'es2022' });
  writeFileSync(join(dist, 'mock-tenant.cjs'), code);
}

/** Writes the texts of each language except English, as a file for script tags and as a module. The English texts are in the scripts. */
function writeLanguages() {
  const to = join(dist, 'languages');
  mkdirSync(to, { recursive: true });
  for (const { name, text } of languages()) {
    writeFileSync(join(to, `${name}.json`), text);
    writeFileSync(join(to, `${name}.js`), `export default ${text};\n`);
  }
}

/** Copies the hand-written types, for ES and CommonJS modules. A slim module has those of the whole one, and `init`. Plain JavaScript has those of the module. */
function copyTypes() {
  for (const [ending, common] of [['js', 'd.ts'], ['cjs', 'd.cts']]) {
    const to = (/** @type {string} */ name) => join(dist, `${name}.${common}`);
    for (const name of /** @type {const} */ (['webauth', 'lock', 'mock-tenant'])) copyFileSync(join(scriptsOf(name), 'index.d.ts'), to(name));
    const server = readFileSync(join(scriptsOf('lock'), 'server.d.ts'), 'utf8');
    writeFileSync(to('lock.server'), server.replace('./index.js', `./lock.${ending}`));
    writeFileSync(to('lock.language'), `import type { LanguageFile } from './lock.${ending}';\ndeclare const words: LanguageFile;\n${ending === 'js' ? 'export default' : 'export ='} words;\n`);
  }
  for (const name of ['webauth', 'lock']) {
    const variants = { slim: slimTypes(name), 'esm.nowasm': name === 'lock' ? withDefault(`./${name}.js`) : all(`./${name}.js`) };
    for (const [variant, types] of Object.entries(variants)) writeFileSync(join(dist, `${name}.${variant}.d.ts`), types);
  }
}

/** Writes the digest of every file that a page loads, for the attribute `integrity` (Subresource Integrity). */
function writeIntegrity() {
  const files = /** @type {string[]} */ (readdirSync(dist, { recursive: true })).filter((file) => /\.(js|css|json|wasm)$/.test(file)).sort();
  const digest = (/** @type {string} */ file) => `sha384-${createHash('sha384').update(readFileSync(join(dist, file))).digest('base64')}`;
  const digests = Object.fromEntries(files.map((file) => [file, digest(file)]));
  writeFileSync(join(dist, 'sri.json'), `${JSON.stringify(digests, null, 2)}\n`);
}

/** The types of a slim module. @param {string} name */
const slimTypes = (name) => `export * from './${name}.js';
/**
 * Loads the WebAssembly module, by default from the folder of this script. Await it once before the first use.
 */
export function init(url?: string | URL): Promise<void>;
export default init;
`;

if (import.meta.filename === process.argv[1]) {
  await script(async () => {
    await build();
    await run(process.execPath, [join(root, 'scripts', 'size.mjs')]);
  });
}
