// @ts-check
/** The SDK's Rust example, in a browser and with the mock tenant. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startExample } from './example.mjs';

const ADDRESS = 'nora@example.com';

/** @type {Awaited<ReturnType<typeof startExample>>} */
let example;
before(async () => { example = await startExample('web_app'); });
after(() => example?.stop());

test('the example logs a user in and shows errors', async () => {
  const page = await example.chrome.newPage();
  /** @type {string[]} */
  const said = [];
  let codes = 0;
  page.on('dialog', async (dialog) => {
    said.push(dialog.message());
    if (dialog.type() === 'alert') return dialog.accept();
    if (dialog.message().includes('mail address')) return dialog.accept(ADDRESS);
    await dialog.accept(codes++ === 0 ? '000000' : await example.code(ADDRESS));
  });
  await page.goto(example.appUrl);
  for (const end = Date.now() + 60_000; !said.some((text) => text.startsWith('Hello'));) {
    assert.ok(Date.now() < end, `no greeting, but ${JSON.stringify(said)}`);
    await pause(50);
  }
  assert.deepEqual(said, [
    'Your e-mail address', 'The code in the mail', 'The verification code is wrong: check it, or ask for a new one.', 'The code in the mail', `Hello ${ADDRESS}`,
  ]);
});
