// @ts-check
/**
 * `npm run pack:check` installs the package's tarball into new folders, one for each bundler, framework and test runner, and logs in
 * with a German browser in each. It fails if there is a message on the console, if a file is missing, or if a file contains an
 * address of the build machine.
 *
 * `npm run pack:check -- NAME ...` checks only the set-ups whose names contain one of the words. The packages come from the npm
 * registry. After a failure the folders are kept.
 */

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { Failure, output, run, say, script } from './lib/run.mjs';
import { buildServers } from './lib/servers.mjs';
import { setUp } from './setup.mjs';

/** @typedef {import('../tests/package/setups/page.mjs').SetUp} SetUp */

/** The time limit of an installation or a build, in seconds. */
const COMMAND_SECONDS = 600;

/** @returns {Promise<SetUp[]>} */
async function allSetUps() {
  const modules = ['no-bundler', 'bundlers', 'frameworks', 'test-runners'];
  const loaded = await Promise.all(modules.map((name) => import(`../tests/package/setups/${name}.mjs`)));
  return loaded.flatMap(({ setUps }) => setUps);
}

/**
 * Packs the package as it is published. Returns the tarball.
 *
 * @param {string} folder the folder of the tarball
 */
function pack(folder) {
  const text = output('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder]);
  if (!text) throw new Failure('`npm pack` failed: run it by hand.');
  return join(folder, JSON.parse(text)[0].filename);
}

/** The folder in which each list of packages was installed last. A set-up with the same list takes the packages from there. @type {Map<string, string>} */
const installed = new Map();

/**
 * Makes the folder of a set-up, and runs its commands.
 *
 * @param {SetUp} setUp
 * @param {string} folder
 * @param {string} tarball
 */
async function install({ packages = [], files, build = [] }, folder, tarball) {
  writeFileSync(join(folder, 'package.json'), '{ "name": "app", "private": true, "type": "module" }\n');
  const quietly = { cwd: folder, seconds: COMMAND_SECONDS, env: { NEXT_TELEMETRY_DISABLED: '1', PARCEL_WORKERS: '1', NO_COLOR: '1' } };
  const before = installed.get(packages.join());
  if (before) {
    renameSync(join(before, 'node_modules'), join(folder, 'node_modules'));
    // Vite's cache belongs to the earlier set-up, so it is removed.
    rmSync(join(folder, 'node_modules', '.vite'), { recursive: true, force: true });
  } else {
    await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', tarball, ...packages], { ...quietly, quiet: true });
  }
  installed.set(packages.join(), folder);
  const home = join(folder, 'node_modules', 'latchkey');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'function' ? content(home) : content);
  }
  for (const [command, ...args] of build) {
    const tool = command === 'cp' ? command : join(folder, 'node_modules', '.bin', command);
    let log = '';
    await run(tool, args, { ...quietly, quiet: true, onOutput: (text) => { log += text; } }).catch((error) => { throw new Failure(`${error.message}\n${log}`); });
  }
}

/**
 * Checks the set-ups whose names contain one of the words.
 *
 * @param {string[]} words if there are none, all set-ups are checked
 */
async function check(words) {
  const { logIn } = await import('../tests/package/setups/log-in.mjs');
  const around = mkdtempSync(join(tmpdir(), 'latchkey-pack-'));
  const tarball = pack(around);
  const chosen = (await allSetUps()).filter(({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase())));
  /** @type {string[]} */
  const failed = [];
  for (const [at, one] of chosen.entries()) {
    const folder = join(around, `${at}`);
    mkdirSync(folder);
    const began = Date.now();
    try {
      await install(one, folder, tarball);
      if (!one.isTest) await logIn(one, folder);
      say(`${one.name}: works (${Math.round((Date.now() - began) / 1000)} s)`);
    } catch (error) {
      // The folder is kept as it is, so no other set-up may take its packages.
      installed.delete((one.packages ?? []).join());
      failed.push(one.name);
      say(`${one.name}: fails, in ${folder}\n${error instanceof Error ? error.message : error}`);
    }
  }
  console.log(`\n${chosen.length - failed.length} passed, ${failed.length} failed`);
  if (failed.length > 0) throw new Failure(`The package does not work from: ${failed.join('; ')}.`);
  rmSync(around, { recursive: true, force: true });
}

if (import.meta.filename === process.argv[1]) {
  await script(async () => {
    await setUp(['rust', 'wasm', 'packages', 'browser']);
    await Promise.all([buildServers(), build()]);
    await check(process.argv.slice(2));
  });
}
