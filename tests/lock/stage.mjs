// @ts-check
/** The stage of the dialog's tests: a tenant, a page for dialogs, and a browser. */

import { chromium } from 'playwright-core';
import { EVENTS } from '../../crates/lock/js/events.mjs';
import { freePort, startTenant } from '../../scripts/lib/servers.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS, PATIENCE_MS, control as ask, newestCode } from '../e2e/harness.mjs';
import { handedOver, isOpenedOnly } from './file-loading.mjs';
import { startPageServer } from './page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */

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
export const captchaSolution = async ({ control }) => (await control('GET', 'captchas')).at(-1).answer;

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
  const stopPageServer = await startPageServer(port, { tenant: tenant.url, files });
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
     * Opens the page in a new browser profile.
     *
     * @param {ContextOptions & { path?: string }} [options]
     */
    async open({ path = '/', ...options } = {}) {
      const context = await chrome.newContext({ locale: 'en-GB', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      const problems = problemsOf(page);
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
      await page.evaluate(makeDialog, { domain: tenant.url, options, callback: `${url}/callback`, show, client, events: EVENTS });
      if (!open) return;
      await page.locator('#opener').click();
      if (!isOpenedOnly(page)) await handedOver(page);
    },
    /** The names of the events that the dialog has emitted. @param {Page} page @returns {Promise<string[]>} */
    heard: (page) => page.evaluate(() => /** @type {any} */ (window).heard.map((/** @type {any[]} */ [name]) => name)),
    /** The newest code sent to an address. @type {(to: string, after?: number) => Promise<string>} */
    code: (to, after) => newestCode(tenant.url, to, after),
    async stop() {
      await chrome.close();
      await stopPageServer();
      await tenant.stop();
    },
  };
}

/** Collects uncaught errors, messages on the console, and violations of the page's policy. @param {Page} page */
function problemsOf(page) {
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // The browser itself logs failed requests, which many tests cause on purpose.
    if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource')) problems.push(message.text());
  });
  return problems;
}

/**
 * Runs in the page. Makes the dialog, and has the page's button open it.
 *
 * @param {{ domain: string, options: Record<string, any>, callback: string, show?: Record<string, any>, client: string, events: string[] }} how
 */
function makeDialog({ domain, options, callback, show, client, events }) {
  const w = /** @type {any} */ (window);
  for (const [name, value] of Object.entries(options.avatar ?? {})) options.avatar[name] = (/** @type {string} */ _, /** @type {any} */ cb) => cb(null, value);
  w.lock = new w.Auth0LockPasswordless(client, domain, { ...options, auth: { redirectUrl: callback, ...options.auth } });
  w.heard = [];
  for (const name of events) {
    w.lock.on(name, (/** @type {any} */ payload) => w.heard.push(payload === undefined ? [name] : [name, payload]));
  }
  /** @type {HTMLElement} */ (document.getElementById('opener')).onclick = () => w.lock.show(show);
}
