// @ts-check
/** Builds a Rust example, and opens it in a browser, with a mock tenant. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { environment, root, targetFolder } from '../../scripts/lib/paths.mjs';
import { buildServers, freePort, startTenant } from '../../scripts/lib/servers.mjs';
import { WASM_RUSTFLAGS } from '../../scripts/lib/wasm.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS } from '../e2e/harness.mjs';

const TARGET = 'wasm32-unknown-unknown';

/** The packages and features of the browser tests, so that their artifacts are used again. */
const SELECTION = ['-p', 'latchkey-webauth', '-p', 'latchkey-lock', '--all-features', '--target', TARGET];

/**
 * Builds the example `name` for the browser.
 *
 * @param {string} name
 * @param {string} folder the folder of its script and its module
 * @param {Record<string, string>} [env] of the compiler
 */
export function buildExample(name, folder, env = {}) {
  execFileSync('cargo', ['build', '--quiet', '--example', name, ...SELECTION], {
    cwd: root, env: { ...environment, RUSTFLAGS: WASM_RUSTFLAGS, ...env }, stdio: 'inherit',
  });
  const wasm = join(targetFolder(), TARGET, 'debug', 'examples', `${name}.wasm`);
  execFileSync('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', folder, wasm], { env: environment, stdio: 'inherit' });
}

/**
 * Builds the example `name` and serves a page with it.
 *
 * @param {string} name
 * @param {string} [html] the page. Default: a page with only the example's script
 */
export async function startExample(name, html = `<!doctype html><html lang="en"><title>app</title><link rel="icon" href="data:,"><body><script type="module">import init from './${name}.js'; init();</script>`) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-rust-'));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    const file = join(folder, path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript' }).end(readFileSync(file));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  const appUrl = `http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  await buildServers();
  const tenant = await startTenant({ port: await freePort(), appUrl, quiet: true });
  /** @type {import('playwright-core').Browser | undefined} */
  let chrome;
  const stop = async () => {
    await chrome?.close();
    server.closeAllConnections();
    server.close();
    await tenant.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    buildExample(name, folder, { AUTH0_DOMAIN: tenant.url });
    chrome = await chromium.launch({ executablePath: browser().chromium, args: FLAGS });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    appUrl,
    chrome,
    /** @param {string} method @param {string} path below `/_mock/` @param {unknown} [body] */
    async control(method, path, body) {
      const headers = body === undefined ? undefined : { 'content-type': 'application/json' };
      const response = await fetch(`${tenant.url}/_mock/${path}`, { method, headers, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${method} /_mock/${path} answered ${response.status}: ${await response.text()}`);
      const text = await response.text();
      return text === '' ? undefined : JSON.parse(text);
    },
    /** Returns the newest code that the tenant sent to an address. @param {string} to @returns {Promise<string>} */
    async code(to) {
      return (await this.control('GET', `outbox?to=${encodeURIComponent(to)}&wait=5`)).at(-1).code;
    },
    stop,
  };
}
