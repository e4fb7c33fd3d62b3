// @ts-check
/** Starts a tenant, the sample web app and a page for dialogs, and controls a browser like a user. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { By, Key, error, until } from 'selenium-webdriver';
import { root } from '../../scripts/lib/paths.mjs';
import { freePort, startApp, startTenant } from '../../scripts/lib/servers.mjs';
import { control, newestCode } from '../e2e/harness.mjs';
import { PAGE, strictPolicy } from '../lock/page-server.mjs';

/** @typedef {import('./engines.mjs').Driver} Driver */

/** Time to wait for an element, in milliseconds. */
const PATIENCE_MS = 15_000;

/** Selectors of the dialog's elements. */
export const EMAIL = '.lk:not(.lk--early) input[name=email]';
export const PHONE = '.lk input[name=phone]';
export const CODE = '.lk input[autocomplete="one-time-code"]';
export const SUBMIT = '.lk .lk-submit';

/** A page with another script of ours: without WebAssembly (`/without/FILE`), or with a policy that forbids it (`/forbidden/FILE`). */
const NO_WASM = /^\/(without|forbidden)\/([\w.]+)$/;

/**
 * The page of a condition, with the headers that it needs.
 *
 * @param {string} condition
 * @param {string} file
 * @param {string} tenant
 */
function noWasmPage(condition, file, tenant) {
  const isForbidden = condition === 'forbidden';
  const before = isForbidden ? '' : '<script>delete globalThis.WebAssembly</script>';
  const policy = strictPolicy(tenant).replace(" 'wasm-unsafe-eval'", '');
  return { body: PAGE.replace('<script src="/dist/lock.min.js">', `${before}<script src="/dist/${file}">`), headers: isForbidden ? { 'content-security-policy': policy } : {} };
}

