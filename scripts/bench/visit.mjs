// @ts-check
/** Measures one visit to a peer's page with an empty cache. */

import { Failure } from '../lib/run.mjs';
import { serve } from './server.mjs';
import { BINDING, typed, watch } from './watch.mjs';

/** @typedef {import('./peers.mjs').Peer} Peer */
/** @typedef {import('./watch.mjs').Moment} Moment */
/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').CDPSession} Session */
/** @typedef {{ cpu: number, network: { offline: boolean, latency: number, downloadThroughput: number, uploadThroughput: number } }} Throttle */

/** The address that is typed. */
const ADDRESS = 'nora.kaiser@example.com';

/** The milliseconds after which a moment that has not come fails the run. */
const PATIENCE_MS = 60_000;

/** The pause between opening the page and typing, in milliseconds. So the page's work after opening is not measured with the keys. */
const IDLE_MS = 1_000;

/**
 * The cost of opening a page, and of a key that is typed. Times are in milliseconds since the navigation began. `whole` is the time
 * at which the whole dialog replaced the painted screen, if the page has one.
 *
 * @typedef {{ field: number, whole?: number, bytes: number, requests: number, heap: number, key: number }} Opened
 */

/**
 * Opens the page, waits until all of the login is there, and types an address key by key.
 *
 * @param {Browser} chrome
 * @param {Peer} peer
 * @param {Throttle} [throttle]
 * @returns {Promise<Opened>}
 */
export const open = (chrome, peer, throttle) => visited(chrome, peer, throttle, async ({ page, session, moment, traffic }) => {
  const usable = await moment('usable');
  const whole = peer.ids === undefined ? undefined : await moment('whole');
  const metric = async (/** @type {string} */ wanted) =>
    (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === wanted)?.value ?? 0;
  const heap = await metric('JSHeapUsedSize');
  await page.waitForTimeout(IDLE_MS);
  // Script, style and layout are the page's own work, without the browser's work for a key.
  const work = async () => 1_000 * (await metric('ScriptDuration') + await metric('RecalcStyleDuration') + await metric('LayoutDuration'));
  const before = await work();
  await page.keyboard.type(ADDRESS, { delay: 30 });
  const key = (await work() - before) / ADDRESS.length;
  if (!await page.evaluate(typed)) throw new Failure(`${peer.name}: what was typed is not in the field.`);
  return { field: usable.at, whole: whole?.at, ...traffic, heap, key };
});

/**
 * Opens the page, inserts an address as soon as the field is usable, and presses Enter. A person who types gives the page more time.
 * So the address is inserted at once, as a password manager does it.
 *
 * @param {Browser} chrome
 * @param {Peer} peer
 * @param {Throttle} [throttle]
 * @returns {Promise<number>} the time at which the address reached the tenant, in milliseconds since the navigation began
 */
export const submit = (chrome, peer, throttle) => visited(chrome, peer, throttle, async ({ page, moment, started }) => {
  const { began } = await moment('usable');
  await page.keyboard.insertText(ADDRESS);
  await page.keyboard.press('Enter');
  const { at, email } = await inTime(started, `${peer.name}: no request for a code has reached the tenant`);
  if (email !== ADDRESS) throw new Failure(`${peer.name}: the tenant was asked to send a code to "${email}", not to "${ADDRESS}".`);
  return at - began;
});

/**
 * Opens a page in a new browser context, with an empty cache. `work` begins when the navigation has been committed.
 *
 * @template T
 * @param {Browser} chrome
 * @param {Peer} peer
 * @param {Throttle | undefined} throttle
 * @param {(visit: {
 *   page: import('playwright-core').Page,
 *   session: Session,
 *   moment: (what: Moment['what']) => Promise<Moment>,
 *   traffic: { bytes: number, requests: number },
 *   started: Promise<import('./server.mjs').Start>,
 * }) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function visited(chrome, peer, throttle, work) {
  const server = await serve(peer);
  const context = await chrome.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const moment = await watchMoments(session, peer);
    const traffic = await watchTraffic(session);
    await page.addInitScript(watch, { binding: BINDING, ids: peer.ids });
    await session.send('Performance.enable');
    if (throttle) {
      await session.send('Emulation.setCPUThrottlingRate', { rate: throttle.cpu });
      await session.send('Network.emulateNetworkConditions', throttle.network);
    }
    await page.goto(server.url, { waitUntil: 'commit' });
    const result = await work({ page, session, moment, traffic, started: server.started });
    if (server.missing.length > 0) throw new Failure(`${peer.name}: the page asked for ${server.missing.join(', ')}, which the bench's server does not have.`);
    return result;
  } finally {
    await context.close();
    await server.stop();
  }
}

/**
 * Returns a function that waits for a moment that the page reports. The report uses a binding of the DevTools protocol, which puts no
 * script into the page.
 *
 * @param {Session} session
 * @param {Peer} peer
 */
async function watchMoments(session, peer) {
  /** @type {Record<Moment['what'], (moment: Moment) => void>} */
  const resolvers = { usable: () => {}, whole: () => {} };
  /** @type {Record<Moment['what'], Promise<Moment>>} */
  const moments = {
    usable: new Promise((resolve) => { resolvers.usable = resolve; }),
    whole: new Promise((resolve) => { resolvers.whole = resolve; }),
  };
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name !== BINDING) return;
    const moment = /** @type {Moment} */ (JSON.parse(payload));
    resolvers[moment.what](moment);
  });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: BINDING });
  const missing = {
    usable: `${peer.name}: there is no usable e-mail field`,
    whole: `${peer.name}: the whole dialog has not taken the painted screen's place (no e-mail field has an id like ${peer.ids})`,
  };
  return (/** @type {Moment['what']} */ what) => inTime(moments[what], missing[what]);
}

/** Counts requests and received bytes. @param {Session} session */
async function watchTraffic(session) {
  const traffic = { bytes: 0, requests: 0 };
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { traffic.bytes += encodedDataLength; });
  session.on('Network.requestWillBeSent', () => { traffic.requests += 1; });
  await session.send('Network.enable');
  return traffic;
}

/**
 * Fails if `promise` does not settle in time.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {string} failure the beginning of the message
 * @returns {Promise<T>}
 */
async function inTime(promise, failure) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Failure(`${failure} after ${PATIENCE_MS / 1000} s.`)), PATIENCE_MS); });
  try {
    return await /** @type {Promise<T>} */ (Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}
