// @ts-check
/** Errors in the dialog. Each is shown with its cause, and the user can continue. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { freePort, startApp, startTenant } from '../../scripts/lib/servers.mjs';
import { askForCode, dialog } from './dialog.mjs';
import { startWorld, wrong } from './harness.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
before(async () => { world = await startWorld(); });
after(() => world?.stop());
beforeEach(() => world.control('POST', 'reset'));

/** Milliseconds until the dialog offers another code. The tests control the browser's clock. */
const COOL_DOWN = 31_000;

/** @param {Page} page */
const loggedIn = (page) => page.getByRole('button', { name: 'Log out' }).waitFor();

test('a wrong code: says so and how many tries are left; the field is empty and ready; the right one works', async () => {
  const address = 'wrong@example.com';
  const { page, context } = await world.open();
  await askForCode(page, world.app.url, address);
  const code = await world.code(address);
  const { code: field, alert } = dialog(page);
  await field.fill(wrong(code));
  await alert.getByText('2 tries left').waitFor();
  assert.equal(await field.inputValue(), '');
  assert.ok(await field.evaluate((input) => input === document.activeElement), 'focus is kept');
  await field.fill(code);
  await loggedIn(page);
  await context.close();
});

test('an expired code: says so and offers a new one, which works', async () => {
  const address = 'late@example.com';
  const { page, context } = await world.open();
  await context.clock.install();
  await askForCode(page, world.app.url, address);
  const code = await world.code(address);
  await world.control('POST', 'clock', { advance_s: 181 });
  const { code: field, alert, resend } = dialog(page);
  await field.fill(code);
  await alert.getByText('expired').waitFor();
  await context.clock.runFor(COOL_DOWN);
  await resend.click();
  const fresh = await world.code(address, 1);
  // The tenant's clock was moved, and the app would refuse an ID token from the future.
  await world.control('POST', 'clock', { advance_s: -181 });
  await field.fill(fresh);
  await loggedIn(page);
  await context.close();
});

test('the fourth try: even the right code is refused; a new code helps', async () => {
  const address = 'guess@example.com';
  const { page, context } = await world.open();
  await context.clock.install();
  await askForCode(page, world.app.url, address);
  const code = await world.code(address);
  const { code: field, alert, resend } = dialog(page);
  await field.fill(wrong(code));
  await alert.getByText('2 tries left').waitFor();
  await field.fill(wrong(code));
  await alert.getByText('1 try left').waitFor();
  await field.fill(wrong(code));
  await alert.getByText('Send a new one').waitFor();
  const answer = await page.evaluate(async ([tenant, username, otp]) => {
    const response = await fetch(`${tenant}/co/authenticate`, {
      method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: 'latchkey-web', credential_type: 'http://auth0.com/oauth/grant-type/passwordless/otp', username, otp, realm: 'email' }),
    });
    return { status: response.status, body: await response.json() };
  }, [world.tenant.url, address, code]);
  assert.equal(answer.status, 403);
  assert.match(answer.body.error_description, /maximum number of attempts/);
  await context.clock.runFor(COOL_DOWN);
  await resend.click();
  await field.fill(await world.code(address, 1));
  await loggedIn(page);
  await context.close();
});

test('a callback URL that the client does not list: the tenant says what to change, and sends nobody anywhere', async () => {
  const stranger = await startApp({ port: await freePort(), domain: world.tenant.url, quiet: true, args: ['--client-id', 'latchkey-web', '--base-url', world.app.url] });
  // The page's origin is listed, but its callback URL is not.
  const { page, context } = await world.open();
  await page.route('**/login-config.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('/callback', '/elsewhere') });
  });
  const address = 'callback@example.com';
  await askForCode(page, world.app.url, address);
  await dialog(page).code.fill(await world.code(address));
  await page.getByText('Callback URL mismatch').waitFor();
  assert.equal(new URL(page.url()).origin, new URL(world.tenant.url).origin);
  await context.close();
  await stranger.stop();
});

test('a page whose origin the client does not list: says what its owner has to change; the dialog can be closed', async () => {
  const stranger = await startApp({ port: await freePort(), domain: world.tenant.url, quiet: true });
  const { page, context } = await world.open();
  await askForCode(page, stranger.url, 'origin@example.com');
  const { alert, close, box } = dialog(page);
  await alert.waitFor();
  assert.match(await alert.innerText(), /origin|reached|owner/i);
  await close.click();
  await box.waitFor({ state: 'hidden' });
  await context.close();
  await stranger.stop();
});

test('the tenant is stopped before the code is asked for: says so; works once it is back', async () => {
  const port = await freePort();
  const appPort = await freePort();
  const appUrl = `http://localhost:${appPort}`;
  let tenant = await startTenant({ port, appUrl, quiet: true });
  const app = await startApp({ port: appPort, domain: tenant.url, quiet: true });
  const { page, context } = await world.open();
  await tenant.stop();
  await askForCode(page, app.url, 'down@example.com');
  const { alert, code, continue: go } = dialog(page);
  await alert.getByText('be reached').waitFor();
  tenant = await startTenant({ port, appUrl, quiet: true });
  await go.click();
  await code.waitFor();
  await context.close();
  await app.stop();
  await tenant.stop();
});

test('the tenant is stopped before the code is typed: says so, keeps the step, and offers a way back', async () => {
  const port = await freePort();
  const appPort = await freePort();
  const appUrl = `http://localhost:${appPort}`;
  const tenant = await startTenant({ port, appUrl, quiet: true });
  const app = await startApp({ port: appPort, domain: tenant.url, quiet: true });
  const { page, context } = await world.open();
  await askForCode(page, app.url, 'down2@example.com');
  const { alert, code, back, email } = dialog(page);
  await code.waitFor();
  await tenant.stop();
  await code.fill('123456');
  await alert.getByText('be reached').waitFor();
  await back.click();
  assert.equal(await email.inputValue(), 'down2@example.com', 'the address is kept');
  await context.close();
  await app.stop();
});

test('the browser is offline: says so, and goes on by itself once it is online', async () => {
  const { page, context } = await world.open();
  await page.goto(`${world.app.url}/lock.html`);
  await page.getByRole('button', { name: 'Log in' }).click();
  const { email, continue: go, alert, code } = dialog(page);
  await email.fill('offline@example.com');
  await context.setOffline(true);
  await go.click();
  await alert.getByText('offline').waitFor();
  await context.setOffline(false);
  await code.waitFor();
  await context.close();
});

test('too many codes asked for: says how long to wait', async () => {
  await world.control('PATCH', 'settings', { passwordless_start_per_hour: 1, cors_expose_headers: ['Retry-After'] });
  const { page, context } = await world.open();
  await askForCode(page, world.app.url, 'limit@example.com');
  const { alert, code, back, continue: go } = dialog(page);
  await code.waitFor();
  await back.click();
  await dialog(page).email.fill('limit2@example.com');
  await go.click();
  await alert.getByText(/in (1 hour|\d+ minutes)/).waitFor();
  await context.close();
});

test('the tenant answers with something that is no JSON: says so, and the next try works', async () => {
  await world.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 502, body: '<h1>Bad gateway</h1>' });
  const { page, context } = await world.open();
  await askForCode(page, world.app.url, 'bad@example.com');
  const { alert, continue: go, code } = dialog(page);
  await alert.waitFor();
  await go.click();
  await code.waitFor();
  await context.close();
});
