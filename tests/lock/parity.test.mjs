// @ts-check
/**
 * Compares auth0-lock 14.3.0 with our dialog, in one page and against one tenant: the same journeys have the
 * same requests and events.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { agree } from '../parity/compare.mjs';
import { observed } from './parity/drive.mjs';
import { intended } from './parity/intended.mjs';
import { journeys } from './parity/journeys.mjs';
import { startWorld } from './parity/parity.mjs';

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
before(async () => { world = await startWorld(); });
after(() => world?.stop());

/** The names of intended differences that were observed. @type {Set<string>} */
const met = new Set();

for (const journey of journeys) {
  test(journey.name, async () => {
    const [theirs, ours] = [await observed(world, journey, 'theirs'), await observed(world, journey, 'ours')];
    agree(journey.name, theirs, ours, intended, met);
  });
}

test('every intended difference is still there', () => {
  assert.deepEqual(intended.map(({ name }) => name).filter((name) => !met.has(name)), []);
});
