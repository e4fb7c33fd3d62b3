// @ts-check
/** The dialog's Rust example, a Leptos app: logins in place and by way of the tenant, a captcha, giving up; and its page on a server. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, beforeEach, test } from 'node:test';
import { environment, root } from '../../scripts/lib/paths.mjs';
import { wrong } from '../e2e/harness.mjs';
import { startExample } from './example.mjs';

const WAITING = 'Nobody is logged in.';

/** @type {Awaited<ReturnType<typeof startExample>>} */
let example;
before(async () => { example = await startExample('leptos_app'); });
after(() => example?.stop());
beforeEach(() => example.control('POST', 'reset'));

/** The app in a fresh browser profile, with what went wrong on its page. */
async function open() {
  const context = await example.chrome.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  // That an answer was an error is the browser's own remark.
  page.on('console', (message) => { if (!/^Failed to load resource/.test(message.text())) problems.push(message.text()); });
  await page.goto(example.appUrl);
  await page.getByRole('status').filter({ hasText: WAITING }).waitFor();
  return { context, page, problems };
}

/** @param {import('playwright-core').Page} page */
const parts = (page) => ({
  begin: page.getByRole('button', { name: 'Log in', exact: true }),
  dialog: page.getByRole('dialog'),
  email: page.getByRole('textbox', { name: 'E-mail address' }),
  phone: page.getByRole('textbox', { name: 'Phone number' }),
  code: page.getByRole('textbox', { name: '6-digit code' }),
  captcha: page.getByRole('textbox', { name: 'Security check' }),
  alert: page.getByRole('alert'),
  said: (/** @type {string} */ text) => page.locator('main [role=status]').getByText(text),
});

test('a code logs in without leaving the page; a wrong one does not', async () => {
  const { context, page, problems } = await open();
  const { begin, dialog, email, code, alert, said } = parts(page);
  /** @type {string[]} */
  const left = [];
  page.on('framenavigated', (frame) => { if (frame === page.mainFrame()) left.push(frame.url()); });
  await begin.click();
  await page.getByRole('heading', { name: 'Log in to the example' }).waitFor();
  await email.fill('nora@example.com');
  await page.keyboard.press('Enter');
  await code.waitFor();
  const right = await example.code('nora@example.com');
  await code.fill(wrong(right));
  await alert.getByText('isn’t right').waitFor();
  await code.fill(right);
  await said('Hello nora@example.com').waitFor();
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual([left, problems], [[], []]);
  await context.close();
});

test('by way of the tenant the browser comes back logged in', async () => {
  const { context, page, problems } = await open();
  const { email, code, said } = parts(page);
  await page.getByRole('button', { name: 'Log in at the tenant' }).click();
  await email.fill('away@example.com');
  await page.keyboard.press('Enter');
  await code.fill(await example.code('away@example.com'));
  await page.waitForURL(/#access_token=/);
  await said('Hello away@example.com').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a text message logs in too', async () => {
  const { context, page, problems } = await open();
  const { begin, phone, code, said } = parts(page);
  await begin.click();
  await page.getByRole('button', { name: 'Use a text message instead' }).click();
  await page.getByRole('combobox', { name: 'Country' }).selectOption('GB');
  await phone.fill('07400 123456');
  await page.keyboard.press('Enter');
  await code.waitFor();
  await code.fill(await example.code('+447400123456'));
  await said('Hello +447400123456').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a captcha is shown where the tenant asks, and its answer brings the code', async () => {
  await example.control('PATCH', 'settings', { attack_protection: { bot_detection: { challenge_passwordless_policy: 'always' } } });
  const { context, page, problems } = await open();
  const { begin, email, code, captcha, said } = parts(page);
  await begin.click();
  await email.fill('robot@example.com');
  await page.keyboard.press('Enter');
  await captcha.waitFor();
  const picture = page.getByRole('img', { name: 'Security check' });
  const first = await picture.getAttribute('src');
  assert.ok(await picture.evaluate((image) => /** @type {HTMLImageElement} */ (image).decode().then(() => true)));
  await page.getByRole('button', { name: 'Show another one' }).click();
  await page.waitForFunction((src) => document.querySelector('.lk-captcha-picture')?.getAttribute('src') !== src, first);
  await captcha.fill((await example.control('GET', 'captchas')).at(-1).answer);
  await page.keyboard.press('Enter');
  await code.waitFor();
  await code.fill(await example.code('robot@example.com'));
  await said('Hello robot@example.com').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('who gives up is left in peace, and can come back to the code', async () => {
  const { context, page, problems } = await open();
  const { begin, dialog, email, code, said } = parts(page);
  await begin.click();
  await email.fill('later@example.com');
  await page.keyboard.press('Enter');
  await code.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await said('Maybe later, then.').waitFor();
  assert.ok(await begin.evaluate((button) => button === document.activeElement));
  await begin.click();
  await code.fill(await example.code('later@example.com'));
  await said('Hello later@example.com').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

/** What a server sends, from the example that renders there. @param {string} name */
const rendered = (name) => execFileSync('cargo', ['run', '--quiet', '-p', 'latchkey-lock', '--example', name, '--features', 'component'], {
  cwd: root, env: environment, encoding: 'utf8',
});

test('on a server the page is rendered, and a closed dialog is nothing', () => {
  const html = rendered('leptos_app');
  assert.match(html, /<p role="status">Nobody is logged in\.<\/p><button>Log in<\/button><button>/);
  assert.doesNotMatch(html, /dialog|lk-/);
});
