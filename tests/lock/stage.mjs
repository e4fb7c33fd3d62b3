// @ts-check
/** The stage of the dialog's tests: a tenant, a page for dialogs, and a browser. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { dist, root } from '../../scripts/lib/paths.mjs';
import { freePort, startTenant } from '../../scripts/lib/servers.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS, PATIENCE_MS, control as ask, newestCode } from '../e2e/harness.mjs';
import { takenOver } from './held.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */

const TYPES = /** @type {Record<string, string>} */ ({ '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' });

/** A minimal page with a button and a container. */
export const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>A page</title><link rel="icon" href="data:,"></head>
<body><main><h1>A page</h1><p>Some text of the page.</p><button id="opener">Log in</button><div id="here"></div></main>
<script src="/dist/lock.min.js"></script></body></html>`;

/** The same page with the module, which includes everything. */
const MODULE_PAGE = PAGE.replace('<script src="/dist/lock.min.js"></script>', `<script type="module">
import { Auth0LockPasswordless } from '/dist/lock.js';
Object.assign(window, { Auth0LockPasswordless });</script>`);

/** The same page with the module that loads its wasm as a file. */
const SLIM_PAGE = MODULE_PAGE.replace("import { Auth0LockPasswordless } from '/dist/lock.js';", "import init, { Auth0LockPasswordless } from '/dist/lock.slim.js';\nawait init();");

/** A policy that allows only what the dialog needs. @param {string} tenant */
export const strictPolicy = (tenant) => [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data:", `connect-src 'self' ${tenant}`,
  "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ');

/**
 * The tenant's settings with captchas (`settings`) and without them (`off`). The tenant gives captchas only to
 * logins with a `state`, so `options` has one.
 */
export const CAPTCHA = {
  settings: { attack_protection: { bot_detection: { challenge_passwordless_policy: 'always' } } },
  off: { attack_protection: { bot_detection: { challenge_passwordless_policy: 'never' } } },
  options: { auth: { state: 'login-1' } },
};

/**
 * The solution of the captcha that was issued last.
 *
 * @param {{ control: (method: string, path: string) => Promise<any> }} stage
 * @returns {Promise<string>}
 */
export const captchaAnswer = async ({ control }) => (await control('GET', 'captchas')).at(-1).answer;

/**
 * Starts the tenant, the page's server and the browser.
 *
 * @param {Record<string, { type: string, body: string }>} [files] further files of the page's server
 * @param {import('playwright-core').LaunchOptions} [launch] further options of the browser
 */
export async function startStage(files = {}, launch = {}) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const tenant = await startTenant({ port: await freePort(), appUrl: url, quiet: true });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    if (pathname.startsWith('/dist/') || pathname.startsWith('/node_modules/axe-core/')) {
      const file = normalize(join(pathname.startsWith('/dist/') ? join(dist, '..') : root, pathname));
      readFile(file).then(
        // Every origin may read these files, as on a CDN.
        (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'access-control-allow-origin': '*' }).end(bytes),
        () => response.writeHead(404).end(),
      );
      return;
    }
    const own = files[pathname];
    if (own) {
      response.writeHead(200, { 'content-type': own.type }).end(own.body);
      return;
    }
    // A login in place gets its response in a frame of the tenant, so `?framed` allows that frame.
    const policy = [strictPolicy(tenant.url), ...searchParams.has('framed') ? [`frame-src ${tenant.url}`] : []].join('; ');
    const headers = searchParams.has('strict') ? { 'content-security-policy': policy } : {};
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(searchParams.has('module') ? MODULE_PAGE : searchParams.has('slim') ? SLIM_PAGE : PAGE);
  });
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', () => resolve(undefined)); });
  const chrome = await chromium.launch({ executablePath: browser().chromium, args: FLAGS, ...launch });

  /** Calls the tenant's control API. @param {string} method @param {string} path below `/_mock/` @param {unknown} [body] */
  const control = (method, path, body) => ask(tenant.url, method, path, body);

  /**
   * Stores `way` (for example `google-oauth2`) as the last login. If the page's address has `?kept=WAY`,
   * `dialog` stores that way by itself.
   *
   * @param {Page} page
   * @param {string} way
   * @param {string} [client]
   */
  const remember = (page, way, client = 'latchkey-web') => page.evaluate(([name, way]) => localStorage.setItem(name, way), [`latchkey-lock/${tenant.url}/${client}`, way]);

  return {
    tenant,
    url,
    control,
    remember,
    /**
     * Opens the page in a new browser profile. `problems` collects uncaught errors, messages on the console,
     * and violations of the page's policy.
     *
     * @param {ContextOptions & { path?: string }} [options]
     */
    async open({ path = '/', ...options } = {}) {
      const context = await chrome.newContext({ locale: 'en-GB', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      /** @type {string[]} */
      const problems = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        // The browser itself logs failed requests, which many tests cause on purpose.
        if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource')) problems.push(message.text());
      });
      await page.goto(`${url}${path}`);
      return { context, page, problems };
    },
    /**
     * Makes a dialog as `window.lock`, opens it with the page's button, and waits until the dialog has replaced
     * the painted screen. The page collects the dialog's events in `window.heard`. Functions cannot be passed to
     * a page, so `options.avatar` has the values that its functions shall return.
     *
     * @param {Page} page
     * @param {Record<string, any>} [options]
     * @param {{ show?: Record<string, any>, open?: boolean, client?: string }} [how]
     */
    async dialog(page, options = {}, { show, open = true, client = 'latchkey-web' } = {}) {
      // The page's module sets this property only after it has loaded.
      await page.waitForFunction(() => 'Auth0LockPasswordless' in window);
      const kept = new URL(page.url()).searchParams.get('kept');
      if (kept) await remember(page, kept, client);
      await page.evaluate(({ domain, options, callback, show, client }) => {
        const w = /** @type {any} */ (window);
        for (const [name, value] of Object.entries(options.avatar ?? {})) options.avatar[name] = (/** @type {string} */ _, /** @type {any} */ cb) => cb(null, value);
        w.lock = new w.Auth0LockPasswordless(client, domain, { ...options, auth: { redirectUrl: callback, ...options.auth } });
        w.heard = [];
        for (const name of ['show', 'hide', 'authenticated', 'authorization_error', 'hash_parsed', 'unrecoverable_error', 'socialOrEmail ready', 'socialOrEmail submit', 'socialOrPhoneNumber ready', 'socialOrPhoneNumber submit', 'vcode ready', 'vcode submit', 'federated login', 'code sent', 'code resent', 'link sent', 'link resent', 'step changed', 'signed in elsewhere', 'cancelled', 'ssodata fetched']) {
          w.lock.on(name, (/** @type {any} */ payload) => w.heard.push(payload === undefined ? [name] : [name, payload]));
        }
        /** @type {HTMLElement} */ (document.getElementById('opener')).onclick = () => w.lock.show(show);
      }, { domain: tenant.url, options, callback: `${url}/callback`, show, client });
      if (!open) return;
      await page.locator('#opener').click();
      await takenOver(page);
    },
    /** The names of the events that the dialog has emitted. @param {Page} page @returns {Promise<string[]>} */
    heard: (page) => page.evaluate(() => /** @type {any} */ (window).heard.map((/** @type {any[]} */ [name]) => name)),
    /** The newest code sent to an address. @type {(to: string, after?: number) => Promise<string>} */
    code: (to, after) => newestCode(tenant.url, to, after),
    async stop() {
      await chrome.close();
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(() => resolve(undefined)); });
      await tenant.stop();
    },
  };
}
