// @ts-check
/** The places of a dialog and its colours: shadow roots, restored pages, the page's own switch to dark. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { handedOver, hold } from './file-loading.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A page that loads the script on demand. */
const LATE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Late</title><link rel="icon" href="data:,"></head><body><main><latchkey-lock></latchkey-lock></main></body></html>';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage({ '/late': { type: 'text/html', body: LATE } }); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** Adds a shadow root with a place for the dialog. @param {Page} page @param {'open' | 'closed'} mode */
const shadowed = (page, mode) => page.evaluate((mode) => {
  const w = /** @type {any} */ (window);
  const root = /** @type {Element} */ (document.getElementById('here')).attachShadow({ mode });
  w.inside = document.createElement('div');
  w.inside.id = 'inside';
  root.append(w.inside);
}, mode);

test('options set before the element was defined are used', async () => {
  const { context, page } = await stage.open({ path: '/late' });
  await page.evaluate((domain) => {
    const element = /** @type {any} */ (document.querySelector('latchkey-lock'));
    element.setAttribute('client-id', 'latchkey-web');
    element.setAttribute('domain', domain);
    element.options = { prefill: { email: 'early@example.com' }, allowedConnections: ['email', 'sms'] };
  }, stage.tenant.url);
  await page.addScriptTag({ url: '/dist/lock.min.js' });
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('latchkey-lock')).lock?._dialog);
  await controls(page).email.waitFor();
  assert.equal(await controls(page).email.inputValue(), 'early@example.com');
  await page.getByRole('button', { name: 'Use a text message instead' }).waitFor();
  await context.close();
});

/** How pages name a place in a shadow root. @type {Record<string, ['open' | 'closed', (page: Page) => Promise<unknown>]>} */
const PLACES = {
  'by its id': ['open', (page) => page.evaluate(() => { /** @type {any} */ (window).container = 'inside'; })],
  'as an element': ['open', (page) => page.evaluate(() => { const w = /** @type {any} */ (window); w.container = w.inside; })],
  'as an element, closed': ['closed', (page) => page.evaluate(() => { const w = /** @type {any} */ (window); w.container = w.inside; })],
};

for (const [how, [mode, name]] of Object.entries(PLACES)) {
  for (const painted of [true, false]) {
    test(`a container in a shadow root, ${how}: opens, with its styles, and logs in (${painted ? 'slow' : 'quick'})`, async () => {
      const { context, page, problems } = await stage.open();
      const go = painted ? await hold(page) : () => {};
      await shadowed(page, mode);
      await name(page);
      await page.evaluate(({ domain, callback }) => {
        const w = /** @type {any} */ (window);
        w.lock = new w.Auth0LockPasswordless('latchkey-web', domain, { container: w.container, autofocus: true, autoSubmit: false, auth: { redirectUrl: callback } });
        w.lock.show();
      }, { domain: stage.tenant.url, callback: `${stage.url}/callback` });
      // Playwright cannot see into a closed root, so the test types where the focus is.
      const inside = (/** @type {string} */ selector) => page.evaluate((selector) => {
        const found = /** @type {any} */ (window).inside.querySelector(selector);
        return found && { color: getComputedStyle(found).backgroundColor, value: found.value };
      }, selector);
      await page.waitForFunction(() => /** @type {any} */ (window).inside.querySelector('[name=email]'));
      assert.equal((await inside('.lk-submit'))?.color, 'rgb(31, 94, 255)');
      await page.keyboard.type('nora@');
      go();
      await handedOver(page);
      await page.keyboard.type('example.com');
      assert.equal((await inside('[name=email]'))?.value, 'nora@example.com');
      assert.equal((await inside('.lk-submit'))?.color, 'rgb(31, 94, 255)');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => /** @type {any} */ (window).inside.querySelector('[name=code]'));
      await page.evaluate(() => /** @type {any} */ (window).lock.hide());
      await page.waitForFunction(() => !(/** @type {any} */ (window).inside.querySelector('.lk')));
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).inside.getRootNode().adoptedStyleSheets.length), 0, 'the style sheet is removed');
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
}

