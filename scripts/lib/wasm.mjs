// @ts-check
/** From a crate to the smallest wasm and its JavaScript bindings. */

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasRustSource } from '../setup.mjs';
import { root, targetFolder } from './paths.mjs';
import { Failure, output, run, say } from './run.mjs';
import { split } from './split.mjs';

/** Features that Chromium, Firefox and WebKit all accept; `--all-features` makes modules that none does. */
const WASM_FEATURES = [
  '--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-nontrapping-float-to-int', '--enable-sign-ext',
  '--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue',
];

/** What only tools read. */
const STRIPPED = ['--strip-debug', '--strip-producers', '--strip-target-features'];

/** Crates that must never be in a shipped module: each costs more than the code that would use it. */
const FORBIDDEN = ['serde_json', 'url', 'idna', 'regex'];

/** RUSTFLAGS that every wasm32 build of the workspace needs (Leptos' random numbers). */
export const WASM_RUSTFLAGS = '--cfg getrandom_backend="wasm_js"';

/**
 * Builds a crate for browsers.
 *
 * @param {string} name the folder under crates/
 * @param {{ feature?: string, module?: string, divided?: boolean }} [which] a feature of its crate `wasm/`, or another crate
 *   beside that one; whether it is cut in two
 * @returns {Promise<{ bindings: string, wasm: string, rest?: string }>} the JavaScript module (target `web`), the optimised
 *   wasm, and its second part
 */
export async function buildWasm(name, { feature, module = 'wasm', divided = false } = {}) {
  const out = join(targetFolder(), 'latchkey', [name, ...module === 'wasm' ? [] : [module], ...feature ? [feature] : []].join('-'));
  rmSync(out, { recursive: true, force: true });
  const fromSource = hasRustSource();
  if (!fromSource) say('  without rust-src: a ready-made std, larger modules');
  /** @type {string[]} */
  const cargo = feature ? ['--features', feature] : [];
  const env = { RUSTFLAGS: WASM_RUSTFLAGS };
  if (fromSource) {
    Object.assign(env, { RUSTC_BOOTSTRAP: '1' });
    env.RUSTFLAGS += ' -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Cllvm-args=-inline-threshold=10';
    cargo.push('-Zbuild-std=std,core,alloc,panic_abort', '-Zbuild-std-features=optimize_for_size');
  }
  const crate = join(root, 'crates', name, module);
  await run('wasm-pack', [
    '--quiet', 'build', crate, '--target', 'web', '--mode', 'no-install', '--no-pack', '--no-typescript', '--no-opt',
    '--profile', 'wasm-release', '--out-dir', out, '--out-name', name, '--', ...cargo,
  ], { env });
  const unoptimised = join(out, `${name}_bg.wasm`);
  refuseForbidden(name, unoptimised);
  await forgetUnused(unoptimised);
  const wasm = join(out, `${name}.wasm`);
  const bindings = join(out, `${name}.js`);
  // Flat code is easier to restructure, and once more when the rest is smaller; functions of four instructions take no more
  // where they are called. Nothing of ours lives in the first kilobyte of memory, where Rust's stack ends. By name, functions of
  // one kind stand together, and compress better.
  const smaller = ['--flatten', '--rereloop', '-Oz'];
  const passes = [...divided ? ['--no-inline=*::rest*'] : [], ...smaller, ...smaller, '-Oz', '-aimfs', '4', '--low-memory-unused', '--debuginfo', '--reorder-functions-by-name'];
  await run('wasm-opt', [...passes, ...WASM_FEATURES, unoptimised, '-o', wasm]);
  const code = lean(readFileSync(bindings, 'utf8'));
  if (divided) {
    const { names, rest } = await split(wasm, WASM_FEATURES);
    writeFileSync(bindings, renamed(code, names) + JOIN);
    return { bindings, wasm, rest };
  }
  const names = output('wasm-opt', ['--minify-imports-and-exports-and-modules', ...WASM_FEATURES, ...STRIPPED, wasm, '-o', wasm]);
  if (!names) throw new Failure(`wasm-opt failed on ${unoptimised}: run it by hand to see why.`);
  writeFileSync(bindings, renamed(code, JSON.parse(names)));
  return { bindings, wasm };
}

/** What the bindings of a divided module have besides: the rest, once it is there. */
const JOIN = `
let rest, joining;
/** Joins the rest to the module. */
export const join = (bytes) => joining ??= WebAssembly.instantiate(bytes(), { a: wasm }).then(({ instance }) => { rest = instance.exports; });
`;

