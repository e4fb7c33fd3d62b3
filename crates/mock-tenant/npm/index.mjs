// @ts-check
/** Where the mock tenant's program is. Each platform has a package of its own with it, of which npm installs the one that fits. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * The path of the program for this machine: the one that the environment variable `LATCHKEY_MOCK_TENANT` names, or the one that
 * npm installed.
 *
 * @returns {string}
 * @throws an `Error` that says what to do, where there is none
 */
export function program() {
  const own = process.env.LATCHKEY_MOCK_TENANT;
  if (own) {
    if (!existsSync(own)) throw new Error(`LATCHKEY_MOCK_TENANT names ${own}, and there is no such file.`);
    return own;
  }
  const { platform, arch } = process;
  const name = `latchkey-mock-tenant-${platform}-${arch}`;
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), platform === 'win32' ? 'latchkey-mock-tenant.exe' : 'latchkey-mock-tenant');
  } catch {
    throw new Error(`The package ${name} is not installed. If npm was told to leave out optional packages, install again with them. `
      + `If there is none for ${platform} on ${arch}: \`cargo install latchkey-mock-tenant\`, and name the program in LATCHKEY_MOCK_TENANT.`);
  }
}
