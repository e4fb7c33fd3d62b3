// @ts-check
/**
 * Makes each call with auth0.js and with Latchkey, in the same browser and with the same scripted server. Requests, navigations,
 * cookies, thrown errors and callback arguments must be equal, except for the intended differences.
 *
 * Needs a built `dist/` and auth0-js (npm). `node --test --test-name-pattern=checkSession` runs some of the calls.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { calls } from './calls.mjs';
import { agree } from './compare.mjs';
import { observed, open } from './harness.mjs';
import { intended } from './intended.mjs';

/** @type {import('./harness.mjs').Harness} */
let harness;
/** Names of the intended differences that were found. */
const met = new Set();
/** Number of calls that ran. With a name pattern not all do. */
let ran = 0;

before(async () => { harness = await open(); });
after(() => harness?.close());

for (const one of calls) {
  test(one.name, async () => {
    ran++;
    const theirs = await observed(harness, one, 'theirs');
    const ours = await observed(harness, one, 'ours');
    agree(one.name, theirs, ours, intended, met);
  });
}

test('every intended difference is still there', (context) => {
  if (ran < calls.length) return context.skip('not all cases ran');
  assert.deepEqual(intended.filter(({ name }) => !met.has(name)).map(({ name }) => name), []);
});

test('no two calls have the same name', () => {
  assert.equal(new Set(calls.map(({ name }) => name)).size, calls.length);
});
