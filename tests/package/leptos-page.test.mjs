// @ts-check
/** The Rust example of a server-rendered login page. It works without a script, and the dialog replaces its form. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, beforeEach, test } from 'node:test';
import { environment, root } from '../../scripts/lib/paths.mjs';
import { WASM_RUSTFLAGS } from '../../scripts/lib/wasm.mjs';
import { startExample } from './example.mjs';

const NAME = 'leptos_login_page';

/** @type {Awaited<ReturnType<typeof startExample>>} */
let example;
before(async () => {
  const html = execFileSync('cargo', ['run', '--quiet', '-p', 'latchkey-lock', '--example', NAME, '--features', 'component'], {
    // Leptos hydrates by markers in the HTML, which `erase_components` changes. So server and page need the same setting.
    cwd: root, env: { ...environment, RUSTFLAGS: WASM_RUSTFLAGS }, encoding: 'utf8',
  });
  example = await startExample(NAME, html.replace('<body>', '<link rel="icon" href="data:,"><body>'));
});
after(() => example?.stop());
beforeEach(() => example.control('POST', 'reset'));

/** Opens the page in a new profile. With `held`, its script is served after `release` was called. @param {import('playwright-core').BrowserContextOptions & { held?: boolean }} [how] */
async function open({ held = false, ...how } = {}) {
  const context = await example.chrome.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...how });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => problems.push(message.text()));
  let release = () => {};
  if (held) {
    const released = new Promise((done) => { release = () => done(undefined); });
    await page.route(`**/${NAME}.js`, async (route) => { await released; await route.continue(); });
  }
  await page.goto(example.appUrl, { waitUntil: 'commit' });
  await page.getByLabel('E-mail address').waitFor();
  return { context, page, problems, release, early: page.locator('.lk--early') };
}

/** Each visible text, field and button with its position. @param {import('playwright-core').Page} page */
const places = (page) => page.locator('main').evaluate((main) => [...main.querySelectorAll('h1, h2, p, label, input, button, svg')].map((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1 ? [element.tagName, element.textContent?.trim(), x, y, width, height].join(' ') : '';
}).filter(Boolean));

test('without a script the form posts to the server', async () => {
  const { context, page } = await open({ javaScriptEnabled: false });
  await page.getByLabel('E-mail address').fill('nora@example.com');
  await page.route('**/login', (route) => route.fulfill({ status: 204 }));
  const request = page.waitForRequest('**/login');
  await page.keyboard.press('Enter');
  assert.equal((await request).postData(), 'token=a1b2c3&email=nora%40example.com');
  await context.close();
});

test('the dialog replaces the form at its place, keeps input and focus, and logs in', async () => {
  const { context, page, problems, release, early } = await open({ held: true });
  const seen = await places(page);
  const email = page.getByLabel('E-mail address');
  await email.pressSequentially('nora@exam');
  release();
  await early.waitFor({ state: 'detached' });
  assert.ok(await page.locator('main > h1 + div > .lk--inline').isVisible());
  await page.keyboard.type('ple.com');
  assert.equal(await email.inputValue(), 'nora@example.com');
  assert.ok(seen.length > 5);
  assert.deepEqual(await places(page), seen);
  await page.keyboard.press('Enter');
  const code = page.getByRole('textbox', { name: '6-digit code' });
  await code.waitFor();
  await code.fill(await example.code('nora@example.com'));
  await page.getByText('Hello nora@example.com').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});
