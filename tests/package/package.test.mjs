// @ts-check
/** The npm package, packed and installed in another folder: its files, imports, types, and a page with it. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { environment, root } from '../../scripts/lib/paths.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS } from '../e2e/harness.mjs';

const ENTRIES = ['latchkey', 'latchkey/lock', 'latchkey/slim', 'latchkey/lock/slim'];
const TYPES = /** @type {Record<string, string>} */ ({ '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' });

/** The names of all files that `dist` can contain. */
const KNOWN = /^languages$|^sri\.json$|^(webauth|lock|lock\.server|mock-tenant)\.(js|cjs|d\.ts|d\.cts)$|^(webauth|lock)\.(min\.js|slim\.(js|wasm|d\.ts))$|^webauth\.full\.min\.js$|^lock\.(css|more\.c?js|language\.d\.c?ts)$/;

/** All strings in a value. @param {any} value @returns {string[]} */
const leaves = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(leaves));

let tarball = '';
/** A project with the package in its node_modules. */
let project = '';
before(() => {
  project = mkdtempSync(join(tmpdir(), 'latchkey-package-'));
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', project], { cwd: root, encoding: 'utf8' }));
  tarball = join(project, filename);
  const home = join(project, 'node_modules', 'latchkey');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});
after(() => rmSync(project, { recursive: true, force: true }));

test('the package contains the files it names, the build and the documents only', () => {
  const home = join(project, 'node_modules', 'latchkey');
  const { exports, typesVersions, alias, main, module, types, unpkg, jsdelivr } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const targets = leaves([exports, typesVersions, alias, main, module, types, unpkg, jsdelivr]);
  assert.ok(targets.includes('./dist/languages/*.json') && targets.includes('./dist/webauth.cjs'));
  for (const target of targets.filter((target) => target !== './dist/*')) {
    const file = target.replace(/\*|\$1/, 'de');
    assert.ok(existsSync(join(home, file)), `${file} is there`);
  }
  assert.deepEqual(readdirSync(home).sort(), ['ARCHITECTURE.md', 'CHANGELOG.md', 'LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'crates', 'dist', 'docs', 'package.json', 'www']);
  assert.deepEqual(readdirSync(join(home, 'dist')).filter((name) => !KNOWN.test(name)), []);
});

test('every link and picture of the README exists', () => {
  const home = join(project, 'node_modules', 'latchkey');
  const readme = readFileSync(join(home, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g)].map(([, link, attribute]) => link ?? attribute);
  const inPackage = links.filter((link) => !/^https:/.test(link) && !/\.js$|\.css$|^\/dist/.test(link));
  assert.ok(inPackage.includes('docs/dialog-dark.png'));
  assert.deepEqual(inPackage.filter((link) => !existsSync(join(home, link.split('#')[0]))), []);
});

test('sri.json has the digest of every file that a page loads', () => {
  const folder = join(project, 'node_modules', 'latchkey', 'dist');
  const digests = JSON.parse(readFileSync(join(folder, 'sri.json'), 'utf8'));
  const loaded = /** @type {string[]} */ (readdirSync(folder, { recursive: true })).filter((file) => /\.(js|css|json|wasm)$/.test(file) && file !== 'sri.json');
  assert.deepEqual(Object.keys(digests), loaded.sort());
  for (const file of loaded) assert.equal(digests[file], `sha384-${createHash('sha384').update(readFileSync(join(folder, file))).digest('base64')}`, file);
});

test('publint reports nothing', async () => {
  const { publint } = await import('publint');
  const { formatMessage } = await import('publint/utils');
  const { messages, pkg } = await publint({ pkgDir: join(project, 'node_modules', 'latchkey'), level: 'suggestion', strict: true, pack: false });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg, { color: false })), []);
});

test('@arethetypeswrong/cli reports nothing', () => {
  // The slim modules use `import.meta.url`, which `require()` does not support.
  const attw = (/** @type {string[]} */ ...args) => execFileSync('attw', [tarball, '--no-emoji', ...args], { env: environment, encoding: 'utf8' });
  try {
    attw('--exclude-entrypoints', 'slim', 'lock/slim');
    attw('--entrypoints', 'slim', 'lock/slim', '--profile', 'esm-only');
  } catch (error) {
    assert.fail(/** @type {{ stdout: string }} */ (error).stdout);
  }
});

