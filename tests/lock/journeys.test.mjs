// @ts-check
/** Journeys through the dialog, each from the first key to the tenant. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { handedOver } from './file-loading.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** Waits until the tenant has redirected the browser to the callback. @param {Page} page */
const loggedIn = (page) => page.waitForURL(/\/callback\?.*code=/);

/** Waits until the focused element has this name, or a name that begins so. @param {Page} page @param {string} name */
const focusOn = (page, name) => page.waitForFunction((name) => {
  const element = /** @type {HTMLElement} */ (document.activeElement);
  const found = element.getAttribute('aria-label') ?? /** @type {HTMLInputElement} */ (element).labels?.[0]?.innerText ?? element.innerText;
  return found.trim().startsWith(name);
}, name);

test('by keyboard alone: open, slip, mend, send, go back, come again, wrong code, right code', async () => {
  const { context, page, problems } = await stage.open();
  await stage.dialog(page, { mustAcceptTerms: true, allowedConnections: ['email', 'sms'] }, { open: false });
  const press = (/** @type {string} */ key) => page.keyboard.press(key);
  await press('Tab');
  await press('Enter');
  await controls(page).email.waitFor();
  await focusOn(page, 'E-mail address');
  await page.keyboard.type('keys@example.con');
  await press('Tab');
  await focusOn(page, 'By continuing you agree');
  await press('Space');
  await press('Tab');
  await focusOn(page, 'Continue');
  await handedOver(page);
  await press('Enter');
  await controls(page).dialog.getByText('Did you mean').waitFor();
  await focusOn(page, 'E-mail address');
  await press('Tab');
  await focusOn(page, 'keys@example.com');
  await press('Enter');
  await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.activeElement).value === 'keys@example.com');
  await press('Enter');
  await controls(page).code.waitFor();
  await page.waitForFunction(() => document.activeElement?.id.endsWith('-code'));
  const code = await stage.code('keys@example.com');
  await press('Shift+Tab');
  await press('Shift+Tab');
  await focusOn(page, 'Back');
  await press('Space');
  await controls(page).email.waitFor();
  assert.equal(await controls(page).email.inputValue(), 'keys@example.com', 'the typed text is kept');
  await page.waitForFunction(() => document.activeElement?.id.endsWith('-email'));
  await press('Enter');
  await page.waitForFunction(() => document.activeElement?.id.endsWith('-code'));
  await page.keyboard.type(code === '123456' ? '654321' : '123456');
  await controls(page).alert.getByText('2 tries left').waitFor();
  await page.keyboard.type(code);
  await loggedIn(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test('Tab stays in the dialog, Escape closes from a field, and the focus is back at the opener', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page);
  const seen = new Set();
  for (let presses = 0; presses < 8; presses++) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(() => (document.activeElement === document.body ? 'browser' : document.activeElement?.closest('.lk') ? 'dialog' : 'page')));
  }
  assert.ok(!seen.has('page'), 'the page behind is inert');
  await controls(page).email.focus();
  await page.keyboard.press('Escape');
  await controls(page).dialog.waitFor({ state: 'hidden' });
  await focusOn(page, 'Log in');
  assert.deepEqual((await stage.heard(page)).slice(-2), ['cancelled', 'hide']);
  await context.close();
});

test('by text message: country from the browser, number cleaned, code from the outbox', async () => {
  const { context, page, problems } = await stage.open({ locale: 'de-DE' });
  await stage.dialog(page, { allowedConnections: ['sms'], language: 'en' });
  const { country, phone, code, submit } = controls(page);
  assert.equal(await country.inputValue(), 'DE');
  await phone.fill('0151 234-567 89');
  const request = page.waitForRequest('**/passwordless/start');
  await submit.click();
  const { connection, phone_number: number, send } = (await request).postDataJSON();
  assert.deepEqual({ connection, number, send }, { connection: 'sms', number: '+4915123456789', send: 'code' });
  await code.fill(await stage.code('+4915123456789'));
  await loggedIn(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a showing that offers text messages for the first time knows the country too', async () => {
  const { context, page } = await stage.open({ locale: 'de-DE' });
  await stage.dialog(page, { language: 'en' }, { show: { allowedConnections: ['sms'] } });
  assert.equal(await controls(page).country.inputValue(), 'DE');
  await context.close();
});

test('all countries are listed by name, and typing in the list finds one', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { allowedConnections: ['sms'] });
  const { country } = controls(page);
  const names = (await country.locator('option').allInnerTexts()).map((text) => text.replace(/ \S+$/, ''));
  assert.equal(names.length, 245);
  assert.deepEqual([...names].sort((one, other) => one.localeCompare(other, 'en')), names);
  await country.focus();
  await page.keyboard.type('Jap');
  assert.equal(await country.inputValue(), 'JP');
  await context.close();
});

