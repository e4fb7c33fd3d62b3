// @ts-check
/**
 * Each call goes through auth0.js and through ours, in the same browser against the same scripted server; requests,
 * navigations, cookies, thrown errors and callback arguments must agree, but for the differences that are meant.
 *
 * Needs a built `dist/` and auth0-js (npm). `node --test --test-name-pattern=checkSession` runs some of them.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { calls } from './calls.mjs';
import { agree } from './compare.mjs';
import { observed, open } from './harness.mjs';
import { intended } from './intended.mjs';

/** @type {import('./harness.mjs').Harness} */
let harness;
/** Names of the intended differences that were met. */
const met = new Set();
/** How many cases ran: with a pattern not all of them do. */
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

test('each of the 73 cases is among them', () => {
  const known = new Set(calls.flatMap(({ name }) => {
    // Of an ID token the number is that of the check, all of which are case 72; of a refusal the case stands behind.
    if (name.startsWith('ID token: ')) return name.startsWith('ID token: 71') ? [71, 72] : [72];
    if (name.includes(': refused: ')) return [62, ...[...name.matchAll(/case (\d+)|: (\d\d) /g)].map(([, behind, before]) => Number(behind ?? before))];
    return [...(name.match(/: (?:client, )?((?:\d{1,2} )+)/)?.[1] ?? '').matchAll(/\d+/g)].map(Number);
  }));
  // Randomness is a parameter in Rust alone: its table is in src/tests/transaction.rs.
  known.add(50);
  assert.deepEqual(Array.from({ length: 73 }, (_, at) => at + 1).filter((number) => !known.has(number)), []);
});

test('no two cases have one name', () => {
  assert.equal(new Set(calls.map(({ name }) => name)).size, calls.length);
});
