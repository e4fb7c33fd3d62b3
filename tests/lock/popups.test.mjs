// @ts-check
/** Windows of social logins: opened in the click, navigated later, and distinguished when they close. */

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { handedOver, hold } from './file-loading.mjs';
import { PAGE } from './page-server.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const SPA = { client: 'latchkey-spa' };
const IN_PLACE = { allowedConnections: ['google-oauth2', 'github', 'email'], popupOptions: { width: 400, height: 300 }, auth: { redirect: false, responseType: 'token id_token' } };

/** Records each window that is opened, and whether that was during a click. @param {Page} page */
async function watched(page) {
  await page.evaluate(() => {
    const w = /** @type {any} */ (window);
    w.opened = [];
    const { open } = window;
    window.open = (...args) => {
      w.opened.push([String(args[0]), w.isClick === true, args[2]]);
      return open.apply(window, args);
    };
    addEventListener('click', () => {
      w.isClick = true;
      // A timer runs after all listeners of the click, and before anything that they wait for.
      setTimeout(() => { w.isClick = false; });
    }, true);
  });
}

/** @param {Page} page @returns {Promise<any[]>} */
const opened = (page) => page.evaluate(() => /** @type {any} */ (window).opened);

for (const painted of [true, false]) {
  test(`the window opens in the click, empty, and is filled when the address is known (${painted ? 'painted screen' : 'dialog'})`, async () => {
    const { context, page, problems } = await stage.open();
    await context.route('**/authorize?**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>provider</title>' }));
    const go = painted ? await hold(page) : () => {};
    // The file that computes the window's address is slow, too.
    const goSdk = await hold(page, '**/dist/webauth.js*');
    await stage.dialog(page, IN_PLACE, SPA);
    await watched(page);
    const came = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Continue with GitHub' }).click();
    const popup = await came;
    assert.equal(popup.url(), 'about:blank');
    const [[address, isClick, features]] = await opened(page);
    assert.equal(address, '');
    assert.equal(isClick, true, 'while the click is handled');
    assert.match(features, /width=400,height=300/);
    go();
    goSdk();
    await popup.waitForURL(/\/authorize\?.*connection=github/);
    assert.equal(context.pages().length, 2, 'one window');
    await popup.close();
    await controls(page).alert.getByText('The window was closed').waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test('a window that is closed while it is empty is reported as closed', async () => {
  const { context, page } = await stage.open();
  const goSdk = await hold(page, '**/dist/webauth.js*');
  await stage.dialog(page, IN_PLACE, SPA);
  const came = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await (await came).close();
  goSdk();
  await controls(page).alert.getByText('The window was closed').waitFor();
  assert.equal(context.pages().length, 1);
  await context.close();
});

test('the window closes with its login: the page refuses, the dialog closes, a file cannot be loaded', async () => {
  for (const end of ['hook', 'escape', 'file']) {
    const { context, page } = await stage.open();
    if (end === 'file') await page.route('**/dist/webauth.js*', (route) => route.abort());
    const go = end === 'escape' ? await hold(page) : () => {};
    await stage.dialog(page, IN_PLACE, SPA);
    if (end === 'hook') {
      await page.evaluate(() => {
        const options = /** @type {any} */ (window).lock._given.options;
        options.hooks = { loggingIn: () => { throw Object.assign(new Error('no'), { code: 'hook_error', description: 'Members only.' }); } };
      });
    }
    const came = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Continue with Google' }).click();
    const popup = await came;
    if (end === 'escape') {
      await page.bringToFront();
      await page.keyboard.press('Escape');
    }
    if (!popup.isClosed()) await popup.waitForEvent('close');
    go();
    await context.close();
  }
});

test('a window of the last login opens in the click, and closes if the session suffices', async () => {
  const { context, page } = await stage.open({ path: `/?${new URLSearchParams({ kept: 'google-oauth2' })}` });
  await context.route('**/authorize?**', (route) => (route.request().url().includes('prompt=none') ? route.continue() : route.fulfill({ contentType: 'text/html', body: '<title>provider</title>' })));
  await stage.dialog(page, { ...IN_PLACE, rememberLastLogin: true }, SPA);
  await page.locator('.lk-last').waitFor();
  await watched(page);
  const came = page.waitForEvent('popup');
  await page.locator('.lk-last').click();
  const popup = await came;
  assert.equal((await opened(page))[0][1], true);
  await popup.waitForURL(/\/authorize\?.*connection=google-oauth2/);
  assert.equal(context.pages().length, 2);
  await context.close();
});

test('a page whose policy cuts off its windows is reported, and not as a window that the person closed', async () => {
  // The tenant is on another origin than this page, as always.
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/dist/')) {
      fetch(`${stage.url}${request.url}`).then(async (file) => response.writeHead(200, { 'content-type': file.headers.get('content-type') ?? '' }).end(Buffer.from(await file.arrayBuffer())));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html', 'cross-origin-opener-policy': 'same-origin' }).end(PAGE);
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', () => done(undefined)); });
  const url = `http://localhost:${/** @type {any} */ (server.address()).port}`;
  const { context, page } = await stage.open();
  await context.route('**/authorize?**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>provider</title>' }));
  await page.goto(url);
  await stage.dialog(page, IN_PLACE, SPA);
  const came = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await came;
  await page.getByRole('heading', { name: 'Login isn’t available' }).waitFor();
  const [, error] = await page.evaluate(() => /** @type {any} */ (window).heard.find((/** @type {[string, any]} */ [name]) => name === 'authorization_error'));
  assert.equal(error.kind, 'popup_severed');
  assert.match(error.description, /Cross-Origin-Opener-Policy.*same-origin-allow-popups/);
  await handedOver(page);
  await context.close();
  server.closeAllConnections();
  server.close();
});
