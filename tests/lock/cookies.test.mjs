// @ts-check
/** Browsers that block the cookies of the tenant, which is on another site, or all cookies. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls, toCode } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

test('in place, with the tenant’s cookies blocked, the dialog names them and what to do, and forgets the used code', async () => {
  const { context, page } = await stage.open({ path: '/?framed' });
  await stage.control('PATCH', 'settings', { block_third_party_cookies: true });
  await toCode(stage, page, 'kept.out@example.com', { auth: { redirect: false, responseType: 'token id_token' } });
  await controls(page).code.fill(await stage.code('kept.out@example.com'));
  await page.getByRole('heading', { name: 'Login isn’t available' }).waitFor();
  await controls(page).alert.getByText(/cookies of the login service, which is on another site.*third-party cookies.*site’s owner/).waitFor();
  const [, error] = await page.evaluate(() => /** @type {any} */ (window).heard.find((/** @type {[string, any]} */ [name]) => name === 'authorization_error'));
  assert.equal(error.kind, 'third_party_cookies');
  // The code has been used, so no button leads back to it.
  await page.getByRole('button', { name: 'Try again' }).click();
  await controls(page).email.waitFor();
  await page.evaluate(() => { const { lock } = /** @type {any} */ (window); lock.hide(); lock.show(); });
  await controls(page).email.waitFor();
  await stage.control('PATCH', 'settings', { block_third_party_cookies: false });
  await context.close();
});

test('with cookies switched off the dialog shows that before a code is sent', async () => {
  const { context, page } = await stage.open();
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} });
  });
  await page.reload();
  await stage.dialog(page);
  await controls(page).email.fill('nobody@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('Allow cookies for this site').waitFor();
  assert.deepEqual(await stage.control('GET', 'outbox?to=nobody@example.com'), []);
  await context.close();
});
