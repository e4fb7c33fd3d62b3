// @ts-check
/**
 * Compiles a crate to optimised wasm and JavaScript bindings, and translates the same program to plain JavaScript: with cargo,
 * wasm-pack, wasm-opt and wasm2js.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasRustSource } from '../setup.mjs';
import { root, targetFolder } from './paths.mjs';
import { run, say } from './run.mjs';

/**
 * The files of a compiled module: the bindings of wasm-bindgen, and the wasm.
 *
 * @typedef {{ bindings: string, wasm: string }} Wasm
 */

/**
 * The first version of WebAssembly with mutable globals, because wasm2js translates nothing else. Later features save nothing here
 * (ARCHITECTURE.md, "One module, with and without WebAssembly"). It needs std from source.
 */
const FIRST_VERSION = '-Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals';
const FIRST_FEATURES = ['--mvp-features', '--enable-mutable-globals'];

/**
 * The wasm features of the ready-made std. Chromium, Firefox and WebKit accept them. With `--all-features` wasm-opt makes modules that
 * none of them accepts.
 */
const STD_FEATURES = [
  '--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-nontrapping-float-to-int', '--enable-sign-ext',
  '--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue',
];

/**
 * The passes of wasm-opt. Flattened code is easier to restructure. A second round finds more, because the first has made the code
 * smaller. A function of up to four instructions is inlined, because it takes no more bytes than a call (`-aimfs`). Memory below one
 * kilobyte is unused (`--low-memory-unused`), because Rust's stack ends above it. Functions sorted by name compress better, because
 * similar ones are neighbours. Names and the sections for tools are removed last.
 */
const PASSES = [
  '--flatten', '--rereloop', '-Oz', '--flatten', '--rereloop', '-Oz', '-Oz', '-aimfs', '4', '--low-memory-unused',
  '--reorder-functions-by-name', '--strip-debug', '--strip-producers', '--strip-target-features',
];

/** The flags of every build for browsers. They give Leptos a source of random numbers, and one type for all views, which saves 10,000 bytes. */
export const WASM_RUSTFLAGS = '--cfg getrandom_backend="wasm_js" --cfg erase_components';

/** The flags for the smallest code. They need std from source, and unstable options of the compiler. */
const SMALLEST = '-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Cllvm-args=-inline-threshold=0';

/**
 * Compiles a package for browsers.
 *
 * @param {string} folder the folder of the package, relative to the project's root
 * @param {{ name: string, features?: string[], target?: 'web' | 'bundler' }} options the name of the module and of its folder in
 *   the target folder, and wasm-bindgen's target
 * @returns {Promise<Wasm>}
 */
export async function compileWasm(folder, { name, features = [], target = 'web' }) {
  const out = join(targetFolder(), 'latchkey', target, name);
  rmSync(out, { recursive: true, force: true });
  const cargo = features.length > 0 ? ['--features', features.join()] : [];
  /** @type {Record<string, string>} */
  const env = { RUSTFLAGS: WASM_RUSTFLAGS };
  if (hasRustSource()) {
    Object.assign(env, { RUSTC_BOOTSTRAP: '1', RUSTFLAGS: `${WASM_RUSTFLAGS} ${SMALLEST} ${FIRST_VERSION}` });
    cargo.push('-Zbuild-std=std,core,alloc,panic_abort', '-Zbuild-std-features=optimize_for_size');
  } else {
    say('  without rust-src: a ready-made std, larger modules, and nothing for pages without WebAssembly');
  }
  await run('wasm-pack', [
    '--quiet', 'build', join(root, folder), '--target', target, '--mode', 'no-install', '--no-pack', '--no-typescript', '--no-opt',
    '--profile', 'wasm-release', '--out-dir', out, '--out-name', name, '--', ...cargo,
  ], { env });
  return { bindings: join(out, `${name}.js`), wasm: join(out, `${name}_bg.wasm`) };
}

/**
 * Optimises a module for size.
 *
 * @param {Wasm} compiled
 * @returns {Promise<Wasm>}
 */
export async function optimiseWasm({ bindings, wasm }) {
  const small = wasm.replace(/_bg\.wasm$/, '.wasm');
  await run('wasm-opt', [...PASSES, ...hasRustSource() ? FIRST_FEATURES : STD_FEATURES, wasm, '-o', small]);
  return { bindings, wasm: small };
}

/** The flags with which the program reports each growth of its memory to `loader/memory.mjs`, and nothing else. */
const WATCH_GROWTH = ['--instrument-memory', '--pass-arg=instrument-memory@memory.grow', '--remove-unused-module-elements'];

/**
 * The same program as plain JavaScript, for pages that may not use WebAssembly.
 *
 * @param {Wasm} forBundlers the module with bindings for bundlers, which import the wasm like a module
 * @param {Wasm} small the module that wasm-opt made small
 * @returns {Promise<Wasm>} those bindings, and the ES module that they import in the place of the wasm
 */
export async function translateWasm({ bindings }, { wasm }) {
  // The program imports its bindings from beside itself.
  const watched = bindings.replace(/\.js$/, '.watched.wasm');
  const program = bindings.replace(/\.js$/, '.nowasm.js');
  await run('wasm-opt', [...WATCH_GROWTH, ...FIRST_FEATURES, wasm, '-o', watched]);
  await run('wasm2js', ['-O', watched, '-o', program]);
  return { bindings, wasm: program };
}
