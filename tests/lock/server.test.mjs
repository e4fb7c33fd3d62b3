// @ts-check
/**
 * The first screen from a server: it looks and reads like the dialog's own, works without a script, and is
 * replaced by the dialog.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, beforeEach, test } from 'node:test';
import { dist, root } from '../../scripts/lib/paths.mjs';
import { PAGE, strictPolicy } from './page-server.mjs';
import { alike, looksLike, picture } from './panel-pictures.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {{ firstScreen: typeof import('../../crates/lock/js/server.js').firstScreen }} */
const { firstScreen } = await import(pathToFileURL(join(dist, 'lock.server.js')).href);

/** The files of the page's server. @type {Record<string, { type: string, body: string }>} */
const files = {};

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(files); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** Options for a dialog in the page's own container. */
const CONTAINER = { container: 'here', language: 'en' };
const DESK = { width: 520, height: 760 };
/** @param {string} language */
const words = (language) => JSON.parse(readFileSync(join(dist, 'languages', `${language}.json`), 'utf8'));

/**
 * Opens the page of the stage as a server sends it: with the first screen in the container, and the style
 * sheet as a file.
 *
 * @param {Record<string, any>} options
 * @param {Partial<Parameters<typeof firstScreen>[1]> & { policy?: string } & import('playwright-core').BrowserContextOptions} [how]
 */
async function served(options, { action = '/login', fields, words, policy, ...context } = {}) {
  const html = firstScreen({ ...CONTAINER, ...options }, { action, fields, words });
  assert.ok(html);
  const head = `${policy ? `<meta http-equiv="content-security-policy" content="${policy}">` : ''}<link rel="stylesheet" href="/dist/lock.css">`;
  files['/served'] = { type: 'text/html', body: PAGE.replace('<meta', `${head}<meta`).replace('<div id="here">', `<div id="here">${html}`) };
  const opened = await stage.open({ path: '/served', viewport: DESK, reducedMotion: 'reduce', ...context });
  return { ...opened, early: opened.page.locator('.lk--early') };
}

/** The accessibility tree of the container, without empty live regions. @param {Page} page */
const heard = async (page) => (await page.locator('#here').ariaSnapshot()).replace(/^ *- (alert|status)\n?/gm, '').trimEnd();

/** The visible texts, fields and buttons, with their places. @param {Page} page */
const places = (page) => page.locator('#here').evaluate((here) => [...here.querySelectorAll('.lk-logo, h2, p, label, input, button, button span')].map((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1 ? [element.tagName, element.textContent, x, y, width, height].join(' ') : '';
}).filter(Boolean));

/** Options that change the elements of the screen. @type {Record<string, Record<string, any>>} */
const LOOKS = {
  plain: {},
  'with a colour': { theme: { primaryColor: '#0a7d5a' } },
  'with a pale colour': { theme: { primaryColor: 'rgb(255, 212, 0)' } },
  'with other ways': {
    allowedConnections: ['google-oauth2', 'acme', 'email', 'sms'],
    theme: { authButtons: { acme: { displayName: 'Acme', primaryColor: '#b3261e', foregroundColor: '#fff' } } },
  },
  'with social connections alone': { allowedConnections: ['github', 'google-oauth2'] },
  'with terms to tick': { mustAcceptTerms: true },
  'with an arrow, and no title': { theme: { labeledSubmitButton: false, hideMainScreenTitle: true, logo: '' } },
  'with something to say': { flashMessage: { type: 'error', text: 'That address was not accepted. Check it for slips.' } },
  'by link, to a known address': { passwordlessMethod: 'link', prefill: { email: 'nora@example.com' } },
  'in the page’s own words': { languageDictionary: { title: 'Log in to <Acme>', signUpTerms: 'You agree to "everything" & more.' } },
};

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`the screen from the server looks and reads like the dialog that replaces it, ${colorScheme}`, async () => {
    for (const [name, options] of Object.entries(LOOKS)) {
      const { context, page, early, problems } = await served(options, { colorScheme });
      const [looked, read] = [await picture(page), await heard(page)];
      await stage.dialog(page, { ...CONTAINER, ...options }, { show: options.flashMessage && { flashMessage: options.flashMessage } });
      await early.waitFor({ state: 'detached' });
      assert.ok(await looksLike(page, looked), `${name} looks the same`);
      assert.equal(await heard(page), read, `${name} reads the same`);
      assert.deepEqual(problems, [], name);
      await context.close();
    }
  });
}

