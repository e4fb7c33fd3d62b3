// @ts-check
/**
 * The sample that the mock tenant gives for an application: unpacked elsewhere, started as its README says, and logged in at. The npm
 * package `latchkey` is not published, so `npm install` is replaced by links to what this repository has installed and built.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { unzipSync } from 'fflate';
import { MockTenant } from '../../crates/mock-tenant/js/index.mjs';
import { dist, environment, root, targetFolder } from '../../scripts/lib/paths.mjs';
import { freePort, start } from '../../scripts/lib/servers.mjs';
import { startWorld } from '../e2e/harness.mjs';

/** @typedef {import('../../crates/mock-tenant/js/index.d.ts').SampleKind} SampleKind */

const sources = join(root, 'crates', 'sample-web-app');
/** @type {{ devDependencies: Record<string, string>, version: string }} */
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
/** @type {MockTenant} */
let tenant;
/** Where the samples will be, as the tenant knows it. */
let origin = '';
let folder = '';
before(async () => {
  world = await startWorld();
  tenant = new MockTenant(world.tenant.url);
  folder = mkdtempSync(join(tmpdir(), 'latchkey-sample-'));
  origin = `http://localhost:${await freePort()}`;
  const urls = { callbacks: [`${origin}/callback`, `${origin}/`], web_origins: [origin], allowed_origins: [origin], allowed_logout_urls: [`${origin}/`] };
  for (const id of ['latchkey-web', 'latchkey-spa']) await tenant.client(id, urls);
});
after(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Downloads and unpacks a sample. @param {string} clientID @param {SampleKind} kind */
async function unpack(clientID, kind) {
  const files = unzipSync(await tenant.sample(clientID, kind));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const home = join(folder, `latchkey-sample-${kind}`);
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const { latchkey, ...others } = { ...manifest.dependencies, ...manifest.devDependencies };
  assert.equal(latchkey, own.version);
  mkdirSync(join(home, 'node_modules', 'latchkey'), { recursive: true });
  symlinkSync(dist, join(home, 'node_modules', 'latchkey', 'dist'));
  for (const [name, version] of Object.entries(others)) {
    assert.equal(version, own.devDependencies[name], name);
    symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name));
  }
  return home;
}

