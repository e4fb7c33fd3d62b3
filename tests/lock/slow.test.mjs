// @ts-check
/** A slow tenant: codes that arrive before the response, or without one. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls, toCode } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const START = '**/passwordless/start';

/**
 * Lets the tenant handle requests but holds back its responses. Returns the function that lets responses
 * through again.
 *
 * @param {Page} page
 */
async function withoutResponse(page) {
  await page.route(START, async (route) => {
    if (route.request().method() === 'POST') await route.fetch();
    else await route.continue();
  });
  return () => page.unroute(START);
}

/** Counts requests for a code. @param {Page} page */
function starts(page) {
  const seen = { count: 0 };
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/passwordless/start')) seen.count += 1; });
  return seen;
}

test('no response in time: the first screen offers a field for the code, and the code logs in', async () => {
  const { context, page } = await stage.open();
  await withoutResponse(page);
  await stage.dialog(page, { timeout: 600 });
  await controls(page).email.fill('slow@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('took too long').waitFor();
  await page.getByRole('button', { name: 'I have a code', exact: true }).click();
  assert.equal(await controls(page).code.evaluate((input) => input === document.activeElement), true);
  await controls(page).code.fill(await stage.code('slow@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('the connection breaks off after the tenant has sent the code: the same field is offered', async () => {
  const { context, page } = await stage.open();
  await page.route(START, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    return route.abort();
  });
  await stage.dialog(page);
  await controls(page).email.fill('cut@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'I have a code', exact: true }).click();
  await controls(page).code.fill(await stage.code('cut@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('a second press after a start without a response invalidates no code, and leads to the field for it', async () => {
  const { context, page } = await stage.open();
  const seen = starts(page);
  const letThrough = await withoutResponse(page);
  await stage.dialog(page, { timeout: 600 });
  await controls(page).email.fill('twice@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('took too long').waitFor();
  await letThrough();
  await controls(page).submit.click();
  await controls(page).code.waitFor();
  assert.equal(seen.count, 1);
  await controls(page).code.fill(await stage.code('twice@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('another address gets a code at once, and the field is no longer offered', async () => {
  const { context, page } = await stage.open();
  const letThrough = await withoutResponse(page);
  await stage.dialog(page, { timeout: 600 });
  await controls(page).email.fill('one@example.com');
  await page.keyboard.press('Enter');
  const offer = page.getByRole('button', { name: 'I have a code', exact: true });
  await offer.waitFor();
  await letThrough();
  await controls(page).email.fill('other@example.com');
  await offer.waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  await controls(page).code.fill(await stage.code('other@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('during a resend the code in hand is checked at once, and the late response does not undo that', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'hand@example.com', { resendCoolDown: 1 });
  const code = await stage.code('hand@example.com');
  // The request does not reach the tenant while the person types.
  await page.route(START, () => {});
  await page.getByRole('button', { name: 'Send a new code', exact: true }).click();
  await page.getByText('Sending…').waitFor();
  await controls(page).code.fill(code);
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('a code that arrives before the response can be typed, and stays when the response arrives', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'early@example.com', { resendCoolDown: 1, autoSubmit: false });
  await stage.code('early@example.com');
  /** @type {() => void} */
  let letGo = () => {};
  await page.route(START, async (route) => {
    const response = await route.fetch();
    await new Promise((resolve) => { letGo = () => resolve(undefined); });
    await route.fulfill({ response });
  });
  await page.getByRole('button', { name: 'Send a new code', exact: true }).click();
  const fresh = await stage.code('early@example.com', 1);
  await controls(page).code.fill(fresh);
  letGo();
  await controls(page).alert.getByText('A new code is on its way').waitFor();
  assert.equal(await controls(page).code.inputValue(), fresh);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('wrong tries do not count after a resend without a response: the new code logs in', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'tries@example.com', { resendCoolDown: 1, timeout: 600 });
  const old = await stage.code('tries@example.com');
  const wrong = old === '111111' ? '222222' : '111111';
  await controls(page).code.fill(wrong);
  await controls(page).alert.getByText('2 tries left').waitFor();
  await withoutResponse(page);
  await page.getByRole('button', { name: 'Send a new code', exact: true }).click();
  await controls(page).alert.getByText('took too long').waitFor();
  const fresh = await stage.code('tries@example.com', 1);
  for (const left of ['2 tries left', '1 try left']) {
    await controls(page).code.fill(fresh === wrong ? '333333' : wrong);
    await controls(page).alert.getByText(left).waitFor();
  }
  await controls(page).code.fill(fresh);
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('`timeout` is how long the dialog waits, as in the SDK', async () => {
  for (const [timeout, isTooShort] of /** @type {[number, boolean][]} */ ([[400, true], [20_000, false]])) {
    const { context, page } = await stage.open();
    await stage.control('POST', 'faults', [{ match: { path: '/passwordless/start', method: 'POST' }, delay_ms: 1500, times: 1 }]);
    await stage.dialog(page, { timeout });
    await controls(page).email.fill('patience@example.com');
    await page.keyboard.press('Enter');
    await (isTooShort ? controls(page).alert.getByText('took too long') : controls(page).code).waitFor();
    await stage.control('DELETE', 'faults');
    await context.close();
  }
});