test('the element inside a shadow root shows the dialog in its place', async () => {
  const { context, page, problems } = await stage.open();
  await page.evaluate((domain) => {
    const root = /** @type {Element} */ (document.getElementById('here')).attachShadow({ mode: 'open' });
    root.innerHTML = '<latchkey-lock client-id="latchkey-web"></latchkey-lock>'.replace('>', ` domain="${domain}">`);
  }, stage.tenant.url);
  await controls(page).email.waitFor();
  assert.equal(await page.locator('.lk-submit').evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(31, 94, 255)');
  assert.deepEqual(problems, []);
  await context.close();
});

test('a browser without constructable style sheets has the styles in a shadow root, too', async () => {
  const { context, page } = await stage.open();
  await page.addInitScript(() => { /** @type {any} */ (window).CSSStyleSheet = class { constructor() { throw new TypeError('Illegal constructor'); } }; });
  await page.reload();
  await shadowed(page, 'open');
  await stage.dialog(page, { container: 'inside' });
  assert.equal(await page.locator('.lk-submit').evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(31, 94, 255)');
  await page.evaluate(() => /** @type {any} */ (window).lock.hide());
  await page.waitForFunction(() => !(/** @type {any} */ (window).inside.getRootNode().querySelector('style')));
  await context.close();
});

/** Ways in which libraries keep a page and restore it. @type {Record<string, () => void>} */
const KEEPERS = {
  'a body that is cloned (Turbo)': () => {
    const copy = document.body.cloneNode(true);
    document.body.replaceWith(copy);
  },
  'HTML that is kept as a text (htmx)': () => {
    const html = document.body.innerHTML;
    document.body.innerHTML = html;
  },
  'a snapshot that comes back later': () => {
    const copy = document.body.cloneNode(true);
    /** @type {any} */ (window).lock.hide();
    document.body.replaceWith(copy);
  },
};

for (const [keeper, keep] of Object.entries(KEEPERS)) {
  for (const painted of [true, false]) {
    test(`${keeper}: an open dialog leaves no copy over the page, and opens again (${painted ? 'painted' : 'dialog'})`, async () => {
      const { context, page, problems } = await stage.open();
      const go = painted ? await hold(page) : () => {};
      await stage.dialog(page);
      await controls(page).email.waitFor();
      await page.evaluate(keep);
      await page.waitForFunction(() => !document.querySelector('.lk'));
      await page.evaluate(() => /** @type {any} */ (window).lock.show());
      await controls(page).email.waitFor();
      assert.equal(await page.locator('.lk').count(), 1);
      go();
      await handedOver(page);
      await controls(page).email.fill('nora@example.com');
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
}

test('a restored copy in a container is replaced by the dialog that opens there', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { container: 'here' });
  await page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    document.body.replaceWith(copy);
  });
  await page.evaluate(() => /** @type {any} */ (window).lock.show());
  await page.waitForFunction(() => document.querySelectorAll('#here .lk').length === 1 && !(/** @type {any} */ (window).lock._painted));
  await controls(page).email.fill('nora@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  await context.close();
});

/** The panel's colour. It is read in one go, because the dialog may take the painted panel's place meanwhile. @param {Page} page */
const surface = (page) => page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('.lk-panel'))).backgroundColor);
const LIGHT = 'rgb(255, 255, 255)';
const DARK = 'rgb(23, 27, 35)';

test('show() may change every option of the theme', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { theme: { primaryColor: '#0a7d5a' } }, { open: false });
  for (const [theme, check] of /** @type {[any, () => Promise<boolean>][]} */ ([
    [{ scheme: 'dark' }, async () => (await surface(page)) === DARK],
    [{ scheme: 'light', labeledSubmitButton: false }, async () => (await page.locator('.lk-submit--arrow').count()) === 1],
    [{ hideMainScreenTitle: true }, async () => (await page.locator('.lk-head--hidden').count()) === 1],
    [{ logo: '' }, async () => (await page.locator('.lk-logo').count()) === 0],
  ])) {
    await page.evaluate((theme) => /** @type {any} */ (window).lock.show({ theme }), theme);
    await controls(page).email.waitFor();
    assert.ok(await check(), JSON.stringify(theme));
    await handedOver(page);
    assert.ok(await check(), JSON.stringify(theme));
    await page.evaluate(() => /** @type {any} */ (window).lock.hide());
    await page.waitForFunction(() => !document.querySelector('.lk'));
  }
  await context.close();
});

/** Ways in which pages switch to dark and back. @type {Record<string, [to: () => void, back: () => void]>} */
const SWITCHES = {
  'by color-scheme': [() => { document.documentElement.style.colorScheme = 'dark'; }, () => { document.documentElement.style.colorScheme = 'light'; }],
  'by a class': [() => document.documentElement.classList.add('night'), () => document.documentElement.classList.remove('night')],
  'by an attribute of the body': [() => { document.body.dataset.theme = 'night'; }, () => { delete document.body.dataset.theme; }],
  'by show()': [() => /** @type {any} */ (window).lock.show({ theme: { scheme: 'dark' } }), () => /** @type {any} */ (window).lock.show({ theme: { scheme: 'light' } })],
  'on the dialog itself': [() => { /** @type {HTMLElement} */ (document.querySelector('.lk')).dataset.scheme = 'dark'; }, () => { /** @type {HTMLElement} */ (document.querySelector('.lk')).dataset.scheme = 'light'; }],
};

