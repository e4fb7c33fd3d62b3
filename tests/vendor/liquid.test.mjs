// @ts-check
/** `templates.json` has LiquidJS's output for each template. Auth0 uses LiquidJS, so the mock tenant's engine must have it, too. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Liquid } from 'liquidjs';

// LiquidJS reads dates without a time zone in the machine's zone.
process.env.TZ = 'UTC';

const FILE = new URL('../../crates/mock-tenant/liquid/tests/templates.json', import.meta.url);

test('LiquidJS renders the templates as in templates.json', () => {
  const { context, templates } = JSON.parse(readFileSync(FILE, 'utf8'));
  const engine = new Liquid({ timezoneOffset: 0 });
  const rendered = templates.map((/** @type {{ template: string }} */ { template }) => {
    try {
      return { template, output: engine.parseAndRenderSync(template, structuredClone(context)) };
    } catch (error) {
      return { template, error: /** @type {Error} */ (error).message };
    }
  });
  // `LATCHKEY_RECORD=1 node --test tests/vendor/liquid.test.mjs` writes the output of new templates into the file.
  if (process.env.LATCHKEY_RECORD) writeFileSync(FILE, `${JSON.stringify({ context, templates: rendered }, null, 1)}\n`);
  assert.ok(templates.length >= 150);
  assert.deepEqual(rendered, templates);
});
