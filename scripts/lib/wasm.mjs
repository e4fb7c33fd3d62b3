// @ts-check
/**
 * From a crate to optimised wasm and its JavaScript bindings, and on to the same program as plain JavaScript: cargo, wasm-pack,
 * wasm-opt and wasm2js, each with its own flags.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasRustSource } from '../setup.mjs';
import { root, targetFolder } from './paths.mjs';
import { run, say } from './run.mjs';

/**
 * A compiled module: the bindings that wasm-bindgen wrote for it, and the file with its wasm.
 *
 * @typedef {{ bindings: string, wasm: string }} Wasm
 */

/**
 * The first version of WebAssembly, and globals that change: all that wasm2js translates. Younger features save nothing here
 * (ARCHITECTURE.md, "One module, with and without WebAssembly"). It needs std from source.
 */
const FIRST_VERSION = '-Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals';
const FIRST_FEATURES = ['--mvp-features', '--enable-mutable-globals'];

/**
 * What std has that comes ready-made. Chromium, Firefox and WebKit all accept it; `--all-features` makes modules that none of them
 * accepts.
 */
const STD_FEATURES = [
  '--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-nontrapping-float-to-int', '--enable-sign-ext',
  '--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue',
];

/**
 * Code that was flattened is easier to restructure, and once more when other passes have made it smaller. Functions of four
 * instructions take no more bytes where they are called than a call (`-aimfs`). Rust's stack ends in the first kilobyte of memory, so nothing of ours lives there. Functions sorted by name compress better: those of one
 * kind stand together. Names, and what only tools read, go last.
 */
const PASSES = [
  '--flatten', '--rereloop', '-Oz', '--flatten', '--rereloop', '-Oz', '-Oz', '-aimfs', '4', '--low-memory-unused',
  '--reorder-functions-by-name', '--strip-debug', '--strip-producers', '--strip-target-features',
];

/** Flags that every build for browsers needs: Leptos' random numbers, and one type for its views, which is 10,000 bytes smaller. */
export const WASM_RUSTFLAGS = '--cfg getrandom_backend="wasm_js" --cfg erase_components';

/** Flags of the smallest code. They need std from source, built with the compiler's own unstable options. */
const SMALLEST = '-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Cllvm-args=-inline-threshold=10';

/**
 * Compiles a package for browsers.
 *
 * @param {string} folder the package's folder, from the project's root
 * @param {{ name: string, features?: string[], target?: 'web' | 'bundler' }} options the name of the module and of its folder in
 *   the target folder, and for whom wasm-bindgen writes the bindings
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
 * Makes a module small.
 *
 * @param {Wasm} compiled
 * @returns {Promise<Wasm>}
 */
export async function optimiseWasm({ bindings, wasm }) {
  const small = wasm.replace(/_bg\.wasm$/, '.wasm');
  await run('wasm-opt', [...PASSES, ...hasRustSource() ? FIRST_FEATURES : STD_FEATURES, wasm, '-o', small]);
  return { bindings, wasm: small };
}

/** Tells the program's memory.mjs of each growth of its memory, and of nothing else. */
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
