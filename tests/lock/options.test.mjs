// @ts-check
/** Options of Lock that need a page to be tested. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { failToLoad } from './file-loading.mjs';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

test('`autofocus`: by default true over a page that is wide enough and false in a container; otherwise as set', async () => {
  for (const [width, options, focused] of /** @type {[number, Record<string, any>, boolean][]} */ ([
    [800, {}, true], [360, {}, false], [360, { autofocus: true }, true], [800, { autofocus: false }, false], [800, { container: 'here' }, false], [800, { container: 'here', autofocus: true }, true],
  ])) {
    const { context, page } = await stage.open({ viewport: { width, height: 640 } });
    await stage.dialog(page, options);
    await controls(page).email.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.matches('.lk [name=email]')), focused, `${width} ${JSON.stringify(options)}`);
    await context.close();
  }
});

test('`scrollGlobalMessagesIntoView`: an error is scrolled into view, unless it is false', async () => {
  for (const [scrollGlobalMessagesIntoView, isSeen] of /** @type {const} */ ([[undefined, true], [true, true], [false, false]])) {
    const { context, page } = await stage.open({ viewport: { width: 800, height: 300 } });
    await stage.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 500, body: {} });
    let go = () => {};
    await page.route('**/passwordless/start', async (route) => { await new Promise((done) => { go = () => done(undefined); }); await route.continue(); });
    await stage.dialog(page, { container: 'here', ...scrollGlobalMessagesIntoView !== undefined && { scrollGlobalMessagesIntoView } });
    await page.addStyleTag({ content: 'body { padding-block-end: 2000px }' });
    const asked = page.waitForRequest('**/passwordless/start');
    await controls(page).email.fill('scroll@example.com');
    await page.keyboard.press('Enter');
    await asked;
    await page.evaluate(() => { /** @type {HTMLElement} */ (document.activeElement).blur(); scrollTo(0, 1500); });
    // The focus would go back to the field, which scrolls too.
    await page.evaluate(() => { HTMLElement.prototype.focus = () => {}; });
    go();
    await page.waitForFunction(() => /** @type {any} */ (window).heard.some((/** @type {any[]} */ [name]) => name === 'authorization_error'));
    const { top, bottom } = await page.locator('.lk-note').evaluate((note) => { const { top, bottom } = note.getBoundingClientRect(); return { top, bottom }; });
    // Browsers scroll by whole pixels of the device, but lines of text end between pixels.
    assert.equal(top > -1 && bottom < 301, isSeen, `${scrollGlobalMessagesIntoView}: ${top}`);
    await context.close();
  }
});

test('`allowAutocomplete` can be set for one showing', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, {}, { show: { allowAutocomplete: false } });
  assert.equal(await controls(page).email.getAttribute('autocomplete'), 'off');
  await page.evaluate(() => { const { lock } = /** @type {any} */ (window); lock.hide(); lock.show(); });
  assert.equal(await controls(page).email.getAttribute('autocomplete'), 'email');
  await context.close();
});

test('`allowAutocomplete: false` applies to the address; browsers may always fill in a code', async () => {
  for (const [allowAutocomplete, expected] of /** @type {const} */ ([[undefined, 'email'], [true, 'email'], [false, 'off']])) {
    const { context, page } = await stage.open();
    await stage.dialog(page, allowAutocomplete === undefined ? {} : { allowAutocomplete });
    assert.equal(await controls(page).email.getAttribute('autocomplete'), expected);
    await controls(page).email.fill('fill@example.com');
    await page.keyboard.press('Enter');
    assert.equal(await controls(page).code.getAttribute('autocomplete'), 'one-time-code');
    await context.close();
  }
});

test('`theme`: the page’s logo, no logo, a logo that does not load; social buttons with the page’s names and colours', async () => {
  const logo = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>';
  for (const [address, images, marks] of /** @type {[string | undefined, number, number][]} */ ([[undefined, 0, 1], ['', 0, 0], [logo, 1, 0], ['data:,none', 0, 0]])) {
    const { context, page } = await stage.open();
    await stage.dialog(page, { allowedConnections: ['acme', 'email'], theme: { ...address !== undefined && { logo: address }, authButtons: { acme: { displayName: 'Acme & Co', primaryColor: 'rgb(1, 2, 3)', foregroundColor: 'rgb(250, 251, 252)' } } } });
    await controls(page).email.waitFor();
    await page.waitForFunction((images) => [...document.querySelectorAll('.lk-logo--image')].filter((image) => image.getClientRects().length > 0).length === images, images);
    assert.equal(await page.locator('.lk-logo--mark').count(), marks);
    const badge = page.getByRole('button', { name: 'Continue with Acme & Co' }).locator('.lk-badge');
    assert.deepEqual(await badge.evaluate((element) => { const { color, backgroundColor } = getComputedStyle(element); return [color, backgroundColor]; }), ['rgb(250, 251, 252)', 'rgb(1, 2, 3)']);
    await context.close();
  }
});

test('without `auth` a login requests a token and the default scopes, and returns to the page', async () => {
  const { context, page } = await stage.open({ path: '/?a=1#b' });
  await page.evaluate(({ domain }) => { const w = /** @type {any} */ (window); w.lock = new w.Auth0LockPasswordless('latchkey-spa', domain, { allowedConnections: ['acme'] }); w.lock.show(); }, { domain: stage.tenant.url });
  const left = page.waitForRequest('**/authorize?**');
  await page.getByRole('button', { name: 'Continue with Acme' }).click();
  const { searchParams } = new URL((await left).url());
  assert.deepEqual(['response_type', 'scope', 'redirect_uri', 'connection'].map((name) => searchParams.get(name)), ['token', 'openid profile email', `${stage.url}/`, 'acme']);
  await context.close();
});

test('`disableWarnings` turns off the warnings on the console', async () => {
  for (const disableWarnings of [false, true]) {
    const { context, page, problems } = await stage.open();
    await failToLoad(page);
    await stage.dialog(page, { disableWarnings, connectionResolver: true, plugins: [1], language: 'tlh' });
    await controls(page).email.fill('quiet@example.com');
    await page.keyboard.press('Enter');
    await controls(page).alert.getByText('can’t be reached').waitFor();
    assert.equal(problems.length === 0, disableWarnings, problems.join('\n'));
    await context.close();
  }
});
