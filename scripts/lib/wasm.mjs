// @ts-check
/** From a crate to the smallest wasm and its JavaScript bindings. */

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasRustSource } from '../setup.mjs';
import { root, targetFolder } from './paths.mjs';
import { Failure, run, say } from './run.mjs';

/** Features that Chromium, Firefox and WebKit all accept; `--all-features` makes modules that none does. */
const WASM_FEATURES = [
  '--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-nontrapping-float-to-int', '--enable-sign-ext',
  '--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue',
];

/** Crates that must never be in a shipped module: each costs more than the code that would use it. */
const FORBIDDEN = ['serde_json', 'url', 'idna', 'regex'];

/** RUSTFLAGS that every wasm32 build of the workspace needs (Leptos' random numbers). */
export const WASM_RUSTFLAGS = '--cfg getrandom_backend="wasm_js"';

/**
 * Builds a crate for browsers.
 *
 * @param {string} name the folder under crates/
 * @returns {Promise<{ bindings: string, wasm: string }>} the JavaScript module (target `web`) and the optimised wasm
 */
export async function buildWasm(name) {
  const out = join(targetFolder(), 'latchkey', name);
  rmSync(out, { recursive: true, force: true });
  const fromSource = hasRustSource();
  if (!fromSource) say('  without rust-src: a ready-made std, larger modules');
  /** @type {string[]} */
  const cargo = [];
  const env = { RUSTFLAGS: WASM_RUSTFLAGS };
  if (fromSource) {
    Object.assign(env, { RUSTC_BOOTSTRAP: '1' });
    env.RUSTFLAGS += ' -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none';
    cargo.push('-Zbuild-std=std,core,alloc,panic_abort', '-Zbuild-std-features=optimize_for_size');
  }
  const crate = join(root, 'crates', name, 'wasm');
  await run('wasm-pack', [
    '--quiet', 'build', crate, '--target', 'web', '--mode', 'no-install', '--no-pack', '--no-typescript', '--no-opt',
    '--profile', 'wasm-release', '--out-dir', out, '--out-name', name, '--', ...cargo,
  ], { env });
  const unoptimised = join(out, `${name}_bg.wasm`);
  refuseForbidden(name, unoptimised);
  const wasm = join(out, `${name}.wasm`);
  await run('wasm-opt', ['-Oz', '--converge', ...WASM_FEATURES, '--strip-debug', '--strip-producers', '--strip-target-features', unoptimised, '-o', wasm]);
  return { bindings: join(out, `${name}.js`), wasm };
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
