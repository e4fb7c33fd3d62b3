// @ts-check
/** Browsers that block the cookies of the tenant, which is on another site, or all cookies. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startStage } from './stage.mjs';
import { parts, toCode } from './words.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

test('in place, with the tenant’s cookies blocked, the dialog names them and what to do, and forgets the used code', async () => {
  const { context, page } = await stage.open({ path: '/?framed' });
  await stage.control('PATCH', 'settings', { block_third_party_cookies: true });
  await toCode(stage, page, 'kept.out@example.com', { auth: { redirect: false, responseType: 'token id_token' } });
  await parts(page).code.fill(await stage.code('kept.out@example.com'));
  await page.getByRole('heading', { name: 'Login isn’t available' }).waitFor();
  await parts(page).alert.getByText(/cookies of the login service, which is on another site.*third-party cookies.*site’s owner/).waitFor();
  const [, error] = await page.evaluate(() => /** @type {any} */ (window).heard.find((/** @type {[string, any]} */ [name]) => name === 'authorization_error'));
  assert.equal(error.kind, 'third_party_cookies');
  // The code has been used, so no button leads back to it.
  await page.getByRole('button', { name: 'Try again' }).click();
  await parts(page).email.waitFor();
  await page.evaluate(() => { const { lock } = /** @type {any} */ (window); lock.hide(); lock.show(); });
  await parts(page).email.waitFor();
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
  await parts(page).email.fill('nobody@example.com');
  await page.keyboard.press('Enter');
  await parts(page).alert.getByText('Allow cookies for this site').waitFor();
  assert.deepEqual(await stage.control('GET', 'outbox?to=nobody@example.com'), []);
  await context.close();
});
