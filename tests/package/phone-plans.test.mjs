// @ts-check
/** The dialog's table of numbering plans is generated from libphonenumber. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EXAMPLES, PLANS, numbers, plans } from '../../scripts/phone-plans.mjs';

test('the table of numbering plans and the examples are as `node scripts/phone-plans.mjs` makes them', () => {
  assert.equal(readFileSync(PLANS, 'utf8'), plans());
  assert.equal(readFileSync(EXAMPLES, 'utf8'), numbers());
});
