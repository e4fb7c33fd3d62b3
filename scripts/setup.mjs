// @ts-check
/**
 * Installs the tools that the project needs and the machine lacks. The tools are outside the checkout, so that each is installed once.
 * `node scripts/setup.mjs [rust] [wasm] [packages] [browser] [mail]` installs the named ones, or all of them without a name.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cache, root, tools } from './lib/paths.mjs';
import { Failure, output, run, say, script } from './lib/run.mjs';

const WASM = 'wasm32-unknown-unknown';
const WASM_PACK = '0.15.1';
const GECKODRIVER = '0.37.1';
export const OLDEST_RUST = [1, 95];

/** @typedef {'rust' | 'wasm' | 'packages' | 'browser' | 'mail'} Need */

/** @type {Record<Need, () => Promise<void>>} */
const installers = { rust: setUpRust, wasm: setUpWasmTools, packages: setUpPackages, browser: setUpBrowser, mail: setUpMail };

/**
 * Installs what is missing of each need. Independent needs are installed at the same time: npm's and Debian's packages are loaded
 * while tools are compiled.
 *
 * @param {Need[]} needs
 */
export async function setUp(needs) {
  mkdirSync(cache, { recursive: true });
  const inTurn = async (/** @type {Need[]} */ chain) => {
    for (const need of chain) if (needs.includes(need)) await installers[need]();
  };
  // Rust compiles the wasm tools, so it comes first. apt-get allows one call at a time.
  await Promise.all([inTurn(['rust', 'wasm']), inTurn(['packages']), inTurn(['browser', 'mail'])]);
}

async function setUpRust() {
  const version = output('rustc', ['--version']);
  if (!version) {
    throw new Failure('Rust is missing: install rustup (https://rustup.rs), or on Debian `apt-get install rustup`, then run this again.');
  }
  const [major = 0, minor = 0] = (version.match(/(\d+)\.(\d+)/) ?? []).slice(1).map(Number);
  if (major < OLDEST_RUST[0] || (major === OLDEST_RUST[0] && minor < OLDEST_RUST[1])) {
    throw new Failure(`${version} is too old: Latchkey needs Rust ${OLDEST_RUST.join('.')} or newer. Run \`rustup update stable\`.`);
  }
  if (!hasWasmStd()) {
    say(`Rust's standard library for ${WASM}`);
    const hint = `install it by hand: \`rustup target add ${WASM}\`, or without rustup Debian's rustc-web and its wasm std`;
    await run('rustup', ['target', 'add', WASM], { seconds: 300, hint });
    if (!hasWasmStd()) throw new Failure(`Rust's standard library for ${WASM} is still missing: ${hint}.`);
  }
  if (!hasRustSource()) {
    say("Rust's library source (for smaller release builds)");
    await run('rustup', ['component', 'add', 'rust-src'], { seconds: 300 }).catch(() =>
      say('  not available: release builds use the ready-made std and are a little larger'));
  }
}

function hasWasmStd() {
  const folder = output('rustc', ['--print', 'target-libdir', '--target', WASM]);
  return !!folder && existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('libstd-'));
}

/** Whether the source of std is installed. Building std from source makes the wasm smaller. */
export function hasRustSource() {
  const sysroot = output('rustc', ['--print', 'sysroot']);
  return !!sysroot && existsSync(join(sysroot, 'lib/rustlib/src/rust/library/std/Cargo.toml'));
}

async function setUpWasmTools() {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const bindgen = lock.match(/name = "wasm-bindgen"\nversion = "([^"]+)"/)?.[1];
  if (!bindgen) throw new Failure('Cargo.lock names no wasm-bindgen: restore it from the repository.');
  await Promise.all([installTool('wasm-bindgen', 'wasm-bindgen-cli', bindgen), installTool('wasm-pack', 'wasm-pack', WASM_PACK)]);
}

/**
 * Builds a tool with cargo into the project's tool folder, without optimisation: an optimised wasm-bindgen takes 160 s of processor
 * time more to build, and saves 30 s in a run of all tests. Each tool has its own build folder, because otherwise two builds would
 * wait for each other.
 *
 * @param {string} program
 * @param {string} crate
 * @param {string} version
 */
