// @ts-check
/**
 * `npm run release -- X.Y.Z [--dry-run] [--skip-tests]` makes everything that a release needs. It publishes nothing.
 *
 * It checks that everything is committed, that the version is newer, and that the changelog has unreleased changes. It runs all
 * tests, sets the version everywhere and dates the changelog. It writes to `release/`: the npm tarballs, with the mock tenant's for
 * this platform; the crates; a file with the SHA-256 checksums; and the integrity hashes of the scripts for `<script integrity>`.
 *
 * With `--dry-run` the sources are restored afterwards, and `release/` stays. `--skip-tests` is for a commit that has been tested.
 */

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dist, root, targetFolder } from './lib/paths.mjs';
import { Failure, output, run, say, script } from './lib/run.mjs';
import { dated, isNewer, versionOf, withVersion } from './lib/versions.mjs';

const RELEASE = join(root, 'release');
/** The integrity hashes of the scripts, which the build writes. */
const INTEGRITY = 'sri.json';

await script(async () => {
  const { version, isDryRun, skipsTests } = options();
  const manifests = (output('git', ['ls-files', '*Cargo.toml']) ?? '').split('\n');
  const changed = [...manifests, 'Cargo.lock', 'package.json', 'package-lock.json', 'CHANGELOG.md'];
  const current = versionOf(read('Cargo.toml'));
  check(version, current);
  const today = new Date().toISOString().slice(0, 10);
  const changelog = dated(read('CHANGELOG.md'), version, today);
  if (!skipsTests) {
    say('all tests, and the package in other programs');
    await run('npm', ['test'], { seconds: 5400 });
    await run('npm', ['run', 'pack:check'], { seconds: 5400 });
  }
  try {
    say(`version ${version}`);
    for (const file of manifests) write(file, withVersion(read(file), current, version));
    write('CHANGELOG.md', changelog);
    await run('npm', ['version', version, '--no-git-tag-version', '--ignore-scripts', '--allow-same-version'], { quiet: true });
    // Cargo updates the versions of the workspace's crates in its lock file, and no others.
    await run('cargo', ['update', '--workspace', '--quiet']);
    await gather(version);
  } finally {
    if (isDryRun) await run('git', ['checkout', '--quiet', '--', ...changed]);
  }
  console.log(`\n${readdirSync(RELEASE).map((file) => `  release/${file}`).join('\n')}\n`);
  console.log(isDryRun
    ? 'The sources are as they were. Nothing was published.'
    : `Nothing was published. Commit the version, tag it v${version}, then publish: npm publish for each tarball in release/, those with programs before latchkey-mock-tenant itself; cargo publish --workspace`);
});

/** The version and the options of the command line. */
function options() {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean', default: false }, 'skip-tests': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [version, ...more] = positionals;
  if (!version || more.length > 0) throw new Failure('Say which version: npm run release -- X.Y.Z --dry-run');
  return { version, isDryRun: values['dry-run'], skipsTests: values['skip-tests'] };
}

/** @param {string} version @param {string} current */
function check(version, current) {
  if (!isNewer(version, current)) throw new Failure(`${version} does not come after ${current}, the version in Cargo.toml.`);
  const uncommitted = output('git', ['status', '--porcelain']);
  if (uncommitted) throw new Failure(`Commit or put away first what is not committed:\n${uncommitted}`);
}

/** Builds and packs everything into `release/`. @param {string} version */
async function gather(version) {
  rmSync(RELEASE, { recursive: true, force: true });
  mkdirSync(RELEASE);
  say('the npm package');
  // The script `prepack` builds the package.
  await run('npm', ['pack', '--silent', '--pack-destination', RELEASE]);
  const integrity = join(dist, INTEGRITY);
  if (!existsSync(integrity)) throw new Failure(`The build has not written dist/${INTEGRITY}.`);
  copyFileSync(integrity, join(RELEASE, INTEGRITY));
  await run(process.execPath, [join(root, 'scripts', 'mock-package.mjs'), RELEASE]);
  say('the crates');
  // The new version is not committed yet, so the working tree is dirty.
  await run('cargo', ['package', '--workspace', '--allow-dirty', '--quiet']);
  const packed = join(targetFolder(), 'package');
  for (const file of readdirSync(packed).filter((name) => name.endsWith(`-${version}.crate`))) copyFileSync(join(packed, file), join(RELEASE, file));
  const sums = readdirSync(RELEASE).sort().map((file) => `${createHash('sha256').update(readFileSync(join(RELEASE, file))).digest('hex')}  ${file}\n`);
  writeFileSync(join(RELEASE, 'SHA256SUMS'), sums.join(''));
}

/** @param {string} file */
function read(file) {
  return readFileSync(join(root, file), 'utf8');
}

/** @param {string} file @param {string} text */
function write(file, text) {
  writeFileSync(join(root, file), text);
}
