// @ts-check
/** Starts the browsers for the tests, each by its own WebDriver server. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Builder, Capabilities } from 'selenium-webdriver';
import { environment } from '../../scripts/lib/paths.mjs';
import { freePort } from '../../scripts/lib/servers.mjs';
import { browser } from '../../scripts/setup.mjs';
import { FLAGS } from '../e2e/harness.mjs';

/** @typedef {import('selenium-webdriver').WebDriver} Driver */
/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/** Time a WebDriver server has until it listens, in milliseconds. */
const START_MS = 20_000;

/** The path of WebKitGTK's test browser on Debian. */
const MINI_BROWSERS = ['x86_64', 'aarch64'].map((arch) => `/usr/lib/${arch}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);

/** The command of each engine's WebDriver server on a port, and the capabilities of a session. @type {Record<Engine, { command: (port: number) => string[], capabilities: () => object }>} */
const ENGINES = {
  chromium: {
    command: (port) => [browser().chromedriver ?? 'chromedriver', `--port=${port}`],
    capabilities: () => ({ browserName: 'chrome', 'goog:chromeOptions': { binary: browser().chromium, args: ['--headless', '--lang=en-GB', ...FLAGS] } }),
  },
  firefox: {
    command: (port) => ['geckodriver', '--port', `${port}`],
    capabilities: () => ({ browserName: 'firefox', 'moz:firefoxOptions': { binary: 'firefox-esr', args: ['-headless'], prefs: { 'intl.accept_languages': 'en-GB' } } }),
  },
  webkit: {
    command: (port) => ['WebKitWebDriver', `--port=${port}`],
    capabilities: () => ({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: MINI_BROWSERS.find(existsSync), args: ['--automation'] } }),
  },
};

/**
 * Starts a browser.
 *
 * @param {Engine} engine
 * @returns {Promise<{ open: () => Promise<Driver>, stop: () => Promise<void> }>} `open` opens a window with a new profile
 */
export async function startEngine(engine) {
  const { command, capabilities } = ENGINES[engine];
  const port = await freePort();
  const [program, ...args] = command(port);
  const screen = engine === 'webkit' ? await startScreen() : undefined;
  // The machine has no graphics card, so the browser renders in software. WebKit's sandbox needs namespaces that containers do not have.
  const env = { ...environment, LANG: 'en_GB.UTF-8', WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', ...screen ? { DISPLAY: screen.display } : {} };
  const server = spawn(program, args, { env, stdio: 'ignore' });
  const failed = new Promise((_, reject) => { server.once('error', reject); });
  const address = `http://127.0.0.1:${port}`;
  await Promise.race([listening(address), failed]);
  /** @type {Driver[]} */
  const drivers = [];
  return {
    async open() {
      // WebKit's driver supports one session at a time.
      await Promise.all(drivers.splice(0).map((driver) => driver.quit().catch(() => {})));
      const driver = await new Builder().disableEnvironmentOverrides().usingServer(address).withCapabilities(new Capabilities(capabilities())).build();
      drivers.push(driver);
      await driver.manage().setTimeouts({ implicit: 0, pageLoad: 30_000, script: 30_000 });
      return driver;
    },
    async stop() {
      await Promise.all(drivers.map((driver) => driver.quit().catch(() => {})));
      server.kill();
      screen?.stop();
    },
  };
}

/** @param {string} address */
async function listening(address) {
  const late = Date.now() + START_MS;
  while (Date.now() < late) {
    const ready = await fetch(`${address}/status`).then((response) => response.ok, () => false);
    if (ready) return;
    await pause(100);
  }
  throw new Error(`The WebDriver server at ${address} did not listen within ${START_MS / 1000} s.`);
}

/** Starts a virtual display, because WebKitGTK's browser has no headless mode. @returns {Promise<{ display: string, stop: () => void }>} */
function startScreen() {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    server.once('error', reject);
    server.stdio[3]?.once('data', (number) => resolve({ display: `:${`${number}`.trim()}`, stop: () => server.kill() }));
  });
}
