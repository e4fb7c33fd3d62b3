// @ts-check
/**
 * Each call goes through auth0.js and through ours, in the same browser against the same scripted server; requests,
 * navigations, cookies, thrown errors and callback arguments must agree, but for the differences that are meant.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { dist } from '../../scripts/lib/paths.mjs';
import { browser } from '../../scripts/setup.mjs';
import { calls } from './calls.mjs';
import { differences, normalised } from './compare.mjs';
import { intended } from './intended.mjs';
import { call, instrument } from './page.mjs';
import { startServer } from './server.mjs';

/** @typedef {Awaited<ReturnType<typeof startServer>>} Server */

/** @type {Server} */
let server;
/** @type {import('playwright-core').Browser} */
let chrome;
/** @type {import('playwright-core').Page} */
let page;
/** Names of the intended differences that were met. */
const met = new Set();

before(async () => {
  server = await startServer();
  const theirs = join(dirname(createRequire(import.meta.url).resolve('auth0-js/package.json')), 'dist', 'auth0.min.js');
  const script = 'text/javascript; charset=utf-8';
  const html = `<!doctype html><script src="/theirs.js"></script><script>theirs = auth0</script><script src="/ours.js"></script><script>ours = auth0</script>`;
  for (const host of ['page.com', 'me.auth0.com']) {
    server.serve(`${host}/page`, html, 'text/html');
    server.serve(`${host}/theirs.js`, readFileSync(theirs), script);
    server.serve(`${host}/ours.js`, readFileSync(join(dist, 'webauth.min.js')), script);
  }
  chrome = await chromium.launch({
    executablePath: browser().chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--host-resolver-rules=MAP * 127.0.0.1:${server.port}`],
  });
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
  page = await context.newPage();
  await page.addInitScript(instrument);
});

after(async () => {
  await chrome?.close();
  await server?.stop();
});

for (const one of calls) {
  test(one.name, async () => {
    const theirs = await observed(one, 'theirs');
    const ours = await observed(one, 'ours');
    const unexpected = differences(theirs, ours).filter((difference) => {
      const known = intended.find(({ when, where, what }) => (
        (when?.test(one.name) ?? true) && where.test(difference.path) && (what?.(difference.theirs, difference.ours) ?? true)
      ));
      if (known) met.add(known.name);
      return !known;
    });
    assert.deepEqual(unexpected, [], `${JSON.stringify(unexpected, undefined, 1)}\ntheirs: ${JSON.stringify(theirs)}\nours: ${JSON.stringify(ours)}`);
  });
}

test('every intended difference is still there', () => {
  assert.deepEqual(intended.filter(({ name }) => !met.has(name)).map(({ name }) => name), []);
});

/**
 * @param {import('./calls.mjs').Call} one
 * @param {'theirs' | 'ours'} library
 */
async function observed(one, library) {
  server.script(one.answers ?? {});
  const context = page.context();
  await context.clearCookies();
  await page.goto(`https://${one.host ?? 'page.com'}/page${one.hash ?? ''}`, { waitUntil: 'load' });
  if (one.hash) await page.reload();
  for (const [name, value] of Object.entries(one.cookies ?? {})) {
    await page.evaluate(([key, text]) => { document.cookie = `${encodeURIComponent(key)}=${encodeURIComponent(text)};path=/`; }, [name, value]);
  }
  const seen = await page.evaluate(call, {
    library, options: one.options, method: one.method, args: one.args ?? [], post: one.post ?? [], patience: one.patience ?? 250,
  });
  const cookies = Object.fromEntries((await context.cookies()).map(({ name, expires, ...rest }) => [
    name, { ...rest, lifeMinutes: expires < 0 ? 'session' : Math.round((expires - Date.now() / 1000) / 60) },
  ]));
  const { requests, navigations } = server.recorded();
  for (const other of context.pages()) if (other !== page) await other.close();
  return normalised({ ...seen, requests, navigations, cookies });
}
