// @ts-check
/** auth0-lock 14.3.0 and our dialog in one page, against one tenant: the same journeys, the same requests and events. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { differences, observed } from './parity/drive.mjs';
import { intended } from './parity/intended.mjs';
import { journeys } from './parity/journeys.mjs';
import { startWorld } from './parity/parity.mjs';

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
before(async () => { world = await startWorld(); });
after(() => world?.stop());

/** The names of intended differences that were met. @type {Set<string>} */
const met = new Set();

for (const journey of journeys) {
  test(journey.name, async () => {
    const [theirs, ours] = [await observed(world, journey, 'theirs'), await observed(world, journey, 'ours')];
    const unexpected = differences(theirs, ours).filter(({ path, theirs, ours }) => {
      const reason = intended.find(({ when, where, what }) => (!when || when.test(journey.name)) && where.test(path) && (!what || what(theirs, ours)));
      if (reason) met.add(reason.name);
      return !reason;
    });
    assert.deepEqual(unexpected, []);
  });
}

test('every intended difference is still there', () => {
  assert.deepEqual(intended.map(({ name }) => name).filter((name) => !met.has(name)), []);
});