test('the check finds differences', async () => {
  const { context, page } = await served({});
  const looked = await picture(page);
  await stage.dialog(page, { ...CONTAINER, theme: { primaryColor: '#1f5efa' } });
  assert.ok(!await alike(page, await picture(page), looked));
  await context.close();
});

test('the screen from the server has any language and direction', async () => {
  for (const language of ['ar', 'de', 'zh-tw']) {
    const { context, page, early } = await served({ language }, { words: words(language) });
    const [seen, read] = [await places(page), await heard(page)];
    await stage.dialog(page, { ...CONTAINER, language });
    await early.waitFor({ state: 'detached' });
    assert.ok(seen.length > 5);
    assert.deepEqual(await places(page), seen);
    assert.equal(await heard(page), read);
    assert.equal(await page.locator('.lk').getAttribute('dir'), language === 'ar' ? 'rtl' : 'ltr');
    await context.close();
  }
});

test('the sample’s page contains the screen from the server unchanged', () => {
  const page = readFileSync(join(root, 'www', 'inline.html'), 'utf8');
  assert.ok(page.includes(`<div id="login">${firstScreen({ container: 'login', language: 'en' }, { action: '/login' })}</div>`));
});

test('wrong arguments throw, and a screen that only a browser knows is undefined', () => {
  const form = { action: '/login' };
  assert.equal(firstScreen({ ...CONTAINER, allowedConnections: ['sms', 'email'] }, form), undefined);
  assert.throws(() => firstScreen(/** @type {any} */ ('no options'), form), /first argument must be an `options` object/);
  assert.throws(() => firstScreen({ language: 'de' }, form), /`words` must be/);
  assert.throws(() => firstScreen({ language: 'de' }, { ...form, words: ['1', 'Anmelden'] }), /another version/);
  assert.throws(() => firstScreen({ flashMessage: { type: /** @type {any} */ ('loud'), text: 'x' } }, form), /flashMessage/);
  assert.match(firstScreen({ language: 'cy', languageDictionary: { title: 'Mewngofnodi' } }, form) ?? '', / lang="cy".*>Mewngofnodi</);
});

/** The data that the form posts. The page stays. @param {Page} page @param {() => Promise<void>} act */
async function posted(page, act) {
  await page.route('**/login', (route) => route.fulfill({ status: 204 }));
  const request = page.waitForRequest('**/login');
  await act();
  return Object.fromEntries(new URLSearchParams((await request).postData() ?? ''));
}

test('without a script the form sends the address and the hidden fields', async () => {
  const { context, page } = await served({}, { javaScriptEnabled: false, fields: { token: 'a"b' } });
  await page.getByLabel('E-mail address').fill('nora@example.com');
  assert.deepEqual(await posted(page, () => page.getByRole('button', { name: 'Continue' }).click()), { token: 'a"b', email: 'nora@example.com' });
  await context.close();
});

test('without a script Enter sends the address, and each other button sends its name', async () => {
  const { context, page } = await served({ allowedConnections: ['google-oauth2', 'email', 'sms'] }, { javaScriptEnabled: false });
  const email = page.getByLabel('E-mail address');
  assert.deepEqual(await posted(page, () => page.getByRole('button', { name: 'Continue with Google' }).click()), { email: '', connection: 'google-oauth2' });
  assert.deepEqual(await posted(page, () => page.getByRole('button', { name: 'Use a text message instead' }).click()), { email: '', channel: 'sms' });
  await email.fill('nora@example.com');
  assert.deepEqual(await posted(page, () => email.press('Enter')), { email: 'nora@example.com' });
  await context.close();
});

