// @ts-check
/** A digest of everything on which a build depends: sources, lock files, scripts, and the versions of the tools. */

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hasRustSource } from '../setup.mjs';
import { root } from './paths.mjs';
import { output } from './run.mjs';

/** The files and folders, relative to the project's root. */
const INPUTS = [
  'Cargo.lock', 'Cargo.toml', 'package.json', 'package-lock.json', 'crates/webauth', 'crates/lock', 'crates/mock-tenant/js',
  'scripts/build.mjs', 'scripts/lib',
];

/** The tools whose version is in no lock file. */
const TOOLS = ['rustc', 'wasm-bindgen', 'wasm-pack', 'wasm-opt'];

/** The digest, in hexadecimal. @returns {string} */
export function fingerprint() {
  const hash = createHash('sha256');
  for (const tool of TOOLS) hash.update(`${tool} ${output(tool, ['--version'])}\n`);
  hash.update(`std from source: ${hasRustSource()}\n`);
  for (const file of INPUTS.flatMap((input) => files(join(root, input)))) hash.update(`${relative(root, file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

/** All files of a folder, in an order that does not depend on the machine. @param {string} path @returns {string[]} */
function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => files(join(path, name)));
}