test('by link: the link in the mail logs in', async () => {
  const { context, page, problems } = await stage.open();
  await stage.dialog(page, { passwordlessMethod: 'link' });
  const { email, submit, resend } = controls(page);
  await email.fill('link@gmail.com');
  await submit.click();
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Open Gmail' }).getAttribute('href'), 'https://mail.google.com/mail/');
  assert.equal(await page.getByRole('link', { name: 'Open Gmail' }).getAttribute('rel'), 'noopener noreferrer');
  assert.equal(await resend.getAttribute('aria-disabled'), 'true');
  assert.ok((await stage.heard(page)).includes('link sent'));
  const [mail] = await stage.control('GET', 'outbox?to=link@gmail.com&wait=5');
  await page.goto(mail.link);
  await loggedIn(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test('the link pane keeps the dialog and the focus (Lock throws, and drops both)', async () => {
  const { context, page, problems } = await stage.open();
  await stage.dialog(page, { passwordlessMethod: 'link', autofocus: true });
  await controls(page).email.fill('pane@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Check your mail');
  assert.deepEqual(problems, []);
  await context.close();
});

test('a social button goes to /authorize with its connection and scopes, terms first', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { mustAcceptTerms: true, allowedConnections: ['google-oauth2', 'email'], auth: { connectionScopes: { 'google-oauth2': ['a', 'b'] } } });
  const button = page.getByRole('button', { name: 'Continue with Google' });
  await button.click();
  await controls(page).dialog.getByText('Tick this box').waitFor();
  assert.ok(!(await stage.heard(page)).includes('federated login'));
  await page.getByRole('checkbox').check();
  const request = page.waitForRequest('**/authorize?**');
  await button.click();
  const { searchParams } = new URL((await request).url());
  assert.equal(searchParams.get('connection'), 'google-oauth2');
  assert.equal(searchParams.get('connection_scope'), 'a,b');
  assert.equal(searchParams.get('response_type'), 'code');
  assert.ok(searchParams.get('state'));
  await context.close();
});

test('a reload restores the code screen with its countdown, and the earlier code works', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page);
  await controls(page).email.fill('reload@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  await page.keyboard.type('12');
  await controls(page).resend.filter({ hasText: /in 0:2\d/ }).waitFor();
  await page.reload();
  await stage.dialog(page);
  const { code, dialog, resend } = controls(page);
  await code.waitFor();
  await dialog.getByText('reload@example.com', { exact: true }).waitFor();
  assert.match(await resend.innerText(), /in 0:2\d/);
  assert.equal(await code.inputValue(), '', 'the code itself is not stored');
  await code.fill(await stage.code('reload@example.com'));
  await loggedIn(page);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0, 'the stored data is removed');
  await context.close();
});

test('a reload restores the link screen and its link to the mail', async () => {
  const { context, page } = await stage.open();
  // The link was sent long ago, so no countdown is shown.
  await page.evaluate((key) => sessionStorage.setItem(key, `link\nnora@gmail.com\n${Date.now() - 100_000}\n0\n\n0`), `latchkey-lock/${stage.tenant.url}/latchkey-web`);
  await stage.dialog(page, { passwordlessMethod: 'link' });
  assert.equal(await page.getByRole('link', { name: 'Open Gmail' }).getAttribute('href'), 'https://mail.google.com/mail/');
  await context.close();
});

test('a login in another tab is shown and closes a hidden dialog; a code sent there is shown', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page);
  await controls(page).email.fill('tabs@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  const other = await context.newPage();
  await other.goto(stage.url);
  await stage.dialog(other);
  await controls(other).email.fill('tabs@example.com');
  await other.keyboard.press('Enter');
  await controls(page).alert.getByText('A newer code was sent').waitFor();
  await controls(other).code.fill(await stage.code('tabs@example.com', 1));
  await loggedIn(other);
  await controls(page).status.getByText('You logged in in another tab.').waitFor({ state: 'attached' });
  assert.ok((await stage.heard(page)).includes('signed in elsewhere'));
  // A visible dialog stays open until the person closes it.
  await controls(page).close.click();
  await controls(page).dialog.waitFor({ state: 'detached' });
  // The tab in the background is hidden.
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true });
    sessionStorage.clear();
    const w = /** @type {any} */ (window);
    w.heard.length = 0;
    w.lock.show();
  });
  await handedOver(page);
  await page.evaluate((domain) => new BroadcastChannel(`latchkey-lock/${domain}/latchkey-web`).postMessage('signed in'), stage.tenant.url);
  await controls(page).dialog.waitFor({ state: 'detached' });
  assert.deepEqual((await stage.heard(page)).slice(-2), ['signed in elsewhere', 'hide']);
  await context.close();
});

test('the end of a code is announced half a minute before', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { codeLifetime: 32 });
  await controls(page).email.fill('slow@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  assert.match(await controls(page).status.innerText(), /was sent/);
  await controls(page).status.getByText('Valid for 0:30').waitFor({ state: 'attached' });
  await page.keyboard.type('12');
  assert.equal(await controls(page).status.innerText(), 'Valid for 0:30', 'the end is announced once');
  await context.close();
});