for (const [how, [toDark, toLight]] of Object.entries(SWITCHES)) {
  for (const painted of [true, false]) {
    test(`the page's own dark switch works while the dialog is open, ${how} (${painted ? 'painted' : 'dialog'})`, async () => {
      const { context, page } = await stage.open({ colorScheme: 'light' });
      await page.addStyleTag({ content: '.night, [data-theme=night] { color-scheme: dark }' });
      const go = painted ? await hold(page) : () => {};
      await stage.dialog(page, { theme: { primaryColor: '#1b3a5c' } });
      await controls(page).email.waitFor();
      assert.equal(await surface(page), LIGHT);
      const accent = () => page.locator('.lk').evaluate((root) => /** @type {HTMLElement} */ (root).style.getPropertyValue('--lk-accent'));
      assert.equal(await accent(), 'var(--lk-primary)');
      await page.evaluate(toDark);
      await page.waitForFunction((dark) => getComputedStyle(/** @type {Element} */ (document.querySelector('.lk-panel'))).backgroundColor === dark, DARK);
      await page.waitForFunction(() => /** @type {HTMLElement} */ (document.querySelector('.lk')).style.getPropertyValue('--lk-accent') === 'var(--lk-text)');
      if (painted) {
        go();
        await handedOver(page);
        if (how !== 'on the dialog itself') assert.equal(await surface(page), DARK, 'after the handover');
      }
      await page.evaluate(toLight);
      await page.waitForFunction((light) => getComputedStyle(/** @type {Element} */ (document.querySelector('.lk-panel'))).backgroundColor === light, LIGHT);
      await context.close();
    });
  }
}

test('without a scheme of the page the dialog follows the browser', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const { context, page } = await stage.open({ colorScheme });
    await stage.dialog(page);
    assert.equal(await page.locator('.lk').getAttribute('data-scheme'), 'auto');
    assert.equal(await surface(page), colorScheme === 'dark' ? DARK : LIGHT);
    await context.close();
  }
});

test('a language file that cannot be loaded causes a warning with its address and the option to set', async () => {
  const { context, page, problems } = await stage.open();
  await page.route('**/nowhere/**', (route) => route.fulfill({ status: 404 }));
  await stage.dialog(page, { language: 'de', languageBaseUrl: `${stage.url}/nowhere` });
  await handedOver(page);
  await page.waitForTimeout(200);
  const warnings = problems.filter((problem) => problem.includes('language'));
  assert.equal(warnings.length, 1, problems.join('\n'));
  assert.match(warnings[0], /\/nowhere\/languages\/de\.json/);
  assert.match(warnings[0], /`languageBaseUrl`/);
  await context.close();
});

test('providers that Lock knows have their own marks, whose places the painted screen keeps; the page’s own look wins', async () => {
  const { context, page, problems } = await stage.open({ reducedMotion: 'reduce' });
  const go = await hold(page);
  const icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";
  await stage.dialog(page, { allowedConnections: ['google-oauth2', 'github', 'windowslive', 'acme', 'apple', 'email'], theme: { authButtons: { apple: { icon } } } });
  const badges = () => page.locator('.lk-social .lk-badge').evaluateAll((all) => all.map((badge) => {
    const { width, height, x, y } = badge.getBoundingClientRect();
    return { place: [width, height, x, y], is: badge.localName === 'img' ? 'image' : badge.querySelector('path')?.getAttribute('d') ?? badge.textContent };
  }));
  const before = await badges();
  assert.deepEqual(before.map(({ is }) => is), ['', '', '', 'A', 'image']);
  go();
  await handedOver(page);
  const after = await badges();
  assert.deepEqual(after.map(({ place }) => place), before.map(({ place }) => place));
  const marks = after.slice(0, 3).map(({ is }) => is);
  assert.ok(marks.every((mark) => mark && mark.length > 20));
  assert.equal(new Set(marks).size, 3);
  assert.deepEqual(after.slice(3).map(({ is }) => is), ['A', 'image']);
  assert.deepEqual(problems, []);
  await context.close();
});
