// @ts-check
/** The folders of the project, of the tools that it installs, and of its build output. */

import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The folder for the files outside the checkout: tools, and CI's cargo target folder. */
export const cache = process.env.LATCHKEY_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'latchkey');

/** The folder of the tools that the set-up builds once (wasm-bindgen, wasm-pack). */
export const tools = join(cache, 'tools');

/** The folder that `npm run build` writes and `npm pack` ships. */
export const dist = join(root, 'dist');

/** The environment of every command that the scripts run. The project's own tools come first in `PATH`. */
export const environment = {
  ...process.env,
  PATH: [join(tools, 'bin'), join(root, 'node_modules', '.bin'), process.env.PATH].join(':'),
};

/** Cargo's target folder, which the environment and cargo's configuration can change. */
export function targetFolder() {
  const text = execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { cwd: root, encoding: 'utf8' });
  return /** @type {string} */ (JSON.parse(text).target_directory);
}