test('without a script the terms have to be ticked', async () => {
  const { context, page } = await served({ mustAcceptTerms: true }, { javaScriptEnabled: false });
  await page.getByLabel('E-mail address').fill('nora@example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  assert.equal(page.url(), `${stage.url}/served`);
  await page.getByRole('checkbox').check();
  assert.deepEqual(await posted(page, () => page.getByRole('button', { name: 'Continue' }).click()), { email: 'nora@example.com', terms: 'on' });
  await context.close();
});

test('the dialog keeps the typed text, the ticks and the focus', async () => {
  const { context, page, early, problems } = await served({ mustAcceptTerms: true });
  await page.getByRole('checkbox').check();
  await page.getByLabel('E-mail address').pressSequentially('nora@exam');
  // The dialog is opened by a call, not by a button, so that the field keeps the focus.
  await stage.dialog(page, { ...CONTAINER, mustAcceptTerms: true }, { open: false });
  await page.evaluate(() => /** @type {any} */ (window).lock.show());
  await early.waitFor({ state: 'detached' });
  await page.keyboard.type('ple.com');
  assert.equal(await page.locator('.lk [name=email]').inputValue(), 'nora@example.com');
  assert.ok(await page.getByRole('checkbox').isChecked());
  await page.keyboard.press('Enter');
  await page.locator('.lk-code-input').waitFor();
  assert.ok(await stage.code('nora@example.com'));
  assert.deepEqual(problems, []);
  await context.close();
});

test('a dialog leaves the focus where it is when nobody was in the first screen', async () => {
  const { context, page } = await served({ prefill: { email: 'nora@example.com' } });
  await stage.dialog(page, CONTAINER);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'opener');
  assert.equal(await page.locator('.lk [name=email]').inputValue(), 'nora@example.com');
  await context.close();
});

test('a dialog that opens on the code screen replaces the screen from the server, too', async () => {
  const { context, page, early } = await served({});
  await stage.dialog(page, CONTAINER);
  await page.locator('.lk [name=email]').fill('nora@example.com');
  await page.keyboard.press('Enter');
  await page.locator('.lk-code-input').waitFor();
  await page.reload();
  await page.getByLabel('E-mail address').fill('somebody@example.com');
  await stage.dialog(page, CONTAINER);
  await early.waitFor({ state: 'detached' });
  await page.locator('.lk-code-input').waitFor();
  assert.match(await page.locator('.lk-lead').first().innerText(), /nora@example\.com/);
  await context.close();
});

test('the page’s own form is replaced in the same way, and another open dialog stays', async () => {
  const { context, page } = await stage.open();
  await page.evaluate(() => {
    const form = document.createElement('form'), field = Object.assign(document.createElement('input'), { type: 'email' });
    form.append('Your address', field);
    document.getElementById('here')?.append('Just a moment', form);
    field.focus();
  });
  await page.keyboard.type('nora@example.com');
  const seen = await page.evaluate(([domain, callback]) => {
    const w = /** @type {any} */ (window);
    const make = (/** @type {object} */ more) => new w.Auth0LockPasswordless('latchkey-web', domain, { container: 'here', language: 'en', auth: { redirectUrl: callback }, ...more });
    const [one, other] = [make({}), make({ allowedConnections: ['github'] })];
    one.show();
    const field = /** @type {HTMLInputElement} */ (document.querySelector('.lk [name=email]'));
    const first = [field.value, document.activeElement === field];
    other.show();
    const here = /** @type {Element} */ (document.getElementById('here'));
    return [...first, here.querySelectorAll('.lk').length, here.textContent?.includes('Just a moment'), field.value];
  }, [stage.tenant.url, `${stage.url}/callback`]);
  assert.deepEqual(seen, ['nora@example.com', true, 2, false, 'nora@example.com']);
  await context.close();
});

test('under a strict policy the colours apply by their nonce', async () => {
  const policy = `${strictPolicy(stage.tenant.url).replace("style-src 'self'", "style-src 'self' 'nonce-n1'")}`;
  const { context, page, early, problems } = await served({ theme: { primaryColor: '#0a7d5a' }, styleNonce: 'n1' }, { policy });
  const color = (/** @type {string} */ line) => page.locator(line).evaluate((button) => getComputedStyle(button).backgroundColor);
  assert.equal(await color('.lk--early .lk-submit'), 'rgb(10, 125, 90)');
  await stage.dialog(page, { ...CONTAINER, theme: { primaryColor: '#0a7d5a' } });
  await early.waitFor({ state: 'detached' });
  assert.equal(await color('.lk .lk-submit'), 'rgb(10, 125, 90)');
  assert.deepEqual(problems, []);
  await context.close();
});

test('axe finds nothing on the screen from the server', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const [name, options] of Object.entries(LOOKS)) {
      const { context, page } = await served(options, { colorScheme });
      await page.addScriptTag({ url: '/node_modules/axe-core/axe.min.js' });
      const found = await page.evaluate(async () => (await /** @type {any} */ (window).axe.run('.lk')).violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html)}`));
      assert.deepEqual(found, [], `${name}, ${colorScheme}`);
      await context.close();
    }
  }
});
