// @ts-check
/** The Rust example as a user builds it: it logs a person in in a browser, against the mock tenant. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { environment, root, targetFolder } from '../../scripts/lib/paths.mjs';
import { buildServers, freePort, startTenant } from '../../scripts/lib/servers.mjs';
import { WASM_RUSTFLAGS } from '../../scripts/lib/wasm.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS } from '../e2e/harness.mjs';

const PAGE = `<!doctype html><title>app</title><body><script type="module">import init from './web_app.js'; init();</script>`;
const ADDRESS = 'nora@example.com';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-rust-'));
/** @type {import('../../scripts/lib/servers.mjs').Server} */
let tenant;
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  const file = join(folder, path);
  if (!existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript' }).end(readFileSync(file));
});
let appUrl = '';

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  appUrl = `http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  await buildServers();
  tenant = await startTenant({ port: await freePort(), appUrl, quiet: true });
  const target = 'wasm32-unknown-unknown';
  execFileSync('cargo', ['build', '--quiet', '-p', 'latchkey-webauth', '--example', 'web_app', '--all-features', '--target', target], {
    cwd: root, env: { ...environment, RUSTFLAGS: WASM_RUSTFLAGS, AUTH0_DOMAIN: tenant.url }, stdio: 'inherit',
  });
  execFileSync('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', folder, join(targetFolder(), target, 'debug', 'examples', 'web_app.wasm')], { env: environment, stdio: 'inherit' });
});
after(async () => {
  server.close();
  await tenant?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('it asks for the address and the code, says what was wrong, and greets who logged in', async () => {
  const chrome = await chromium.launch({ executablePath: browser().chromium, args: FLAGS });
  try {
    const page = await chrome.newPage();
    /** @type {string[]} */
    const said = [];
    let codes = 0;
    page.on('dialog', async (dialog) => {
      said.push(dialog.message());
      if (dialog.type() === 'alert') return dialog.accept();
      if (dialog.message().includes('mail address')) return dialog.accept(ADDRESS);
      await dialog.accept(codes++ === 0 ? '000000' : await code());
    });
    await page.goto(appUrl);
    for (const end = Date.now() + 60_000; !said.some((text) => text.startsWith('Hello'));) {
      assert.ok(Date.now() < end, `no greeting, but ${JSON.stringify(said)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.deepEqual(said, [
      'Your e-mail address', 'The code in the mail', 'The verification code is wrong: check it, or ask for a new one.', 'The code in the mail', `Hello ${ADDRESS}`,
    ]);
  } finally {
    await chrome.close();
  }
});

/** The code that the tenant sent. */
async function code() {
  const mails = await (await fetch(`${tenant.url}/_mock/outbox?to=${ADDRESS}&wait=5`)).json();
  return mails.at(-1).code;
}
