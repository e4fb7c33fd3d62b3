// @ts-check
/**
 * `npm test` installs what it needs and runs all tests. It continues after a failure, so that one run shows all of them. It ends
 * with the names of the failed tests, and one line that says how many tests passed and how many failed.
 *
 * `node scripts/test.mjs NAME ...` runs only the groups whose names contain one of the words.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { fuzz } from './fuzz.mjs';
import { root } from './lib/paths.mjs';
import { run, say } from './lib/run.mjs';
import { buildServers } from './lib/servers.mjs';
import { WASM_RUSTFLAGS } from './lib/wasm.mjs';
import { browser, setUp } from './setup.mjs';

const WASM = ['--target', 'wasm32-unknown-unknown'];
const BROWSER_CRATES = ['-p', 'latchkey-webauth', '-p', 'latchkey-lock'];

/** The features with which a server renders the Leptos component. */
const SERVER = 'component,leptos/ssr';

/** The sets of features that programs and the shipped modules use. All features together are linted by another group. */
const FEATURES = [
  { isBrowser: false, args: ['latchkey-webauth', '--all-targets', '--features', 'fake,pkce,diagnosis'] },
  { isBrowser: true, args: ['latchkey-webauth'] },
  { isBrowser: true, args: ['latchkey-webauth', '--features', 'js'] },
  { isBrowser: true, args: ['latchkey-lock'] },
  { isBrowser: true, args: ['latchkey-lock', '--features', 'js'] },
  { isBrowser: true, args: ['latchkey-lock', '--features', 'component'] },
  { isBrowser: true, args: ['latchkey-lock', '--features', 'serde'] },
  { isBrowser: true, args: ['latchkey-lock-server'] },
  { isBrowser: false, args: ['latchkey-lock', '--all-targets', '--features', SERVER] },
];

/** The seconds for which the fuzz targets run at the same time. `npm run fuzz` runs longer. */
const FUZZ_SECONDS = 10;

/** Runs a group of tests, and passes its output to `count`. @typedef {(count: (text: string) => void) => Promise<void>} Group */

/** The groups of tests, the fast ones first. @type {Record<string, Group>} */
const groups = {
  'format': () => run('cargo', ['fmt', '--all', '--check'], { hint: 'run `cargo fmt --all`' }),
  'types of the scripts': () => run('tsc', ['-p', 'tests/tsconfig.json']),
  'types of the facades': () => run('tsc', ['-p', 'tests/types/facade/tsconfig.json']),
  'types of the package': () => run('tsc', ['-p', 'tests/types/tsconfig.json']),
  'clippy': () => run('cargo', ['clippy', '--quiet', '--workspace', '--all-targets', '--', '-D', 'warnings']),
  'clippy for the browser': () => run(
    'cargo', ['clippy', '--quiet', ...WASM, ...BROWSER_CRATES, '--all-features', '--all-targets', '--', '-D', 'warnings'],
    { env: { RUSTFLAGS: WASM_RUSTFLAGS } },
  ),
  'clippy of the features': async () => {
    for (const { isBrowser, args } of FEATURES) {
      await run('cargo', ['clippy', '--quiet', ...(isBrowser ? WASM : []), '-p', ...args, '--', '-D', 'warnings'], {
        env: isBrowser ? { RUSTFLAGS: WASM_RUSTFLAGS } : {},
      });
    }
  },
  'native tests': async (count) => {
    await run('cargo', ['test', '--quiet', '--workspace', '--features', 'latchkey-lock/serde', '--no-fail-fast'], { onOutput: count });
    // The examples in the README and in the documentation of the component are compiled as for a server.
    await run('cargo', ['test', '--quiet', '--doc', '-p', 'latchkey-lock', '--features', SERVER], { onOutput: count });
  },
  'browser tests': (count) => run('cargo', ['test', ...WASM, ...BROWSER_CRATES, '--all-features', '--no-fail-fast'], {
    env: {
      RUSTFLAGS: WASM_RUSTFLAGS,
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: 'wasm-bindgen-test-runner',
      CHROMEDRIVER: browser().chromedriver,
    },
    onOutput: count,
  }),
  'fuzz': () => fuzz({ seconds: FUZZ_SECONDS }),
  'build': async () => {
    await Promise.all([buildServers(), build()]);
  },
  'size': () => run(process.execPath, [join(root, 'scripts', 'size.mjs')]),
  'package': (count) => nodeTests('package', count),
  'documentation': (count) => nodeTests('docs', count),
  'end to end': (count) => nodeTests('e2e', count),
  'the dialog in a browser': (count) => nodeTests('lock', count, { atOnce: 2 }),
  'parity with auth0.js': (count) => nodeTests('parity', count),
  "the vendor's clients on the mock tenant": (count) => nodeTests('vendor', count),
};

const words = process.argv.slice(2);
const chosen = Object.entries(groups).filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
let passed = 0;
/** @type {string[]} */
const failed = [];

const began = Date.now();
try {
  await setUp(['rust', 'wasm', 'packages', 'browser', 'mail']);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed.push('set-up');
}
if (failed.length === 0) {
  for (const [name, group] of chosen) await attempt(name, group);
}
if (failed.length > 0) console.log(`\nfailed:\n  ${failed.join('\n  ')}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * Runs the tests in a folder of `tests/`, one file after the other, because many of them depend on times. The files about the dialog
 * are many and mostly wait, so two of them run at once.
 *
 * @param {string} name
 * @param {(text: string) => void} count
 * @param {{ atOnce?: number }} [options] how many files run at the same time
 */
function nodeTests(name, count, { atOnce = 1 } = {}) {
  const folder = join(root, 'tests', name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.mjs')).map((file) => join(folder, file));
  // A failed test may leave a server running, so the runner is forced to exit. The time limit is that of a whole file; one file
  // compares hundreds of calls in a browser.
  const options = [`--test-concurrency=${atOnce}`, '--test-force-exit', '--test-timeout=900000', '--test-reporter=spec'];
  return run(process.execPath, ['--test', ...options, ...files], { onOutput: count });
}

/**
 * Runs one group. A group that reports no tests counts as one test.
 *
 * @param {string} name
 * @param {Group} group
 */
async function attempt(name, group) {
  say(`${name}   (${Math.round((Date.now() - began) / 1000)} s)`);
  let text = '';
  /** @type {unknown} */
  let failure;
  try {
    await group((more) => { text += more; });
  } catch (error) {
    failure = error;
    console.error(error instanceof Error ? error.message : error);
  }
  const tests = counted(text);
  passed += tests.passed || (failure || tests.failed ? 0 : 1);
  for (let index = 0; index < tests.failed; index++) failed.push(`${tests.names[index] ?? 'a test'} (${name})`);
  if (failure && tests.failed === 0) failed.push(name);
}

/**
 * Adds up the summaries of cargo's and Node's test runners, and reads the names of the failed tests.
 *
 * @param {string} text
 */
function counted(text) {
  const sum = (/** @type {RegExp} */ pattern) => [...text.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);
  return {
    passed: sum(/^test result: \w+\. (\d+) passed/gm) + sum(/^ℹ pass (\d+)$/gm),
    failed: sum(/^test result: .*? (\d+) failed/gm) + sum(/^ℹ fail (\d+)$/gm),
    // Node's runner prints each failure twice: when it happens, and at the end.
    names: [...new Set([...text.matchAll(/^(?:\s*✖ (.+) \(.*ms\)|test (.+) \.\.\. FAILED|---- (.+) stdout ----)$/gm)]
      .map(([, node, browser, native]) => `"${node ?? browser ?? native}"`))],
  };
}
