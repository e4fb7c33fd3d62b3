// @ts-check
/** The mock's templates against LiquidJS, which Auth0 runs: `templates.json` holds what LiquidJS makes of each. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Liquid } from 'liquidjs';

// Dates without a zone are the machine's otherwise.
process.env.TZ = 'UTC';

const FILE = new URL('../../crates/mock-tenant/liquid/tests/templates.json', import.meta.url);

test('LiquidJS renders the templates as the file says', () => {
  const { context, templates } = JSON.parse(readFileSync(FILE, 'utf8'));
  const engine = new Liquid({ timezoneOffset: 0 });
  const rendered = templates.map((/** @type {{ template: string }} */ { template }) => {
    try {
      return { template, output: engine.parseAndRenderSync(template, structuredClone(context)) };
    } catch (error) {
      return { template, error: /** @type {Error} */ (error).message };
    }
  });
  // `LATCHKEY_RECORD=1 node --test tests/vendor/liquid.test.mjs` takes new templates up.
  if (process.env.LATCHKEY_RECORD) writeFileSync(FILE, `${JSON.stringify({ context, templates: rendered }, null, 1)}\n`);
  assert.ok(templates.length >= 150);
  assert.deepEqual(rendered, templates);
});
