// @ts-check
/**
 * `npm run pack:mock -- [FOLDER]` packs the npm package `latchkey-mock-tenant`, and the package with the program for the current
 * platform, into FOLDER (by default `release`). For a release it runs once on each platform, and the packages with the programs are
 * published first.
 */

import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root, targetFolder } from './lib/paths.mjs';
import { output, run, say, script } from './lib/run.mjs';
import { versionOf } from './lib/versions.mjs';

/** The platforms that have a program, with Node's names. */
const PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];

const LICENSES = ['LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT'];
const SOURCE = join(root, 'crates', 'mock-tenant', 'npm');

if (import.meta.filename === process.argv[1]) {
  await script(async () => {
    const folder = resolve(process.argv[2] ?? join(root, 'release'));
    say('the mock tenant (release build)');
    await run('cargo', ['build', '--quiet', '--release', '--locked', '-p', 'latchkey-mock-tenant']);
    for (const file of await packMock(folder, join(targetFolder(), 'release', program()))) console.log(`  ${file}`);
  });
}

/** The program's name on this platform. */
export function program() {
  return process.platform === 'win32' ? 'latchkey-mock-tenant.exe' : 'latchkey-mock-tenant';
}

/**
 * Packs both packages.
 *
 * @param {string} folder where the tarballs go
 * @param {string} binary the compiled program
 * @returns {Promise<string[]>} the tarballs
 */
export async function packMock(folder, binary) {
  const version = versionOf(readFileSync(join(root, 'Cargo.toml'), 'utf8'));
  const { platform, arch } = process;
  const { description, license, engines, ...main } = JSON.parse(readFileSync(join(SOURCE, 'package.json'), 'utf8'));
  const { repository, homepage, bugs, author } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const shared = { version, description, license, repository, homepage, bugs, author, engines };
  const name = `latchkey-mock-tenant-${platform}-${arch}`;
  /** @type {[name: string, manifest: object][]} */
  const packages = [
    // A program that is linked with glibc does not run on systems with musl, such as Alpine Linux.
    [name, { name, ...shared, description: `${description}: the program for ${platform} on ${arch}`, os: [platform], cpu: [arch], libc: linksGlibc(binary) ? ['glibc'] : undefined, preferUnplugged: true }],
    [main.name, { ...main, ...shared, optionalDependencies: Object.fromEntries(PLATFORMS.map((each) => [`latchkey-mock-tenant-${each}`, version])) }],
  ];
  const staging = join(targetFolder(), 'latchkey', 'mock-package');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [each, manifest] of packages) {
    const home = join(staging, each);
    mkdirSync(home, { recursive: true });
    if (each === name) copyFileSync(binary, join(home, program()));
    else cpSync(SOURCE, home, { recursive: true });
    for (const license of LICENSES) copyFileSync(join(root, license), join(home, license));
    writeFileSync(join(home, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: home });
  }
  return packages.map(([each]) => join(folder, `${each}-${version}.tgz`));
}

/** @param {string} binary */
function linksGlibc(binary) {
  return process.platform === 'linux' && (output('ldd', [binary]) ?? '').includes('libc.so.6');
}
