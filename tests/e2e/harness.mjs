// @ts-check
/** What every journey needs: both servers on free ports, a browser, and the words of the dialog. */

import { chromium } from 'playwright-core';
import { freePort, startApp, startTenant } from '../../scripts/lib/servers.mjs';
import { browser } from '../../scripts/setup.mjs';

/** How long a test waits for what has to come: long enough for a machine that builds other things meanwhile. */
export const PATIENCE_MS = 30_000;

/** Chromium without its own traffic; sandboxing needs privileges that containers lack. */
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
     * A fresh browser profile with one page. Errors that the page does not catch are kept in `errors`.
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
     * Asks the tenant's control API.
     *
     * @param {string} method
     * @param {string} path below `/_mock/`
     * @param {unknown} [body]
     */
    control: (method, path, body) => control(tenant.url, method, path, body),
    /** The newest code sent to an address; waits for the first one. @type {(address: string, after?: number) => Promise<string>} */
    code: (address, after) => newestCode(tenant.url, address, after),
    async stop() {
      await chrome.close();
      await app.stop();
      await tenant.stop();
    },
  };
}

/** A code that is certainly not the given one. @param {string} code */
export const wrong = (code) => (code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`);

/**
 * Asks a tenant's control API.
 *
 * @param {string} url the tenant's
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
 * The newest code sent to an address or a number; waits for it.
 *
 * @param {string} url the tenant's
 * @param {string} to
 * @param {number} [after] how many messages to it are old news
 */
export async function newestCode(url, to, after = 0) {
  for (let tries = 0; tries < 40; tries++) {
    const mails = await control(url, 'GET', `outbox?to=${encodeURIComponent(to)}&wait=5`);
    if (mails.length > after) return /** @type {string} */ (mails.at(-1).code);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error(`The tenant sent nothing more to ${to}.`);
}
