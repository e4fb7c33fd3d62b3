// @ts-check
/**
 * The three pages "Get started", followed to the letter: their files, on the addresses that they name, until somebody is logged in.
 * Chromium takes those addresses to free ports, so that whatever else runs on this machine is left alone.
 */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { dist, root } from '../../scripts/lib/paths.mjs';
import { freePort, startTenant } from '../../scripts/lib/servers.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS, PATIENCE_MS, newestCode } from '../e2e/harness.mjs';
import { buildExample } from '../package/example.mjs';
import { serve } from './site.mjs';
import { codeOf, snippetsOf } from './snippets.mjs';

const TENANT = 'http://localhost:4000';
const APP = 'http://localhost:3000';

/** @type {import('../../scripts/lib/servers.mjs').Server} */
let tenant;
let folder = '';

before(async () => {
  tenant = await startTenant({ port: await freePort(), appUrl: APP, quiet: true, args: ['--public-url', TENANT] });
});
after(() => tenant?.stop());
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'latchkey-start-')); });

/**
 * Logs in on the page that a folder holds.
 *
 * @param {{ headers?: Record<string, string> }} [options] of the server
 */
async function logIn(options) {
  const server = await serve(folder, options);
  const rules = `MAP localhost:4000 127.0.0.1:${new URL(tenant.url).port}, MAP localhost:3000 127.0.0.1:${new URL(server.url).port}`;
  const chrome = await chromium.launch({ executablePath: browser().chromium, args: [...FLAGS, `--host-resolver-rules=${rules}`] });
  try {
    const page = await chrome.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(PATIENCE_MS);
    /** @type {string[]} */
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
    await page.goto(`${APP}/`);
    await page.getByText('Nobody is logged in.').waitFor();
    await page.getByRole('button', { name: 'Log in' }).click();
    const corner = await page.getByRole('button', { name: 'Continue' }).evaluate((button) => getComputedStyle(button).borderRadius);
    assert.notEqual(corner, '0px', 'the dialog has its style sheet');
    const address = `${Math.random().toString(36).slice(2)}@example.com`;
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '6-digit code' }).waitFor();
    await page.getByRole('textbox', { name: '6-digit code' }).fill(await newestCode(tenant.url, address));
    await page.getByRole('status').getByText(`Hello ${address}`).waitFor();
    assert.equal(page.url(), `${APP}/`);
    assert.deepEqual(problems, []);
  } finally {
    await chrome.close();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

test('from a script tag', async () => {
  writeFileSync(join(folder, 'index.html'), codeOf('docs/site/start-script.md', 'index.html'));
  symlinkSync(dist, join(folder, 'latchkey'));
  await logIn();
});

test('from a script tag, under the policy of the page about policies', async () => {
  const [{ code }] = snippetsOf('docs/site/csp.md');
  const policy = code.replace('Content-Security-Policy: ', '').trim().replaceAll('https://login.example.com', TENANT);
  assert.match(policy, /^default-src 'none'; .*localhost/);
  const html = codeOf('docs/site/start-script.md', 'index.html');
  const [, script = ''] = html.match(/<script>\n(.*?)<\/script>/s) ?? [];
  writeFileSync(join(folder, 'index.html'), html.replace(/<script>\n.*?<\/script>/s, '<script src="app.js"></script>'));
  writeFileSync(join(folder, 'app.js'), script);
  symlinkSync(dist, join(folder, 'latchkey'));
  await logIn({ headers: { 'content-security-policy': policy } });
});

test('from npm', async () => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'latchkey'));
  const entry = join(folder, 'main.js');
  writeFileSync(entry, codeOf('docs/site/start-npm.md', 'main.js'));
  await build({ entryPoints: [entry], bundle: true, splitting: true, format: 'esm', outdir: join(folder, 'out'), logLevel: 'error' });
  writeFileSync(join(folder, 'index.html'), codeOf('docs/site/start-npm.md', 'index.html').replace('./main.js', './out/main.js'));
  await logIn();
});

test('from Rust, with Leptos', async () => {
  const code = codeOf('docs/site/start-rust.md', 'src/main.rs');
  const example = readFileSync(join(root, 'crates', 'lock', 'examples', 'leptos_start.rs'), 'utf8');
  assert.equal(example.replace(/^(\/\/!.*\n)+\n/, ''), code, 'the page has the code of the example');
  buildExample('leptos_start', folder);
  // Trunk puts the same in the place of its own mark.
  const html = codeOf('docs/site/start-rust.md', 'index.html').replace('<link data-trunk rel="rust">', '<script type="module" src="app.js"></script>');
  writeFileSync(join(folder, 'index.html'), html);
  writeFileSync(join(folder, 'app.js'), "import init from './leptos_start.js';\nawait init();\n");
  await logIn();
});
