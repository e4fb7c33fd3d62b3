// @ts-check
/** Starts a browser with both libraries in one page, and observes calls in it. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { dist } from '../../scripts/lib/paths.mjs';
import { browser } from '../../scripts/setup.mjs';
import { normalised } from './compare.mjs';
import { call, instrument } from './page.mjs';
import { startServer } from './server.mjs';

/** @typedef {Awaited<ReturnType<typeof open>>} Harness */

/** Starts server and browser. The page has auth0.js as `theirs` and Latchkey as `ours`. */
export async function open() {
  const server = await startServer();
  const theirs = join(dirname(createRequire(import.meta.url).resolve('auth0-js/package.json')), 'dist', 'auth0.min.js');
  const script = 'text/javascript; charset=utf-8';
  const html = `<!doctype html><script src="/theirs.js"></script><script>theirs = auth0</script><script src="/ours.js"></script><script>ours = auth0</script>`;
  for (const host of ['page.com', 'me.auth0.com']) {
    server.serve(`${host}/page`, html, 'text/html');
    server.serve(`${host}/theirs.js`, readFileSync(theirs), script);
    server.serve(`${host}/ours.js`, readFileSync(join(dist, 'webauth.min.js')), script);
    server.serve(`${host}/full.js`, readFileSync(join(dist, 'webauth.full.min.js')), script);
    server.serve(`${host}/full`, '<!doctype html><script src="/full.js"></script><script>ours = auth0</script>', 'text/html');
    // The script imports this module when it first has to read an authorization response.
    server.serve(`${host}/webauth.js`, readFileSync(join(dist, 'webauth.js')), script);
  }
  const chrome = await chromium.launch({
    executablePath: browser().chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--host-resolver-rules=MAP * 127.0.0.1:${server.port}`],
  });
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
  const page = await context.newPage();
  await page.addInitScript(instrument);
  const close = async () => {
    await chrome.close();
    await server.stop();
  };
  return { server, page, close };
}

/**
 * Makes one call and returns its effects.
 *
 * @param {Harness} harness
 * @param {import('./calls.mjs').Call} one
 * @param {'theirs' | 'ours'} library
 */
export async function observed({ server, page }, one, library) {
  server.script(one.responses ?? {});
  const context = page.context();
  const pages = new Set(context.pages());
  await context.clearCookies();
  await page.goto(`https://${one.host ?? 'page.com'}/page${one.hash ?? ''}`, { waitUntil: 'load' });
  if (one.hash) await page.reload();
  for (const [name, value] of Object.entries(one.cookies ?? {})) {
    await page.evaluate(([key, text]) => { document.cookie = `${encodeURIComponent(key)}=${encodeURIComponent(text)};path=/`; }, [name, value]);
  }
  const { leaves, ...seen } = await page.evaluate(call, {
    library, options: one.options, method: one.method, args: one.args ?? [], post: one.post ?? [], patience: one.patience ?? 10_000,
  });
  // The request for the next page can arrive late on a busy machine.
  for (const end = Date.now() + 10_000; leaves && server.recorded().navigations.length === 0 && Date.now() < end;) {
    await pause(20);
  }
  const cookies = Object.fromEntries((await context.cookies()).map(({ name, expires, ...attributes }) => [
    name, { ...attributes, lifeMinutes: expires < 0 ? 'session' : Math.round((expires - Date.now() / 1000) / 60) },
  ]));
  const { requests, navigations } = server.recorded();
  for (const popup of context.pages()) if (!pages.has(popup)) await popup.close();
  return normalised({ ...seen, requests, navigations, cookies });
}
