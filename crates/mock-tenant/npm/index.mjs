// @ts-check
/** Finds the mock tenant's program. It is in one package for each platform, and npm installs the package for this machine. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * Returns the path of the program: the value of the environment variable `LATCHKEY_MOCK_TENANT`, else the program that npm
 * installed for this machine.
 *
 * @returns {string}
 * @throws an `Error` with instructions if there is no program
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
