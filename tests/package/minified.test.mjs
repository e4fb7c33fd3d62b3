// @ts-check
/**
 * The files run after bundlers and minifiers, on pages without a charset, and as inline scripts. The wasm in them is encoded in
 * plain ASCII, so none of these changes it.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { minify } from '@swc/core';
import { build } from 'esbuild';
import webpack from 'webpack';
import { dist } from '../../scripts/lib/paths.mjs';
import { controls } from '../lock/controls.mjs';
import { handedOver, openOnly } from '../lock/file-loading.mjs';
import { PAGE } from '../lock/page-server.mjs';
import { startStage } from '../lock/stage.mjs';

/** The files of the page's server. @type {Record<string, { type: string, body: string }>} */
const files = {};

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
let folder = '';
before(async () => {
  stage = await startStage(files);
  folder = mkdtempSync(join(tmpdir(), 'latchkey-minified-'));
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage?.stop();
});

const ENTRY = `import { Auth0LockPasswordless } from '${join(dist, 'lock.js')}';
import { WebAuth } from '${join(dist, 'webauth.js')}';
Object.assign(window, { Auth0LockPasswordless, WebAuth });`;

/** Logs in with the dialog on a page. @param {string} path @param {RegExp} [expected] problems */
async function logsIn(path, expected) {
  const { context, page, problems } = await stage.open({ path });
  await stage.dialog(page);
  const address = `${path.replace(/\W/g, '')}@example.com`;
  await controls(page).email.fill(address);
  await handedOver(page);
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code(address));
  await page.waitForURL(/\/callback\?.*code=/);
  assert.deepEqual(problems.filter((problem) => !expected?.test(problem)), []);
  await context.close();
}

/** A page with one script. @param {string} name @param {string} script @param {string} [page] */
function serve(name, script, page = PAGE) {
  files[`/${name}.js`] = { type: 'text/javascript', body: script };
  files[`/${name}`] = { type: 'text/html', body: page.replace('<script src="/dist/lock.min.js"></script>', `<script type="module" src="/${name}.js"></script>`) };
}

test('all shipped scripts are plain ASCII', () => {
  const scripts = readdirSync(dist).filter((file) => file.endsWith('.js'));
  assert.ok(scripts.includes('lock.more.js'));
  for (const file of scripts.filter((name) => name !== 'mock-tenant.js')) assert.doesNotMatch(readFileSync(join(dist, file), 'latin1'), /[^\x00-\x7f]/, file);
});

test('the module runs when bundled by esbuild and minified by SWC', async () => {
  const { outputFiles: [{ text }] } = await build({ stdin: { contents: ENTRY, resolveDir: dist }, bundle: true, minify: true, write: false, format: 'esm', logLevel: 'error' });
  const { code } = await minify(text, { module: true, compress: true, mangle: true });
  serve('swc', code);
  await logsIn('/swc');
});

test('the module runs when bundled by webpack, on a page without a charset', async () => {
  writeFileSync(join(folder, 'entry.mjs'), ENTRY);
  await new Promise((done, fail) => {
    webpack({ mode: 'production', entry: join(folder, 'entry.mjs'), output: { path: join(folder, 'out'), filename: 'webpack.js', publicPath: '/' }, performance: { hints: false } }, (error, stats) => {
      if (error || stats?.hasErrors()) fail(error ?? new Error(stats?.toString('errors-only')));
      else done(undefined);
    });
  });
  for (const file of readdirSync(join(folder, 'out'))) files[`/${file}`] = { type: 'text/javascript', body: readFileSync(join(folder, 'out', file), 'utf8') };
  serve('webpack', readFileSync(join(folder, 'out', 'webpack.js'), 'utf8'), PAGE.replace('<meta charset="utf-8">', '<meta charset="windows-1252">'));
  await logsIn('/webpack');
});

test('lock.min.js runs as an inline script', async () => {
  const script = readFileSync(join(dist, 'lock.min.js'), 'utf8');
  assert.doesNotMatch(script, /<\/script|<!--/i);
  // An inline script loads its other files from the page's folder.
  files['/inline'] = { type: 'text/html', body: PAGE.replace('<script src="/dist/lock.min.js"></script>', `<base href="/dist/">\n<script>${script}</script>`) };
  await logsIn('/inline');
});

test('a script whose URL has a slash in its query finds its other files', async () => {
  files['/query'] = { type: 'text/html', body: PAGE.replace('/dist/lock.min.js', '/dist/lock.min.js?v=a/b') };
  await logsIn('/query');
});

test('a bundled script for script tags has an error that names the module to import', async () => {
  const code = `import '${join(dist, 'lock.min.js')}';\nimport '${join(dist, 'webauth.min.js')}';`;
  const { outputFiles: [{ text }] } = await build({ stdin: { contents: code, resolveDir: dist }, bundle: true, write: false, format: 'esm', logLevel: 'error' });
  serve('script', text);
  const { context, page, problems } = await stage.open({ path: '/script' });
  openOnly(page);
  await stage.dialog(page);
  await page.waitForFunction(() => !(/** @type {any} */ (window).lock._loading));
  const error = await page.evaluate((domain) => {
    const webAuth = new /** @type {any} */ (window).auth0.WebAuth({ domain, clientID: 'latchkey-spa', responseType: 'token' });
    return webAuth.parseHash({ hash: '#access_token=x&state=y' }).catch((/** @type {Error} */ { message }) => message);
  }, stage.tenant.url);
  assert.match(problems.join('\n'), /In a bundle, import 'latchkey\/lock' instead\./);
  assert.match(error, /in a bundle, import 'latchkey' instead/);
  await context.close();
});

test('webauth.full.min.js needs no other file', async () => {
  const { context, page, problems } = await stage.open();
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.addScriptTag({ url: '/dist/webauth.full.min.js' });
  asked.length = 0;
  const error = await page.evaluate((domain) => new Promise((done) => {
    const { WebAuth } = /** @type {any} */ (window).auth0;
    new WebAuth({ domain, clientID: 'latchkey-spa', redirectUri: location.href, responseType: 'token' }).parseHash({ hash: '#access_token=x&state=y' }, (/** @type {any} */ error) => done(error.error));
  }), stage.tenant.url);
  assert.equal(error, 'invalid_token');
  assert.deepEqual(asked, []);
  assert.deepEqual(problems, []);
  await context.close();
});
