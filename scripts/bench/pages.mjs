// @ts-check
/** Measures the login pages, which take turns in one run. */

import { chromium } from 'playwright-core';
import { say } from '../lib/run.mjs';
import { bare, hanko, latchkey, lock } from './peers.mjs';
import { open, submit } from './visit.mjs';

/** @typedef {'latchkey' | 'lock' | 'hanko' | 'bare'} PeerId */

/** The measurements of a page in milliseconds and bytes, one for each round. A list is empty if the measure does not apply to the page. @typedef {Record<'field' | 'whole' | 'submit' | 'bytes' | 'requests' | 'heap' | 'key', number[]>} Samples */

/** @typedef {{ name: string, samples: Samples }} Measured */

/** @typedef {'plain' | 'throttled'} Condition */

/**
 * All measurements of a run.
 *
 * @typedef {{ chromium: string, runs: number, pages: Record<Condition, Record<PeerId, Measured>> }} Results
 */

/** A slow phone in a slow network: a processor that is 4 times slower, 1.6 Mbit/s, and 150 ms more for each response. */
const THROTTLED = { cpu: 4, network: { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 } };

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/**
 * Measures all pages, plain and throttled. One more round comes first. It fills the system's caches and is not measured.
 *
 * @param {{ runs: number, chromiumPath: string | undefined }} options
 * @returns {Promise<Results>}
 */
export async function measurePages({ runs, chromiumPath }) {
  const peers = { latchkey: latchkey(), lock: await lock(), hanko: await hanko(), bare: bare() };
  const chrome = await chromium.launch({ executablePath: chromiumPath, args: ARGUMENTS });
  try {
    const plain = await rounds(chrome, peers, runs);
    const throttled = await rounds(chrome, peers, runs, THROTTLED);
    return { chromium: chrome.version(), runs, pages: { plain, throttled } };
  } finally {
    await chrome.close();
  }
}

/**
 * @param {import('playwright-core').Browser} chrome
 * @param {Record<PeerId, import('./peers.mjs').Peer>} peers
 * @param {number} runs
 * @param {import('./visit.mjs').Throttle} [throttle]
 */
async function rounds(chrome, peers, runs, throttle) {
  const ids = /** @type {PeerId[]} */ (Object.keys(peers));
  const measured = /** @type {Record<PeerId, Measured>} */ (Object.fromEntries(ids.map((id) => [id, { name: peers[id].name, samples: noSamples() }])));
  for (let run = 0; run <= runs; run++) {
    say(`${throttle ? 'throttled' : 'plain'}, ${run === 0 ? 'a round to warm up' : `round ${run} of ${runs}`}`);
    for (const id of ids) {
      const peer = peers[id];
      const opened = await open(chrome, peer, throttle);
      const submitted = peer.submits ? { submit: await submit(chrome, peer, throttle) } : {};
      if (run === 0) continue;
      for (const [name, value] of Object.entries({ ...opened, ...submitted })) {
        if (value !== undefined) measured[id].samples[/** @type {keyof Samples} */ (name)].push(value);
      }
    }
  }
  return measured;
}

/** @returns {Samples} */
const noSamples = () => ({ field: [], whole: [], submit: [], bytes: [], requests: [], heap: [], key: [] });
