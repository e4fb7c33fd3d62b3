// @ts-check
/** The npm package `latchkey-mock-tenant`, packed, installed in another folder and started. */

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packMock, program } from '../../scripts/mock-package.mjs';
import { dist, targetFolder } from '../../scripts/lib/paths.mjs';

/** A user's project. */
let project = '';
/** @type {string[]} */
let tarballs = [];
/** The environment of the project's commands, without other programs of that name. */
const env = { ...process.env, LATCHKEY_MOCK_TENANT: '' };

before(async () => {
  project = mkdtempSync(join(tmpdir(), 'latchkey-mock-package-'));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  tarballs = await packMock(join(project, 'tarballs'), join(targetFolder(), 'debug', program()));
  // The packages of other platforms are optional, so npm continues without them.
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs], { cwd: project });
});
after(() => rmSync(project, { recursive: true, force: true }));

test('the command starts the tenant, and a signal to it ends the tenant', async () => {
  const child = spawn(join(project, 'node_modules', '.bin', 'latchkey-mock-tenant'), ['--port', '0'], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const url = await new Promise((resolve, reject) => {
    const read = (/** @type {Buffer} */ data) => {
      log += data;
      const [, found] = log.match(/listening on (\S+)/) ?? [];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => reject(new Error(log)));
  });
  const { issuer } = await (await fetch(`${url}/.well-known/openid-configuration`)).json();
  assert.equal(issuer, `${url}/`);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
  await assert.rejects(fetch(`${url}/.well-known/openid-configuration`), 'nothing listens any longer');
});

test('npx passes on arguments, output and exit code', () => {
  const run = (/** @type {string[]} */ ...args) => spawnSync('npx', ['latchkey-mock-tenant', ...args], { cwd: project, env, encoding: 'utf8' });
  const help = run('--help');
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--port/);
  const refused = run('--no-such-option');
  assert.notEqual(refused.status, 0);
  assert.match(refused.stderr, /--no-such-option/);
});

test('MockTenant.start() finds the program of the project', () => {
  const source = `
    const { MockTenant } = await import(${JSON.stringify(pathToFileURL(join(dist, 'mock-tenant.js')).href)});
    const tenant = await MockTenant.start();
    console.log(JSON.stringify(await tenant.messages()));
    await tenant.stop();`;
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '--eval', source], { cwd: project, env: { ...env, PATH: '' }, encoding: 'utf8' }), '[]\n');
});

test('without the package for this machine, the error says what to install', () => {
  const name = `latchkey-mock-tenant-${process.platform}-${process.arch}`;
  const home = join(project, 'node_modules', name);
  const manifest = readFileSync(join(home, 'package.json'), 'utf8');
  rmSync(join(home, 'package.json'));
  try {
    const { status, stderr } = spawnSync('npx', ['latchkey-mock-tenant'], { cwd: project, env, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`The package ${name} is not installed`));
    assert.match(stderr, /cargo install latchkey-mock-tenant/);
  } finally {
    writeFileSync(join(home, 'package.json'), manifest);
  }
});

test('LATCHKEY_MOCK_TENANT names the program, and a missing one is an error', () => {
  const run = (/** @type {string} */ path) => spawnSync('npx', ['latchkey-mock-tenant', '--help'], { cwd: project, env: { ...env, LATCHKEY_MOCK_TENANT: path }, encoding: 'utf8' });
  assert.match(run(join(targetFolder(), 'debug', program())).stdout, /--port/);
  const missing = run(join(project, 'no-such-program'));
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /LATCHKEY_MOCK_TENANT names .*no-such-program, and there is no such file/);
});

test('each package has the licences and its platform', () => {
  for (const tarball of tarballs) assert.ok(existsSync(tarball), tarball);
  const [, main] = tarballs;
  const files = execFileSync('tar', ['-tzf', main], { encoding: 'utf8' }).trim().split('\n').map((file) => file.replace('package/', '')).sort();
  assert.deepEqual(files, ['LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'index.d.ts', 'index.mjs', 'package.json', 'run.mjs']);
  const { os, cpu } = JSON.parse(readFileSync(join(project, 'node_modules', `latchkey-mock-tenant-${process.platform}-${process.arch}`, 'package.json'), 'utf8'));
  assert.deepEqual([os, cpu], [[process.platform], [process.arch]]);
});
