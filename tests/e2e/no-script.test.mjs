// @ts-check
/** The login form that the sample app's server renders. Without JavaScript it posts to the server; with it the dialog replaces it. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld, wrong } from './harness.mjs';

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
before(async () => { world = await startWorld(); });
after(() => world?.stop());

const inThePage = () => `${world.app.url}/inline.html`;

test('without JavaScript a user logs in after a wrong code, and logs out', async () => {
  const address = 'no.script@example.com';
  const { page, context } = await world.open({ javaScriptEnabled: false });
  await page.goto(world.app.url);
  await page.getByRole('link', { name: 'Use the page' }).click();
  await page.getByLabel('E-mail address').fill(address);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  assert.match(await page.locator('main').innerText(), /no\.script@example\.com/);
  const code = page.getByLabel('Code from the e-mail');
  const first = await world.code(address);
  await code.fill(wrong(first));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'not the code of the last e-mail' }).waitFor();
  assert.equal(await code.getAttribute('aria-invalid'), 'true');
  await code.fill(' 12-a ');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'row of digits' }).waitFor();

  await page.getByRole('button', { name: 'Send another code' }).click();
  await page.getByRole('status').waitFor();
  const second = await world.code(address, 1);
  await code.fill(`${second.slice(0, 3)} ${second.slice(3)}`);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  assert.match(await page.locator('#claims').innerText(), /no\.script@example\.com/);
  await page.goto(`${world.app.url}/login/code`);
  assert.equal(page.url(), inThePage(), 'the page shows the session');
  await page.goto(world.app.url);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'You are not logged in' }).waitFor();
  await context.close();
});

test('the dialog keeps an address that was typed before it loaded', async () => {
  const address = 'early@example.com';
  const { page, context, errors } = await world.open();
  /** @type {() => void} */
  let arrive = () => {};
  const arrives = new Promise((resolve) => { arrive = () => resolve(undefined); });
  await page.route('**/dist/lock.min.js', async (route) => { await arrives; await route.continue(); });
  await page.goto(inThePage(), { waitUntil: 'commit' });
  await page.getByLabel('E-mail address').pressSequentially('early@');
  arrive();
  await page.locator('.lk--early').waitFor({ state: 'detached' });
  await page.keyboard.type('example.com');
  await page.keyboard.press('Enter');
  await page.getByLabel('6-digit code').fill(await world.code(address));
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  assert.match(await page.locator('#claims').innerText(), /early@example\.com/);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a form of another site cannot start a login', async () => {
  const { page, context } = await world.open();
  // The tenant's origin is another site for the app.
  await page.goto(`${world.tenant.url}/_mock/inbox`);
  const status = await page.evaluate(async (app) => {
    const answer = await fetch(`${app}/login`, { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ email: 'victim@example.com' }) }).catch(() => undefined);
    return answer?.type;
  }, world.app.url);
  assert.ok(status === 'opaque' || status === undefined);
  assert.deepEqual(await world.control('GET', 'outbox?to=victim@example.com'), [], 'no mail is sent');
  await context.close();
});
