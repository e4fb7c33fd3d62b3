// @ts-check
/** The built site behind a web server, with the sample app's policy, and a browser. */

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildDocs, site } from '../../scripts/docs.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS, PATIENCE_MS } from '../e2e/harness.mjs';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp',
});

/** The policy of the sample app, under which `npm start` serves the site. */
const policy = (/** @type {string} */ tenant) => `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self' ${tenant}; frame-src ${tenant}; form-action 'self' ${tenant}; base-uri 'none'; frame-ancestors 'none'`;

/**
 * Serves a folder as a static host does.
 *
 * @param {string} folder
 * @param {{ prefix?: string, port?: number, headers?: Record<string, string> }} [options] `prefix`: where the folder is
 *   on that host
 */
export async function serve(folder, { prefix = '/', port = 0, headers = {} } = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const head = { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', ...headers };
    const file = join(folder, name.slice(prefix.length));
    if (!name.startsWith(prefix) || !existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404, headers).end();
    response.writeHead(200, head);
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', () => resolve(undefined)); });
  const { port: given } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${given}${prefix}`,
    origin: `http://localhost:${given}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Builds the site as for a static host, and opens it below a folder of that host. */
export async function startSite() {
  await buildDocs();
  const server = await serve(site, { prefix: '/some/where/', headers: { 'content-security-policy': policy('http://localhost:4000') } });
  const chrome = await chromium.launch({ executablePath: browser().chromium, args: FLAGS });
  return {
    ...server,
    chrome,
    /** A page in a fresh profile, with what went wrong on it and what it asked of others. @param {import('playwright-core').BrowserContextOptions} [options] */
    async open(options) {
      const context = await chrome.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      /** @type {string[]} */
      const problems = [];
      /** @type {string[]} */
      const foreign = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => { if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`); });
      page.on('request', (request) => { if (/^https?:/.test(request.url()) && !request.url().startsWith(server.origin)) foreign.push(request.url()); });
      return { context, page, problems, foreign };
    },
    async stop() {
      await chrome.close();
      server.stop();
    },
  };
}
