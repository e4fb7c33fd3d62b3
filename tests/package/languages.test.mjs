// @ts-check
/** How the dialog loads its languages. Each language is a module, so that bundlers find it, and a page can also provide one. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { dist } from '../../scripts/lib/paths.mjs';
import { PAGE } from '../lock/page-server.mjs';
import { startStage } from '../lock/stage.mjs';

/** A content security policy that forbids `fetch`. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => {
  stage = await startStage({
    '/strict.js': { type: 'text/javascript', body: "import { Auth0LockPasswordless } from '/dist/lock.js';\nObject.assign(window, { Auth0LockPasswordless });" },
    '/strict': { type: 'text/html', body: PAGE.replace('<head>', `<head><meta http-equiv="content-security-policy" content="${POLICY}">`).replace('src="/dist/lock.min.js"', 'type="module" src="/strict.js"') },
  });
});
after(() => stage?.stop());

/** Opens a page in a German browser, and collects its requests. @param {string} path */
async function german(path) {
  const opened = await stage.open({ path, locale: 'de-DE' });
  /** @type {string[]} */
  const asked = [];
  opened.page.on('request', (request) => { if (request.url().includes('/languages/')) asked.push(new URL(request.url()).pathname); });
  return { ...opened, asked };
}

test('the module loads its language as a module, under a policy that allows only scripts', async () => {
  const { context, page, problems, asked } = await german('/strict');
  await stage.dialog(page);
  await page.getByLabel('E-Mail-Adresse').waitFor();
  assert.deepEqual(asked, ['/dist/languages/de.js']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('the script tag loads its language as a file', async () => {
  const { context, page, asked } = await german('/');
  await stage.dialog(page);
  await page.getByLabel('E-Mail-Adresse').waitFor();
  assert.deepEqual(asked, ['/dist/languages/de.json']);
  await context.close();
});

for (const path of ['/', '/?module', '/?slim']) {
  test(`a language that the page provides is used at once without a request (${path})`, async () => {
    const { context, page, problems, asked } = await german(path);
    const de = JSON.parse(readFileSync(join(dist, 'languages', 'de.json'), 'utf8'));
    await stage.dialog(page, { languages: { de } }, { open: false });
    const label = await page.evaluate(() => { /** @type {any} */ (window).lock.show(); return document.querySelector('.lk-label')?.textContent; });
    assert.equal(label, 'E-Mail-Adresse');
    await page.waitForFunction(() => { const { lock } = /** @type {any} */ (window); return lock._dialog && !lock._painted; });
    assert.equal(await page.getByLabel('E-Mail-Adresse').count(), 1);
    assert.deepEqual(asked, []);
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test('a provided language of another version is ignored and loaded', async () => {
  const { context, page, problems, asked } = await german('/?module');
  await stage.dialog(page, { languages: { de: ['0', 'Falsch'] } });
  await page.getByLabel('E-Mail-Adresse').waitFor();
  assert.deepEqual(asked, ['/dist/languages/de.js']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('of the scripts for bundlers only the slim ones use import.meta.url, for their wasm', () => {
  const without = ['webauth.js', 'lock.js', 'lock.more.js', 'lock.server.js', 'webauth.cjs', 'lock.cjs', 'lock.more.cjs', 'lock.server.cjs'];
  for (const file of without) assert.doesNotMatch(readFileSync(join(dist, file), 'utf8'), /import\.meta/, file);
  for (const name of ['webauth', 'lock']) {
    const found = readFileSync(join(dist, `${name}.slim.js`), 'utf8').match(/new URL\("[^"]*",import\.meta\.url\)|import\.meta/g);
    assert.deepEqual(found, [`new URL("./${name}.slim.wasm",import.meta.url)`]);
  }
});

test('a bundler finds every language', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export { Auth0LockPasswordless } from './lock.js';", resolveDir: dist }, bundle: true, splitting: true, format: 'esm', outdir: '/out', write: false, logLevel: 'error',
  });
  const texts = outputFiles.filter(({ text }) => text.includes('"E-Mail-Adresse"'));
  assert.equal(texts.length, 1, 'German has a file of its own');
  assert.ok(outputFiles.length > 42, `${outputFiles.length} files`);
});