/** The third of the README's three commands. @param {string} home */
function command(home) {
  const [, block = ''] = readFileSync(join(home, 'README.md'), 'utf8').match(/```sh\n(.*?)\n```/s) ?? [];
  const commands = block.split('\n').map((line) => line.replace(/\s*#.*/, ''));
  assert.equal(commands.length, 3, block);
  assert.deepEqual(commands.slice(0, 2), [`npx latchkey-mock-tenant --port ${new URL(tenant.url).port}`, 'npm install']);
  return /** @type {string} */ (commands[2]);
}

/** Logs in with a code by e-mail. @param {string} path @param {string} address */
async function logIn(path, address) {
  const { page, context, errors } = await world.open();
  await page.goto(origin + path);
  await page.locator('#address').fill(address);
  await page.locator('#send').click();
  const { code } = await tenant.message(address, { wait: 20 });
  await page.locator('#code').fill(code);
  await page.locator('#verify').click();
  await page.locator('#log-out').waitFor();
  assert.match(await page.locator('main').innerText(), new RegExp(address));
  assert.deepEqual(errors, []);
  await context.close();
}

/** Only what a person's shell has: the keys come from the sample's own file. */
const more = { AUTH0_DOMAIN: undefined, AUTH0_CLIENT_ID: undefined, AUTH0_CLIENT_SECRET: undefined, BASE_URL: undefined, PORT: undefined };

test('for Node: unpacked, started, logged in', async () => {
  const home = await unpack('latchkey-web', 'node');
  assert.equal(command(home), 'npm start');
  const server = await start(process.execPath, ['server.mjs'], { quiet: true, more, cwd: home });
  try {
    assert.equal(server.url, origin);
    await logIn('/custom-ui.html', 'node@example.com');
  } finally {
    await server.stop();
  }
});

test('a single page: unpacked, served, logged in', async () => {
  const home = await unpack('latchkey-spa', 'spa');
  const [, port] = command(home).match(/^npm start -- --port (\d+)$/) ?? [];
  assert.equal(`http://localhost:${port}`, origin);
  const { scripts } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const [program, ...args] = scripts.start.split(' ');
  assert.equal(program, 'sirv');
  const sirv = join(home, 'node_modules', 'sirv-cli', 'bin.js');
  const server = await start(process.execPath, [sirv, ...args, '--port', `${port}`], { quiet: true, more, cwd: home, ready: /Local:\s+(http\S+)/ });
  try {
    await logIn('/', 'page@example.com');
  } finally {
    await server.stop();
  }
});

test('in Rust: unpacked, compiled, started, logged in', async () => {
  const home = await unpack('latchkey-web', 'rust');
  assert.equal(command(home), 'cargo run');
  // With this repository's lock file, cargo needs only crates that are on this machine already.
  copyFileSync(join(root, 'Cargo.lock'), join(home, 'Cargo.lock'));
  const CARGO_TARGET_DIR = join(targetFolder(), 'sample');
  execFileSync('cargo', ['build', '--quiet', '--offline'], { cwd: home, env: { ...environment, CARGO_TARGET_DIR }, stdio: ['ignore', 'inherit', 'inherit'] });
  const server = await start(join(CARGO_TARGET_DIR, 'debug', 'latchkey-sample-web-app'), [], { quiet: true, more, cwd: home });
  try {
    assert.equal(server.url, origin);
    await logIn('/custom-ui.html', 'rust@example.com');
  } finally {
    await server.stop();
  }
});

test('nothing is missing: pages, templates and sources are those of the repository', async () => {
  const filesOf = async (/** @type {SampleKind} */ kind, id = 'latchkey-web') => Object.keys(unzipSync(await tenant.sample(id, kind))).map((path) => path.replace(/^[^/]+\//, ''));
  // The tests of the sample stay in the repository.
  const inFolder = (/** @type {string} */ path, /** @type {RegExp} */ kind, as = '') => readdirSync(path, { encoding: 'utf8', recursive: true })
    .filter((name) => kind.test(name) && !name.startsWith('tests/')).map((name) => as + name);
  const pages = [...inFolder(join(root, 'www'), /^[^/]+\.(html|js|css|svg)$/, 'www/'), ...inFolder(join(sources, 'templates'), /\.html$/, 'templates/')];
  const servers = ['.env', '.env.example', '.gitignore', 'README.md', 'package.json', ...pages];
  assert.deepEqual((await filesOf('rust')).sort(), [...servers, 'Cargo.toml', ...inFolder(join(sources, 'src'), /\.rs$/, 'src/')].sort());
  assert.deepEqual((await filesOf('node')).sort(), [...servers, ...inFolder(join(sources, 'node'), /\.mjs$/)].sort());
  assert.deepEqual((await filesOf('spa', 'latchkey-spa')).sort(), ['.gitignore', 'README.md', 'app.js', 'config.js', 'favicon.svg', 'index.html', 'package.json', 'site.css']);
});

test('the Rust sample depends on what the sample web app depends on', async () => {
  const metadata = (/** @type {string} */ manifest) => {
    const { packages } = JSON.parse(execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1', '--manifest-path', manifest], { env: environment, encoding: 'utf8' }));
    const { dependencies } = packages.find((/** @type {{ name: string }} */ { name }) => name === 'latchkey-sample-web-app');
    return dependencies.filter((/** @type {{ kind: string | null }} */ { kind }) => kind === null)
      .map((/** @type {any} */ { name, req, features, uses_default_features }) => ({ name, req, features: features.sort(), uses_default_features }));
  };
  const home = join(folder, 'manifest');
  mkdirSync(join(home, 'src'), { recursive: true });
  writeFileSync(join(home, 'src', 'lib.rs'), '');
  copyFileSync(join(root, 'crates', 'mock-tenant', 'sample', 'rust', 'cargo.toml'), join(home, 'Cargo.toml'));
  assert.deepEqual(metadata(join(home, 'Cargo.toml')), metadata(join(sources, 'Cargo.toml')));
});