async function installTool(program, crate, version) {
  const installed = output(join(tools, 'bin', program), ['--version'])?.split('\n')[0];
  if (installed?.split(' ').includes(version)) return;
  say(`${crate} ${version} (built from source, one to three minutes)`);
  const build = mkdtempSync(join(tmpdir(), `latchkey-${program}-`));
  const env = {
    CARGO_TARGET_DIR: build,
    CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
    CARGO_PROFILE_RELEASE_LTO: 'off',
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
    CARGO_PROFILE_RELEASE_DEBUG: '0',
    RUSTFLAGS: '',
  };
  const args = ['install', '--quiet', '--force', '--root', tools, crate, '--version', version];
  const hint = `it needs a C compiler (Debian: \`apt-get install build-essential\`) and the Rust package registry`;
  await run('cargo', [...args, '--locked'], { env, hint, quiet: true })
    .catch(() => {
      say(`  ${crate}: its lock file could not be used; trying without`);
      return run('cargo', args, { env, hint });
    })
    .finally(() => rmSync(build, { recursive: true, force: true }));
}

async function setUpPackages() {
  const stamp = join(root, 'node_modules', '.latchkey-stamp');
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('npm packages');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { hint: 'is the npm registry within reach?' });
  writeFileSync(stamp, wanted);
}

async function setUpBrowser() {
  if (browser().chromium && browser().chromedriver) return;
  say('Chromium and its driver');
  const hint = 'install Chromium and ChromeDriver by hand (Debian: `apt-get install chromium chromium-driver`), '
    + 'or name them in LATCHKEY_CHROMIUM and CHROMEDRIVER';
  if (!output('apt-get', ['--version'])) throw new Failure(`Chromium is missing and there is no apt-get here: ${hint}.`);
  await installFromDebian(['chromium', 'chromium-driver'], hint);
}

/**
 * Installs Firefox and WebKitGTK, each with its WebDriver.
 *
 * @param {string[]} engines `firefox` and `webkit`; other names are ignored
 */
export async function setUpEngines(engines) {
  const hint = 'install it by hand, or leave the engine out';
  if (engines.includes('firefox')) {
    if (!output('which', ['firefox-esr'])) await installFromDebian(['firefox-esr'], hint);
    await installTool('geckodriver', 'geckodriver', GECKODRIVER);
  }
  if (engines.includes('webkit') && !(output('which', ['WebKitWebDriver']) && output('which', ['Xvfb']))) {
    await installFromDebian(['webkit2gtk-driver', 'xvfb'], hint);
  }
}

/** Installs an SMTP server for the tests of the mock tenant's mail. Without it these tests are skipped with a message. */
async function setUpMail() {
  if (hasMailServer() || !output('apt-get', ['--version'])) return;
  say('an SMTP server for tests');
  await installFromDebian(['python3-aiosmtpd'], 'its tests are skipped').catch((error) => say(`  ${error.message}`));
  if (!hasMailServer()) say('  `/usr/bin/python3 -m aiosmtpd` does not start: the tests of SMTP are skipped');
}

/** Whether the SMTP server works. An installed server may lack a dependency, so the server is started. */
export const hasMailServer = () => output('/usr/bin/python3', ['-m', 'aiosmtpd', '--version']) !== undefined;

/**
 * @param {string[]} packages
 * @param {string} hint
 */
async function installFromDebian(packages, hint) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive'];
  for (const args of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', ...packages]]) {
    const [command, ...commandArgs] = [...sudo, 'apt-get', ...args];
    await run(command, commandArgs, { env, hint, seconds: 600 });
  }
}

/** The programs of Chromium and of its driver. `undefined` for one that is missing. */
export function browser() {
  const find = (/** @type {string[]} */ names) => names.map((name) => output('which', [name])).find(Boolean);
  return {
    chromium: process.env.LATCHKEY_CHROMIUM ?? find(['chromium', 'chromium-browser', 'google-chrome']),
    chromedriver: process.env.CHROMEDRIVER ?? find(['chromedriver']),
  };
}

if (import.meta.filename === process.argv[1]) {
  const needs = /** @type {Need[]} */ (process.argv.slice(2));
  const unknown = needs.find((need) => !(need in installers));
  await script(async () => {
    if (unknown) throw new Failure(`There is no set-up step "${unknown}": the steps are ${Object.keys(installers).join(', ')}.`);
    await setUp(needs.length > 0 ? needs : /** @type {Need[]} */ (Object.keys(installers)));
    say('everything is there');
  });
}
