// @ts-check
/** The npm package as a user gets it: packed, unpacked elsewhere, imported on a server, compiled against, run in a page. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { root } from '../../scripts/lib/paths.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS } from '../e2e/harness.mjs';

const ENTRIES = ['latchkey', 'latchkey/lock', 'latchkey/slim', 'latchkey/lock/slim'];
const TYPES = /** @type {Record<string, string>} */ ({ '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' });

/** A user's project, with the package in its node_modules. */
let project = '';
before(() => {
  project = mkdtempSync(join(tmpdir(), 'latchkey-package-'));
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', project], { cwd: root, encoding: 'utf8' }));
  const home = join(project, 'node_modules', 'latchkey');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, filename), '-C', home, '--strip-components=1']);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});
after(() => rmSync(project, { recursive: true, force: true }));

test('the package holds what it names, and nothing but the build and the papers', () => {
  const home = join(project, 'node_modules', 'latchkey');
  const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  for (const target of Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)))) {
    if (!target.includes('*')) assert.ok(existsSync(join(home, target)), `${target} is there`);
  }
  assert.deepEqual(readdirSync(home).sort(), ['CHANGELOG.md', 'LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'dist', 'package.json']);
  assert.deepEqual(readdirSync(join(home, 'dist')).filter((name) => !/^languages$|^mock-tenant\.(js|d\.ts)$|^webauth\.full\.min\.js$|^(webauth|lock)\.(min\.js|js|d\.ts|slim\.(js|wasm|d\.ts))$|^lock\.(css|more\.js|server\.js|server\.d\.ts)$/.test(name)), []);
});

test('each entry can be imported where there is no window, without a side effect', () => {
  const program = `
    const before = Object.keys(globalThis).join();
    const found = {};
    for (const entry of ${JSON.stringify([...ENTRIES, 'latchkey/lock/server', 'latchkey/mock-tenant'])}) found[entry] = Object.keys(await import(entry)).sort();
    console.log(JSON.stringify({ found, same: before === Object.keys(globalThis).join() }));`;
  const { found, same } = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: project, encoding: 'utf8' }));
  assert.ok(same, 'no global was added');
  assert.ok(found['latchkey/mock-tenant'].includes('MockTenant'));
  assert.deepEqual(found['latchkey/lock/server'], ['firstScreen']);
  for (const entry of ENTRIES) {
    const main = entry.includes('lock') ? 'Auth0LockPasswordless' : 'WebAuth';
    assert.ok(found[entry].includes(main), `${entry} exports ${main}`);
    assert.equal(found[entry].includes('init'), entry.includes('slim'), `${entry}: only a slim build is initialised by hand`);
  }
});

test("TypeScript finds the types of each entry, and refuses what they don't allow", () => {
  writeFileSync(join(project, 'app.ts'), `
    import { WebAuth } from 'latchkey';
    import { Auth0LockPasswordless } from 'latchkey/lock';
    import init, { WebAuth as Slim } from 'latchkey/slim';
    import { firstScreen } from 'latchkey/lock/server';
    import { MockTenant } from 'latchkey/mock-tenant';
    import initLock, { Auth0LockPasswordless as SlimLock } from 'latchkey/lock/slim';
    export const webAuth: WebAuth = new WebAuth({ domain: 'd', clientID: 'c' });
    export const answer: Promise<unknown> = webAuth.passwordlessStart({ connection: 'email', send: 'code', email: 'a@b.c' });
    export const lock = new Auth0LockPasswordless('c', 'd', { allowedConnections: ['email'] });
    export const ready: Promise<void>[] = [init(), initLock('/lock.wasm')];
    export const slim = [Slim, SlimLock];
    export const html: string | undefined = firstScreen({ container: 'login', language: 'de' }, { action: '/login', words: [] });
    export const tenant: MockTenant = new MockTenant();
    // @ts-expect-error the domain is missing
    new WebAuth({ clientID: 'c' });
    // @ts-expect-error where it goes is missing
    firstScreen({}, {});
    // @ts-expect-error a code or a link, nothing else
    webAuth.passwordlessStart({ connection: 'email', send: 'pigeon', email: 'a@b.c' });
  `);
  for (const [module, resolution] of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--module', module, '--moduleResolution', resolution];
    try {
      execFileSync(join(root, 'node_modules', '.bin', 'tsc'), [...flags, 'app.ts'], { cwd: project, encoding: 'utf8' });
    } catch (error) {
      assert.fail(`${resolution}: ${/** @type {{ stdout: string }} */ (error).stdout}`);
    }
  }
});

test('each entry runs in a page, unbundled', async () => {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(project, 'node_modules', 'latchkey', path);
    if (path !== '/' && !existsSync(file)) return void response.writeHead(404).end();
    const body = path === '/' ? '<!doctype html><title>page</title><body>' : readFileSync(file);
    response.writeHead(200, { 'content-type': TYPES[extname(path) || '.html'] }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const chrome = await chromium.launch({ executablePath: browser().chromium, args: FLAGS });
  try {
    const page = await chrome.newPage();
    await page.goto(`http://localhost:${port}/`);
    for (const file of ['webauth.js', 'webauth.slim.js']) {
      const message = await page.evaluate(async (url) => {
        const module = await import(url);
        await module.init?.();
        const webAuth = new module.WebAuth({ domain: 'tenant.example', clientID: 'CID', responseType: 'code' });
        try {
          await webAuth.passwordlessStart({ connection: 'email', send: 'code' });
          return 'sent';
        } catch (error) {
          return String(error);
        }
      }, `/dist/${file}`);
      assert.match(message, /email/, file);
    }
    for (const file of ['lock.js', 'lock.slim.js']) {
      await page.reload();
      await page.evaluate(async (url) => {
        const module = await import(url);
        await module.init?.();
        new module.Auth0LockPasswordless('CID', 'tenant.example', { auth: { redirectUrl: location.origin, responseType: 'code' } }).show();
      }, `/dist/${file}`);
      await page.getByRole('dialog').getByRole('textbox').waitFor({ timeout: 10_000 });
    }
  } finally {
    await chrome.close();
    server.close();
  }
});