/** Starts the servers. */
export async function startServers() {
  const appPort = await freePort();
  const pagePort = await freePort();
  const appUrl = `http://localhost:${appPort}`;
  const pageUrl = `http://localhost:${pagePort}`;
  const tenant = await startTenant({ port: await freePort(), appUrl, quiet: true });
  const app = await startApp({ port: appPort, domain: tenant.url, quiet: true });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', pageUrl);
    if (/^\/(dist|node_modules\/axe-core)\//.test(pathname)) {
      readFile(normalize(join(root, pathname))).then(
        (bytes) => response.writeHead(200, { 'content-type': pathname.endsWith('.css') ? 'text/css' : 'text/javascript' }).end(bytes),
        () => response.writeHead(404).end(),
      );
    } else {
      const [, condition, file] = pathname.match(NO_WASM) ?? [];
      const { body, headers } = file ? noWasmPage(condition, file, tenant.url) : { body: PAGE, headers: {} };
      response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);
    }
  });
  // It listens on both loopback addresses, because engines resolve `localhost` differently.
  await new Promise((resolve) => { server.listen(pagePort, () => resolve(undefined)); });
  /** Calls the tenant's control API. @param {string} method @param {string} path @param {unknown} [body] */
  const ask = (method, path, body) => control(tenant.url, method, path, body);
  return {
    tenant,
    app,
    pageUrl,
    /** The page on another site than the tenant, so that the tenant's cookies are third-party cookies. */
    foreignUrl: `http://127.0.0.1:${pagePort}`,
    control: ask,
    /** Resets the tenant, and allows the page's origin and callback. */
    async reset() {
      await ask('POST', 'reset');
      const callbacks = [pageUrl, `http://127.0.0.1:${pagePort}`].flatMap((origin) => [`${origin}/callback`, `${origin}/`]);
      for (const client of ['latchkey-web', 'latchkey-spa']) {
        const { callbacks: known, web_origins: origins } = (await ask('GET', 'clients')).find((/** @type {any} */ { client_id: id }) => id === client);
        await ask('PATCH', `clients/${client}`, { callbacks: [...known, ...callbacks], web_origins: [...origins, pageUrl, `http://127.0.0.1:${pagePort}`] });
      }
    },
    /** Waits for a code that was sent to an address or a phone number, and returns the newest. @param {string} to */
    code: (to) => newestCode(tenant.url, to),
    async stop() {
      server.closeAllConnections();
      server.close();
      await app.stop();
      await tenant.stop();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startServers>>} Servers */

/** Acts as a user in a browser. */
export class Person {
  /** @param {Driver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /** Waits until an element is visible. @param {string} selector */
  async see(selector) {
    const element = await this.driver.wait(until.elementLocated(By.css(selector)), PATIENCE_MS).catch(async () => {
      throw new Error(`${selector} is not there. The page says: ${await this.run('return document.body.innerText')}`);
    });
    await this.driver.wait(until.elementIsVisible(element), PATIENCE_MS, `${selector} is not shown`);
    return element;
  }

  /** Waits until a visible element has a text. @param {string} selector @param {string | RegExp} text */
  async read(selector, text) {
    await this.driver.wait(async () => {
      const shown = await this.driver.executeScript('return [...document.querySelectorAll(arguments[0])].map((element) => element.innerText).join("\\n")', selector);
      return typeof text === 'string' ? `${shown}`.includes(text) : text.test(`${shown}`);
    }, PATIENCE_MS, `${selector} does not say ${text}`);
  }

  /** @param {string} selector */
  async press(selector) {
    await (await this.see(selector)).click();
  }

  /** Clicks the button with a text. @param {string} text */
  async pressButton(text) {
    const button = await this.driver.wait(until.elementLocated(By.xpath(`//button[normalize-space()="${text}"]`)), PATIENCE_MS, `there is no button "${text}"`);
    await this.driver.wait(until.elementIsVisible(button), PATIENCE_MS);
    await button.click();
  }

  /** Types into a field. Tries again if the dialog replaces the painted screen in the meantime. @param {string} selector @param {...string} keys */
  async type(selector, ...keys) {
    try {
      await (await this.see(selector)).sendKeys(...keys);
    } catch (reason) {
      if (!(reason instanceof error.StaleElementReferenceError)) throw reason;
      await (await this.see(selector)).sendKeys(...keys);
    }
  }

  /** Types into the focused element. @param {...string} keys */
  async keys(...keys) {
    await this.driver.switchTo().activeElement().sendKeys(...keys);
  }

  /** Waits until the URL matches. @param {RegExp} address @returns {Promise<string>} */
  async arriveAt(address) {
    await this.driver.wait(until.urlMatches(address), PATIENCE_MS, `the browser does not come to ${address}`);
    return this.driver.getCurrentUrl();
  }

  /** Runs a script in the page. @param {string | Function} script @param {...unknown} args @returns {Promise<any>} */
  run(script, ...args) {
    return this.driver.executeScript(script, ...args);
  }

  /**
   * Opens a page and its dialog, and waits until the dialog has replaced the painted screen.
   *
   * @param {Servers} servers
   * @param {Record<string, unknown>} [options]
   * @param {{ client?: string, at?: string, path?: string }} [where]
   */
  async openDialog(servers, options = {}, { client = 'latchkey-web', at = servers.pageUrl, path = '/' } = {}) {
    await this.driver.get(`${at}${path}`);
    await this.run((/** @type {string} */ domain, /** @type {string} */ client, /** @type {any} */ options) => {
      // Removes the state of earlier dialogs in this tab.
      sessionStorage.clear();
      const w = /** @type {any} */ (window);
      w.heard = [];
      w.lock = new w.Auth0LockPasswordless(client, domain, { ...options, auth: { redirectUrl: `${location.origin}/callback`, ...options.auth } });
      for (const name of ['authenticated', 'authorization_error', 'unrecoverable_error']) w.lock.on(name, (/** @type {any} */ payload) => w.heard.push([name, payload]));
      /** @type {HTMLElement} */ (document.getElementById('opener')).onclick = () => w.lock.show();
    }, servers.tenant.url, client, options);
    await this.press('#opener');
    // IDs of the painted screen start with `lk-p`.
    await this.driver.wait(() => this.run('return Boolean(document.querySelector(".lk [id^=lk-]:not([id^=lk-p])"))'), PATIENCE_MS, 'the dialog does not come');
  }
}

export { Key };