test('each entry can be imported without a window and has no side effect', () => {
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

test('`require()` loads each entry without a side effect', () => {
  const program = `
    const before = Object.keys(globalThis).join();
    const { WebAuth } = require('latchkey');
    const { Auth0LockPasswordless, default: Lock } = require('latchkey/lock');
    const { firstScreen } = require('latchkey/lock/server');
    const { MockTenant } = require('latchkey/mock-tenant');
    const webAuth = new WebAuth({ domain: 'd', clientID: 'c', redirectUri: 'https://app.example/', responseType: 'code', state: 's', nonce: 'n' });
    console.log(JSON.stringify([
      webAuth.client.buildAuthorizeUrl({ state: 's' }), Lock === Auth0LockPasswordless, firstScreen({ container: 'here' }, { action: '/login' }),
      typeof MockTenant.start, require('latchkey/lock/languages/de')[1], before === Object.keys(globalThis).join(),
    ]));`;
  // The oldest Node.js of `engines` cannot `require` a module.
  const [url, isSame, html, start, german, isClean] = JSON.parse(execFileSync(process.execPath, ['--no-experimental-require-module', '--input-type=commonjs', '--eval', program], { cwd: project, encoding: 'utf8' }));
  assert.match(url, /^https:\/\/d\/authorize\?/);
  assert.match(html, /^<.*action="\/login"/s);
  assert.deepEqual([isSame, start, german, isClean], [true, 'function', 'Anmelden', true]);
});

test('`require()` of a slim module is an error with instructions', () => {
  assert.throws(
    () => execFileSync(process.execPath, ['--no-experimental-require-module', '--input-type=commonjs', '--eval', "require('latchkey/slim')"], { cwd: project, encoding: 'utf8', stdio: 'pipe' }),
    /require\(\) of ES Module .* not supported[^]*dynamic import\(\)/,
  );
});

test("TypeScript finds the types of each entry, and refuses what they don't allow", () => {
  writeFileSync(join(project, 'app.ts'), `
    import { WebAuth } from 'latchkey';
    import Lock, { Auth0LockPasswordless } from 'latchkey/lock';
    import de from 'latchkey/lock/languages/de';
    import init, { WebAuth as Slim } from 'latchkey/slim';
    import { firstScreen } from 'latchkey/lock/server';
    import { MockTenant } from 'latchkey/mock-tenant';
    import initLock, { Auth0LockPasswordless as SlimLock } from 'latchkey/lock/slim';
    export const webAuth: WebAuth = new WebAuth({ domain: 'd', clientID: 'c' });
    export const answer: Promise<unknown> = webAuth.passwordlessStart({ connection: 'email', send: 'code', email: 'a@b.c' });
    export const lock: Lock = new Auth0LockPasswordless('c', 'd', { allowedConnections: ['email'], languages: { de } });
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
  // A CommonJS project has all entries except the slim modules.
  const common = readFileSync(join(project, 'app.ts'), 'utf8').split('\n').filter((line) => !/slim|SlimLock|initLock/i.test(line)).join('\n');
  writeFileSync(join(project, 'app.cts'), common);
  for (const [module, resolution, file, ...more] of [
    ['nodenext', 'nodenext', 'app.ts'], ['nodenext', 'nodenext', 'app.cts'], ['esnext', 'bundler', 'app.ts'], ['commonjs', 'node10', 'app.ts', '--ignoreDeprecations', '6.0'],
  ]) {
    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--module', module, '--moduleResolution', resolution, '--esModuleInterop', ...more];
    try {
      execFileSync(join(root, 'node_modules', '.bin', 'tsc'), [...flags, file], { cwd: project, encoding: 'utf8' });
    } catch (error) {
      assert.fail(`${resolution}, ${file}: ${/** @type {{ stdout: string }} */ (error).stdout}`);
    }
  }
});

test('each entry runs in a page without a bundler', async () => {
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
