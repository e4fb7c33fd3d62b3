// @ts-check
/**
 * `npm run bench [RUNS]`: the time from navigation to an e-mail field that accepts typing, the bytes on the wire, the
 * JavaScript heap and the main thread's time for a key typed into that field, ours beside Lock's and Hanko's, in turn in one
 * run, plain and throttled; then the mock tenant under load. Quote the medians.
 */

import { createServer } from 'node:https';
import { constants, brotliCompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { generate } from 'selfsigned';
import { bare, hanko, latchkey, lock } from './bench/peers.mjs';
import { loadTenant } from './bench/tenant.mjs';
import { build } from './build.mjs';
import { say, script } from './lib/run.mjs';
import { browser, setUp } from './setup.mjs';

const RUNS = Number(process.argv[2] ?? 7);
/** A small phone on a bad day: 4x slower processor, 1.6 Mbit/s, 150 ms round trip. */
const THROTTLED = { cpu: 4, network: { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 } };

/** @type {{ private: string, cert: string } | undefined} */
let certificate;
/** @type {Map<string | Buffer, Buffer>} */
const cache = new Map();

/** @typedef {import('./bench/peers.mjs').Peer} Peer */
/** What is typed to measure a key. */
const TYPED = 'nora.kaiser@example.com';

/** @typedef {{ ms: number, bytes: number, requests: number, heap: number, key: number }} Sample */

await script(async () => {
  await setUp(['rust', 'wasm', 'packages', 'browser']);
  await build();
  const peers = [latchkey(), await lock(), await hanko(), bare()];
  const chrome = await chromium.launch({ executablePath: browser().chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  console.log(`Chromium ${chrome.version()}, ${RUNS} runs each, medians (minimum to maximum)`);
  for (const [label, throttle] of /** @type {const} */ ([['as it is', undefined], ['4x CPU, 1.6 Mbit/s, 150 ms', THROTTLED]])) {
    say(label);
    /** @type {Sample[][]} */
    const samples = peers.map(() => []);
    for (let run = 0; run <= RUNS; run++) {
      for (const [index, peer] of peers.entries()) {
        const sample = await measure(chrome, peer, throttle);
        if (run > 0) samples[index].push(sample);
      }
    }
    report(peers, samples);
  }
  await chrome.close();
  await loadTenant();
});

/**
 * One cold visit.
 *
 * @param {import('playwright-core').Browser} chrome
 * @param {Peer} peer
 * @param {typeof THROTTLED | undefined} throttle
 * @returns {Promise<Sample>}
 */
async function measure(chrome, peer, throttle) {
  const server = await serve(peer);
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    let bytes = 0;
    let requests = 0;
    session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
    session.on('Network.requestWillBeSent', () => { requests += 1; });
    await session.send('Network.enable');
    await session.send('Performance.enable');
    if (throttle) {
      await session.send('Emulation.setCPUThrottlingRate', { rate: throttle.cpu });
      await session.send('Network.emulateNetworkConditions', throttle.network);
    }
    await page.addInitScript(watch);
    await page.goto(server.url, { waitUntil: 'commit' });
    const handle = await page.waitForFunction('window.usableAt', undefined, { timeout: 60_000, polling: 50 });
    const ms = /** @type {number} */ (await handle.jsonValue());
    const metric = async (/** @type {string} */ wanted) =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === wanted)?.value ?? 0;
    const heap = await metric('JSHeapUsedSize');
    await page.waitForTimeout(1_000);
    // Script, style and layout: what the page itself costs, without the browser's own part in a key.
    const work = async () => 1_000 * (await metric('ScriptDuration') + await metric('RecalcStyleDuration') + await metric('LayoutDuration'));
    const before = await work();
    await page.keyboard.type(TYPED, { delay: 30 });
    const key = (await work() - before) / TYPED.length;
    return { ms, bytes, requests, heap, key };
  } finally {
    await context.close();
    await server.stop();
  }
}

/** In the page: notes when an e-mail field is there, shown, enabled, and takes focus. */
function watch() {
  const page = /** @type {any} */ (window);
  /** @type {(root: Document | ShadowRoot) => HTMLInputElement | undefined} */
  const find = (root) => {
    const field = /** @type {HTMLInputElement | null} */ (root.querySelector('input[type=email], input[name=email]'));
    if (field) return field;
    for (const element of root.querySelectorAll('*')) {
      const inner = element.shadowRoot && find(element.shadowRoot);
      if (inner) return inner;
    }
    return undefined;
  };
  const look = () => {
    const field = find(document);
    if (field && !field.disabled && field.getClientRects().length > 0) {
      field.focus();
      if (field.matches(':focus')) {
        page.usableAt = performance.now();
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** @param {Peer} peer */
async function serve(peer) {
  certificate ??= await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>x</title><link rel="icon" href="data:,"><body>${peer.body}`;
  /** @type {Map<string, { type: string, body: Buffer }>} */
  const files = new Map([['/', { type: 'text/html', body: compressed(html) }]]);
  for (const [path, body] of Object.entries(peer.scripts)) files.set(path, { type: 'text/javascript; charset=utf-8', body: compressed(body) });
  for (const [path, { type, body }] of Object.entries(peer.answers)) files.set(path, { type, body: compressed(body) });
  const server = createServer({ key: certificate.private, cert: certificate.cert }, (request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'https://localhost').pathname);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': file.type, 'content-encoding': 'br', 'cache-control': 'no-store' }).end(file.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `https://localhost:${port}/`,
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}

/** Brotli 11, once for each content. @param {string | Buffer} body */
function compressed(body) {
  const known = cache.get(body);
  if (known) return known;
  const made = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  cache.set(body, made);
  return made;
}

/**
 * @param {Peer[]} peers
 * @param {Sample[][]} samples
 */
function report(peers, samples) {
  const [ours] = samples;
  for (const [index, peer] of peers.entries()) {
    const column = (/** @type {keyof Sample} */ key) => samples[index].map((sample) => sample[key]).sort((a, b) => a - b);
    const median = (/** @type {number[]} */ sorted) => sorted[Math.floor(sorted.length / 2)];
    const times = column('ms');
    const ratio = median(times) / median(ours.map(({ ms }) => ms).sort((a, b) => a - b));
    console.log([
      peer.name.padEnd(24),
      `${median(times).toFixed(0)} ms (${times[0].toFixed(0)} to ${times[times.length - 1].toFixed(0)})`.padEnd(28),
      `${median(column('bytes')).toLocaleString('en')} bytes`.padStart(15),
      `${median(column('requests'))} requests`.padStart(12),
      `${(median(column('heap')) / 1e6).toFixed(1)} MB heap`.padStart(13),
      `${median(column('key')).toFixed(2)} ms a key`.padStart(16),
      index === 0 ? '' : `   ${ratio.toFixed(1)} times our time`,
    ].join(' '));
  }
}
