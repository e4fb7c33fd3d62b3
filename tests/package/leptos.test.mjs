// @ts-check
/** The dialog's Rust example, a Leptos app: logins in the page and by redirect, a captcha, a closed dialog, and server rendering. */

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

/** Opens the app in a new browser profile. `problems` collects errors of the page. */
async function open() {
  const context = await example.chrome.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  // The browser itself logs each response with an error status.
  page.on('console', (message) => { if (!/^Failed to load resource/.test(message.text())) problems.push(message.text()); });
  await page.goto(example.appUrl);
  await page.getByRole('status').filter({ hasText: WAITING }).waitFor();
  return { context, page, problems };
}

/** @param {import('playwright-core').Page} page */
const controls = (page) => ({
  begin: page.getByRole('button', { name: 'Log in', exact: true }),
  dialog: page.getByRole('dialog'),
  email: page.getByRole('textbox', { name: 'E-mail address' }),
  phone: page.getByRole('textbox', { name: 'Phone number' }),
  code: page.getByRole('textbox', { name: '6-digit code' }),
  captcha: page.getByRole('textbox', { name: 'Security check' }),
  alert: page.getByRole('alert'),
  said: (/** @type {string} */ text) => page.locator('main [role=status]').getByText(text),
});

test('a code logs in without leaving the page, and a wrong one is refused', async () => {
  const { context, page, problems } = await open();
  const { begin, dialog, email, code, alert, said } = controls(page);
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

test('a login by redirect returns to the page', async () => {
  const { context, page, problems } = await open();
  const { email, code, said } = controls(page);
  await page.getByRole('button', { name: 'Log in at the tenant' }).click();
  await email.fill('away@example.com');
  await page.keyboard.press('Enter');
  await code.fill(await example.code('away@example.com'));
  await page.waitForURL(/#access_token=/);
  await said('Hello away@example.com').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a text message logs in', async () => {
  const { context, page, problems } = await open();
  const { begin, phone, code, said } = controls(page);
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

test('a captcha is shown if the tenant requires one, and its solution sends the code', async () => {
  await example.control('PATCH', 'settings', { attack_protection: { bot_detection: { challenge_passwordless_policy: 'always' } } });
  const { context, page, problems } = await open();
  const { begin, email, code, captcha, said } = controls(page);
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

test('a closed dialog can be opened again at the code', async () => {
  const { context, page, problems } = await open();
  const { begin, dialog, email, code, said } = controls(page);
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

/** The HTML of the example that renders on a server. @param {string} name */
const rendered = (name) => execFileSync('cargo', ['run', '--quiet', '-p', 'latchkey-lock', '--example', name, '--features', 'component'], {
  cwd: root, env: environment, encoding: 'utf8',
});

test('on a server the page is rendered, and a closed dialog renders nothing', () => {
  const html = rendered('leptos_app');
  assert.match(html, /<p role="status">Nobody is logged in\.<\/p><button>Log in<\/button><button>/);
  assert.doesNotMatch(html, /dialog|lk-/);
});
