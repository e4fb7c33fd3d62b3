// @ts-check
/** Starts what the tests need: a mock tenant and the sample app on free ports, and a browser. */

import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { freePort, startApp, startTenant } from '../../scripts/lib/servers.mjs';
import { browser } from '../../scripts/setup.mjs';

/** Time that a test waits for an event, in milliseconds. It is long enough for a busy machine. */
export const PATIENCE_MS = 30_000;

/** Switches off Chromium's own requests, and its sandbox, which needs privileges that containers do not have. */
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */

/**
 * Starts a mock tenant, a sample web app that uses it, and a browser.
 *
 * @param {{ tenantArgs?: string[], startServer?: typeof startApp }} [options]
 */
export async function startWorld({ tenantArgs = [], startServer = startApp } = {}) {
  const appPort = await freePort();
  const appUrl = `http://localhost:${appPort}`;
  const tenant = await startTenant({ port: await freePort(), appUrl, quiet: true, args: tenantArgs });
  /** @type {import('../../scripts/lib/servers.mjs').Server | undefined} */
  let app;
  /** @type {import('playwright-core').Browser} */
  let chrome;
  try {
    app = await startServer({ port: appPort, domain: tenant.url, quiet: true });
    chrome = await chromium.launch({ executablePath: browser().chromium, args: FLAGS });
  } catch (error) {
    await app?.stop();
    await tenant.stop();
    throw error;
  }
  return {
    tenant,
    app,
    /**
     * Opens a page in a new browser profile. `errors` collects the page's uncaught errors.
     *
     * @param {ContextOptions} [options]
     */
    async open(options) {
      const context = await chrome.newContext({ locale: 'en-GB', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      /** @type {string[]} */
      const errors = [];
      page.on('pageerror', (error) => errors.push(error.message));
      return { context, page, errors };
    },
    /**
     * Calls the tenant's control API.
     *
     * @param {string} method
     * @param {string} path below `/_mock/`
     * @param {unknown} [body]
     */
    control: (method, path, body) => control(tenant.url, method, path, body),
    /** Waits for a code that was sent to an address, and returns the newest. @type {(address: string, after?: number) => Promise<string>} */
    code: (address, after) => newestCode(tenant.url, address, after),
    async stop() {
      await chrome.close();
      await app.stop();
      await tenant.stop();
    },
  };
}

/** A code that differs from `code`. @param {string} code */
export const wrong = (code) => (code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`);

/**
 * Calls a tenant's control API.
 *
 * @param {string} url of the tenant
 * @param {string} method
 * @param {string} path below `/_mock/`
 * @param {unknown} [body]
 */
export async function control(url, method, path, body) {
  const response = await fetch(`${url}/_mock/${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} /_mock/${path} answered ${response.status}: ${await response.text()}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * Waits for a code that was sent to an address or a phone number, and returns the newest.
 *
 * @param {string} url of the tenant
 * @param {string} to
 * @param {number} [after] number of older messages to the recipient, which do not count
 */
export async function newestCode(url, to, after = 0) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const mails = await control(url, 'GET', `outbox?to=${encodeURIComponent(to)}&wait=5`);
    if (mails.length > after) return /** @type {string} */ (mails.at(-1).code);
    await pause(50);
  }
  throw new Error(`The tenant sent nothing more to ${to}.`);
}