/**
 * Functions that were only ever told to wasm-bindgen, which calls them by their names or not at all: of all closures that
 * js-sys could make, and of its futures. They stand in the table that function pointers point into, so nothing else knows
 * that they are not used.
 */
const UNUSED = /::closures::_::invoke::|::jspi::task_waker::/;

/**
 * Puts a function that does nothing into their places in the table.
 *
 * @param {string} file
 */
async function forgetUnused(file) {
  const source = `${file}.wat`;
  await run('wasm-dis', [...WASM_FEATURES, file, '-o', source]);
  const text = readFileSync(source, 'utf8');
  const less = text.replace(/^ \(elem .*$/m, (table) => table.replace(/\$(?:"[^"]*"|[^\s)]+)/g, (name) => (UNUSED.test(name) ? '$__wbindgen_skip_interpret_calls' : name)));
  if (less === text) throw new Failure('No function of the table is one of UNUSED in scripts/lib/wasm.mjs: see what wasm-bindgen calls them now.');
  writeFileSync(source, less);
  await run('wasm-as', [...WASM_FEATURES, '-g', source, '-o', file]);
}

/** What of the bindings no page of ours needs, and what stands there instead. @type {[what: RegExp, instead: string][]} */
const NEEDLESS = [
  // Whatever runs our wasm, with its reference types, has `encodeInto`.
  [/if \(!\('encodeInto' in cachedTextEncoder\)\) \{[^]+?\n\}\n/, ''],
  // Safari's decoder gives up after 2 GB.
  [/(?<=function decodeText\(bytes\) \{\n)[^]+?(?= {4}return cachedTextDecoder)/, ''],
  // Strings are always given with a way to make more room.
  [/ {4}if \(realloc === undefined\) \{[^]+?\n {4}\}\n/, ''],
  // The loader gives an object with the module.
  [/ {8}if \(Object\.getPrototypeOf\(module\) === Object\.prototype\) \{\s+\(\{module\} = module\)[^]+?\n {8}\}\n/, '        ({module} = module);\n'],
];

/** @param {string} code */
function lean(code) {
  return NEEDLESS.reduce((rest, [what, instead]) => {
    const left = rest.replace(what, instead);
    if (left === rest) throw new Failure(`The bindings of wasm-bindgen have changed: nothing in them is ${what}. See what stands there now, and change NEEDLESS in scripts/lib/wasm.mjs.`);
    return left;
  }, code);
}

/**
 * The bindings with the short names that wasm-opt gave to what the module imports and exports. The long ones hold hashes,
 * which no compression makes small: 2 KB of lock.min.js. What comes from a JavaScript file of the crate as it is joins the
 * one module that is left.
 *
 * @param {string} code
 * @param {{ imports: [module: string, long: string, short: string][], exports: [long: string, short: string][] }} names
 */
function renamed(code, { imports, exports }) {
  const modules = new Map([...code.matchAll(/"(\.\/[^"]+)": (import\d+),/g)].map(([, file, name]) => [file, name]));
  /** @type {Record<string, string>} */
  const short = {};
  /** @type {string[]} */
  const direct = [];
  for (const [module, long, name] of imports) {
    if (module === './rest') direct.push(`"${name}": (...given) => rest.${name}(...given),`);
    else if (modules.get(module) === 'import0') short[`${long}: `] = `"${name}": `;
    else direct.push(`"${name}": ${modules.get(module)}.${long},`);
  }
  for (const [long, name] of exports) short[`wasm.${long}`] = `wasm.${name}`;
  return code
    .replace(/(?:"\.\/[^"]+": import\d+,\s*)+/, `"a": { ...import0, ${direct.join(' ')} },`)
    .replace(/(?<![\w.])__\w+: |(?<!\w)wasm\.\w+/g, (long) => short[long] ?? long);
}

/**
 * The module still has its function names here; a crate that got in is seen by them.
 *
 * @param {string} name
 * @param {string} file
 */
function refuseForbidden(name, file) {
  if (!existsSync(file)) throw new Failure(`wasm-pack left no ${name}_bg.wasm: see its output above.`);
  const text = readFileSync(file, 'latin1');
  if (!text.includes('wasm_bindgen')) throw new Failure(`${name}_bg.wasm has no function names: the check for forbidden crates cannot see anything.`);
  const found = FORBIDDEN.filter((crate) => new RegExp(`(?<![A-Za-z0-9_:])${crate}::`).test(text));
  if (found.length > 0) throw new Failure(`${name}.wasm contains ${found.join(', ')}: find who pulls it in with \`cargo tree\`, and drop it.`);
}