test('by a link that is opened on another device: a code instead', async () => {
  const { context, page, problems } = await stage.open();
  await stage.dialog(page, { passwordlessMethod: 'link', offerCode: true, resendCoolDown: 1 });
  await controls(page).email.fill('elsewhere@example.com');
  await page.keyboard.press('Enter');
  const instead = page.getByRole('button', { name: 'Use a code instead' });
  assert.equal(await instead.getAttribute('aria-disabled'), 'true', 'a link was sent just now');
  await page.locator('.lk-link[aria-disabled=false]', { hasText: 'Use a code instead' }).press('Enter');
  await controls(page).code.fill(await stage.code('elsewhere@example.com', 1));
  await loggedIn(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test('back from the tenant’s page, which the browser loads anew, the dialog asks for the address, not for the code that was used', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page);
  await page.route('**/authorize?**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>tenant</title>' }));
  await controls(page).email.fill('back@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code('back@example.com'));
  await page.waitForURL('**/authorize?**');
  await page.goBack();
  // Playwright turns the back/forward cache off. `history.test.mjs` has the same with the cache.
  assert.equal(await page.evaluate(() => 'lock' in window), false);
  await stage.dialog(page);
  await controls(page).email.waitFor();
  assert.equal(await controls(page).code.count(), 0);
  await context.close();
});

test('codes in all shapes: pasted mails, full-width and Arabic digits, groups', async () => {
  const { context, page } = await stage.open();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const paste = async (/** @type {string} */ text) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.keyboard.press('Control+V');
  };
  await stage.dialog(page, { autoSubmit: false });
  await controls(page).email.fill('shapes@example.com');
  await page.keyboard.press('Enter');
  const { code } = controls(page);
  await code.waitFor();
  for (const text of ['Your code is 123-456', '１２３４５６', '١٢٣٤٥٦', '123 456', 'Order 4711: use 123–456 now']) {
    await code.fill('99');
    await paste(text);
    assert.equal(await code.inputValue(), '123456', text);
  }
  // A part of a code is inserted at the caret, or replaces the selection.
  await code.fill('1256');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await paste('34');
  assert.equal(await code.inputValue(), '123456');
  await page.keyboard.press('Shift+Home');
  await paste('77');
  assert.equal(await code.inputValue(), '7756');
  await page.evaluate(() => new Promise((turn) => { setTimeout(turn); }));
  assert.ok(!(await stage.heard(page)).includes('vcode submit'), '`autoSubmit: false` leaves it to the person');
  await context.close();
});

test('the language of the browser, of the option, of the mail; the page’s texts override', async () => {
  const { context, page, problems } = await stage.open({ locale: 'pt-BR' });
  await stage.dialog(page, { languageDictionary: { title: 'Entre na Loja' } });
  await page.getByRole('heading', { name: 'Entre na Loja' }).waitFor();
  assert.equal(await page.locator('.lk').getAttribute('lang'), 'pt-BR');
  const request = page.waitForRequest('**/passwordless/start');
  await page.locator('.lk [name=email]').fill('fala@example.com');
  await page.keyboard.press('Enter');
  assert.equal(await (await request).headerValue('x-request-language'), 'pt-BR');
  await page.evaluate(() => /** @type {any} */ (window).lock.hide());
  await page.evaluate(() => { sessionStorage.clear(); /** @type {any} */ (window).lock.show({ language: 'ua', languageDictionary: {} }); });
  await page.locator('.lk[lang=uk]').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a missing language leaves English, and one warning', async () => {
  const { context, page, problems } = await stage.open();
  await stage.dialog(page, { language: 'tlh' });
  await controls(page).email.waitFor();
  assert.equal(problems.length, 1);
  assert.match(problems[0], /no words for the language `tlh`/);
  await context.close();
});

test('a language file that does not load leaves English after a moment', async () => {
  const { context, page } = await stage.open({ locale: 'de-DE' });
  await page.route('**/languages/de.json', () => {});
  await stage.dialog(page);
  await controls(page).email.waitFor({ timeout: 15_000 });
  await context.close();
});

test('plurals and durations are the language’s own', async () => {
  const { context, page } = await stage.open({ locale: 'pl' });
  await stage.dialog(page);
  await page.locator('.lk[lang=pl] [name=email]').fill('pl@example.com');
  await page.keyboard.press('Enter');
  const code = page.locator('.lk-code-input');
  await code.fill(await stage.code('pl@example.com') === '000000' ? '111111' : '000000');
  await controls(page).alert.getByText('Pozostały 2 próby').waitFor();
  await page.route('**/co/authenticate', (route) => route.fulfill({
    status: 429, json: { error: 'too_many_requests' },
    headers: { 'retry-after': '720', 'access-control-expose-headers': 'Retry-After', 'access-control-allow-origin': stage.url, 'access-control-allow-credentials': 'true' },
  }));
  await code.fill('222222');
  await controls(page).alert.getByText('12 minut').waitFor();
  await context.close();
});
