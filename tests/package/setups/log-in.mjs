// @ts-check
/** Logs in on a set-up's page in a German browser. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { environment } from '../../../scripts/lib/paths.mjs';
import { freePort, startTenant } from '../../../scripts/lib/servers.mjs';
import { browser } from '../../../scripts/setup.mjs';
import { FLAGS, control, newestCode } from '../../e2e/harness.mjs';
import { strictPolicy } from '../../lock/page-server.mjs';

/** @typedef {import('./page.mjs').SetUp} SetUp */

const TYPES = /** @type {Record<string, string>} */ ({ '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' });

/** Time for each action on the page, in milliseconds. A development server bundles in this time. */
const PATIENCE_MS = 60_000;

/** The callback page. */
const CALLBACK = '<!doctype html><title>back</title><link rel="icon" href="data:,">';

/**
 * Serves a folder of files.
 *
 * @param {string} folder
 * @param {number} port
 * @param {Record<string, string>} headers
 * @param {string} [page] served at every path, in place of the folder
 * @returns {Promise<() => void>}
 */
async function serveFiles(folder, port, headers, page) {
  const server = createServer((request, response) => {
    if (page) return void response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (!existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', ...headers }).end(readFileSync(file));
  });
  await new Promise((resolve) => { server.listen(port, 'localhost', () => resolve(undefined)); });
  return () => { server.closeAllConnections(); server.close(); };
}

/**
 * Starts the server of a set-up, and waits until it listens.
 *
 * @param {string[]} command
 * @param {string} folder
 * @param {number} port
 * @returns {Promise<() => void>}
 */
async function serveBy([command, ...args], folder, port) {
  const child = spawn(join(folder, 'node_modules', '.bin', command), args, { cwd: folder, env: { ...environment, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { log += data; });
  const stop = () => { if (child.pid) try { process.kill(-child.pid, 'SIGTERM'); } catch { /* It has ended by itself. */ } };
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && child.exitCode === null;) {
    if (await fetch(`http://localhost:${port}/`).then(({ ok }) => ok, () => false)) return stop;
    await pause(200);
  }
  stop();
  throw new Error(`\`${command} ${args.join(' ')}\` does not listen:\n${log}`);
}

/** Every served or loaded file that contains a path of the build machine. @param {string} folder */
function leaks(folder) {
  const files = /** @type {string[]} */ (readdirSync(folder, { recursive: true })).filter((file) => !/(^|[/\\])(node_modules|\.next[/\\](cache|dev|server|types|trace)|cache)([/\\]|$)/.test(file) && /\.(m?js|css|html|json)$/.test(file));
  return files.filter((file) => statSync(join(folder, file)).isFile() && readFileSync(join(folder, file), 'utf8').includes('file://'));
}

/**
 * Logs in, and fails with all problems that were found.
 *
 * @param {SetUp} setUp
 * @param {string} folder
 */
export async function logIn({ name, folder: served, serve, path = '/', strict, languages = 'module', chatter }, folder) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const tenant = await startTenant({ port: await freePort(), appUrl: url, quiet: true });
  const chrome = await chromium.launch({ executablePath: browser().chromium, args: FLAGS });
  // The callback page has a server of its own, because a framework's server does not have it.
  const callback = `http://localhost:${await freePort()}/callback`;
  const stopCallback = await serveFiles('', Number(new URL(callback).port), {}, CALLBACK);
  await control(tenant.url, 'PATCH', 'clients/latchkey-web', { callbacks: [callback] });
  let stop = () => {};
  /** @type {string[]} */
  const problems = [];
  try {
    stop = served === undefined
      ? await serveBy(/** @type {(port: number) => string[]} */ (serve)(port), folder, port)
      : await serveFiles(join(folder, served), port, strict ? { 'content-security-policy': strictPolicy(tenant.url) } : {});
    const context = await chrome.newContext({ locale: 'de-DE' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => problems.push(`error: ${error.stack ?? error.message}`));
    page.on('console', (message) => { if (!chatter?.test(message.text())) problems.push(`console: ${message.text()}`); });
    page.on('requestfailed', (request) => { if (!request.failure()?.errorText.includes('ERR_ABORTED')) problems.push(`failed: ${request.url()}`); });
    /** @type {string[]} */
    const asked = [];
    page.on('response', (response) => {
      asked.push(response.url());
      if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
      if (response.url().startsWith('file:')) problems.push(response.url());
    });
    await page.goto(`${url}${path}?${new URLSearchParams({ tenant: tenant.url, callback })}`);
    await page.waitForFunction(() => document.title === '/authorize');
    await page.locator('#login').click();
    await page.getByLabel('E-Mail-Adresse').fill('nora@example.com');
    await page.keyboard.press('Enter');
    await page.getByLabel('6-stelliger Code').fill(await newestCode(tenant.url, 'nora@example.com'));
    await page.waitForURL(/\/callback\?.*code=/);
    const files = asked.filter((url) => url.includes('/languages/') && url.endsWith('.json'));
    if (languages === 'module') problems.push(...files.map((file) => `asked for a language as a file: ${file}`));
    if (served !== undefined) problems.push(...leaks(join(folder, served)).map((file) => `\`file://\` stands in ${file}`));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : `${error}`);
  } finally {
    await chrome.close();
    stop();
    stopCallback();
    await tenant.stop();
  }
  assert.deepEqual(problems, [], name);
}
