// @ts-check
/** Captchas: the tenant's own picture, a provider's widget, and captchas that cannot be loaded. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { CAPTCHA, captchaSolution, startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(async () => {
  await stage.control('POST', 'reset');
  await stage.control('PATCH', 'settings', CAPTCHA.settings);
});

/** @param {Page} page */
const field = (page) => page.getByLabel('Security check').and(page.getByRole('textbox'));

/**
 * Requests a code, which the tenant refuses.
 *
 * @param {Page} page
 * @param {string} address
 * @param {Record<string, any>} [options]
 */
async function ask(page, address, options = CAPTCHA.options) {
  await stage.dialog(page, options);
  await controls(page).email.fill(address);
  await page.keyboard.press('Enter');
}

test('a captcha is shown when the tenant asks for one, solved by keyboard, and the code is sent', async () => {
  const { context, page, problems } = await stage.open({ path: '/?strict' });
  /** @type {string[]} */
  const challenges = [];
  page.on('request', (request) => { if (request.url().endsWith('/challenge')) challenges.push(request.url()); });
  await stage.dialog(page, CAPTCHA.options);
  await controls(page).email.waitFor();
  assert.deepEqual(challenges, [], 'no captcha before the tenant asks for one');
  await controls(page).email.fill('robot@example.com');
  await page.keyboard.press('Enter');
  await field(page).waitFor();
  await controls(page).alert.getByText('Solve the security check').waitFor();
  await page.waitForFunction(() => document.activeElement?.id.endsWith('-captcha-field'));
  assert.ok(await page.getByRole('img', { name: 'Security check' }).evaluate((image) => /** @type {HTMLImageElement} */ (image).decode().then(() => true)));
  await page.keyboard.press('Enter');
  assert.equal(challenges.length, 1, 'an empty solution is not sent');
  await page.keyboard.type(await captchaSolution(stage));
  const request = page.waitForRequest('**/passwordless/start');
  await page.keyboard.press('Enter');
  assert.match((await request).postDataJSON().captcha, /^\w{6}$/);
  await controls(page).code.waitFor();
  await controls(page).code.fill(await stage.code('robot@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a wrong solution shows a note and another picture; an unreadable picture can be replaced', async () => {
  const { context, page } = await stage.open();
  await ask(page, 'wrong@example.com');
  const picture = page.getByRole('img', { name: 'Security check' });
  const first = await picture.getAttribute('src');
  await field(page).fill('NOT THIS');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('wasn’t right').waitFor();
  await page.waitForFunction((src) => { const now = document.querySelector('.lk-captcha-picture')?.getAttribute('src'); return now && now !== src; }, first);
  assert.equal(await field(page).inputValue(), '');
  const second = await picture.getAttribute('src');
  await page.getByRole('button', { name: 'Show another one' }).click();
  await page.waitForFunction((src) => document.querySelector('.lk-captcha-picture')?.getAttribute('src') !== src, second);
  await page.waitForFunction(() => document.activeElement?.id.endsWith('-captcha-field'));
  await field(page).fill(await captchaSolution(stage));
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  await context.close();
});

test('a captcha that cannot be loaded shows a note and can be tried again (Lock hangs)', async () => {
  for (const options of [CAPTCHA.options, {}]) {
    const { context, page, problems } = await stage.open();
    await page.route('**/passwordless/challenge', (route) => route.abort());
    await ask(page, 'hang@example.com', options);
    await controls(page).alert.getByText('didn’t go through').waitFor();
    assert.equal(await controls(page).submit.getAttribute('aria-disabled'), 'false');
    await page.unrouteAll();
    const again = page.waitForResponse('**/passwordless/start');
    await controls(page).submit.click();
    await again;
    if (options === CAPTCHA.options) await field(page).waitFor();
    else assert.match(problems.join(), /only to a page with `auth.state`/);
    await context.close();
  }
});

test('a resend that needs a captcha leads to it, and back to the code', async () => {
  await stage.control('PATCH', 'settings', CAPTCHA.off);
  const { context, page } = await stage.open();
  await ask(page, 'resend@example.com', { ...CAPTCHA.options, resendCoolDown: 1 });
  await controls(page).code.waitFor();
  await stage.control('PATCH', 'settings', CAPTCHA.settings);
  await page.getByRole('button', { name: 'Send a new code', exact: true }).click();
  await field(page).waitFor();
  await field(page).fill(await captchaSolution(stage));
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code('resend@example.com', 1));
  await page.waitForURL(/\/callback\?/);
  await context.close();
});

/**
 * Makes every challenge a provider's.
 *
 * @param {Page} page
 * @param {string} script what the provider's script says
 * @param {string} [provider]
 */
async function provided(page, script, provider = 'hcaptcha') {
  const cors = { 'access-control-allow-origin': stage.url };
  await page.route('**/passwordless/challenge', (route) => route.fulfill({ json: { required: true, provider, siteKey: 'KEY' }, headers: cors }));
  await page.route(/^https:\/\/(js\.hcaptcha\.com|challenges\.cloudflare\.com)\//, (route) => (script ? route.fulfill({ contentType: 'text/javascript', body: script }) : route.abort()));
}

test('a provider’s widget is loaded on demand, and its solution is sent', async () => {
  const { context, page } = await stage.open({ locale: 'de-DE' });
  await provided(page, `const done = new URL(document.querySelector('script[src*=hcaptcha]').src).searchParams.get('onload');
    window.hcaptcha = { render(place, { callback, sitekey }) { place.textContent = sitekey; callback('TOKEN'); return 1; }, reset() {} };
    window[done]();`);
  await stage.dialog(page, CAPTCHA.options);
  await page.locator('.lk[lang=de] [name=email]').fill('widget@example.com');
  await page.keyboard.press('Enter');
  await page.locator('.lk-captcha').getByText('KEY').waitFor();
  assert.match(await page.locator('script[src*=hcaptcha]').getAttribute('src') ?? '', /hl=de/);
  const request = page.waitForRequest('**/passwordless/start');
  await page.keyboard.press('Enter');
  assert.equal((await request).postDataJSON().captcha, 'TOKEN');
  await context.close();
});

test('a provider that cannot be reached is tried again, then the tenant decides', async () => {
  const { context, page } = await stage.open();
  await provided(page, '', 'auth0_v2');
  let tries = 0;
  page.on('request', (request) => { if (request.url().includes('cloudflare')) tries += 1; });
  await ask(page, 'away@example.com');
  await page.waitForFunction(() => /** @type {HTMLInputElement | null} */ (document.querySelector('[name=captcha]'))?.value === 'BYPASS_CAPTCHA');
  assert.equal(tries, 4);
  const request = page.waitForRequest('**/passwordless/start');
  await controls(page).submit.click();
  assert.equal((await request).postDataJSON().captcha, 'BYPASS_CAPTCHA');
  await context.close();
});

test('a provider that cannot be reached and reports nothing shows a note', async () => {
  const { context, page } = await stage.open();
  await provided(page, '');
  await ask(page, 'nowhere@example.com');
  await controls(page).alert.getByText('didn’t go through').waitFor();
  const again = page.waitForRequest('**/passwordless/start');
  await controls(page).submit.click();
  await again;
  await context.close();
});
