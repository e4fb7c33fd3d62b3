// @ts-check
/** A page whose origin is not in the tenant's lists. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** The same page under another host name. */
const elsewhere = () => stage.url.replace('localhost', '127.0.0.1');

test('the console and the log of the tenant name the origin that is missing', async () => {
  const { context, page, problems } = await stage.open();
  await page.goto(elsewhere());
  await stage.dialog(page);
  await controls(page).email.fill('here@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('be reached').waitFor();
  const said = problems.filter((text) => text.startsWith('latchkey:'));
  assert.equal(said.length, 1, said.join('\n'));
  assert.ok(said[0].includes(`${stage.tenant.url}/passwordless/start`) && said[0].includes(elsewhere()), said[0]);
  const logs = await stage.control('GET', 'logs');
  const refused = logs.filter((/** @type {any} */ { type }) => type === 'fco');
  assert.equal(refused[0].details.origin, elsewhere());
  assert.ok(refused[0].details.remedy.includes('Allowed Origins (CORS)'));
  // The warning appears once a page.
  await controls(page).submit.click();
  await controls(page).alert.getByText('be reached').waitFor();
  assert.equal(problems.filter((text) => text.startsWith('latchkey:')).length, 1);
  await context.close();
});

test('a page that may send codes but not log in is told which list its origin is missing from', async () => {
  const { context, page, problems } = await stage.open();
  await stage.control('PATCH', 'clients/latchkey-web', { web_origins: [] });
  await stage.control('PATCH', 'clients/latchkey-spa', { web_origins: [] });
  await stage.dialog(page);
  await controls(page).email.fill('half@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code('half@example.com'));
  await controls(page).alert.getByText('be reached').waitFor();
  assert.ok(problems.some((text) => text.includes('/co/authenticate') && text.includes(stage.url) && text.includes('Allowed Web Origins')), problems.join('\n'));
  const logs = await stage.control('GET', 'logs');
  assert.ok(logs.some((/** @type {any} */ { type, details }) => type === 'fco' && details.remedy === `Add ${stage.url} to the client's Allowed Web Origins.`));
  await context.close();
});

test('`disableWarnings` turns off that warning', async () => {
  const { context, page, problems } = await stage.open();
  await page.goto(elsewhere());
  await stage.dialog(page, { disableWarnings: true });
  await controls(page).email.fill('quiet@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('be reached').waitFor();
  assert.deepEqual(problems.filter((text) => text.startsWith('latchkey:')), []);
  await context.close();
});
