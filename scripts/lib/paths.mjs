// @ts-check
/** Where things are: the project, the tools it installs for itself, and what a build makes. */

import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Everything that outlives a checkout: tools, and CI's cargo target folder. */
export const cache = process.env.LATCHKEY_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'latchkey');

/** Tools built once by the set-up (wasm-bindgen, wasm-pack). */
export const tools = join(cache, 'tools');

/** What `npm run build` makes and `npm pack` ships. */
export const dist = join(root, 'dist');

/** The environment of every command we run: our own tools come first. */
export const environment = {
  ...process.env,
  PATH: [join(tools, 'bin'), join(root, 'node_modules', '.bin'), process.env.PATH].join(':'),
};

/** Cargo's target folder, wherever the person keeps it. */
export function targetFolder() {
  const text = execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { cwd: root, encoding: 'utf8' });
  return /** @type {string} */ (JSON.parse(text).target_directory);
}
