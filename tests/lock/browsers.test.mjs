// @ts-check
/** Browsers that lack a feature or block it: the dialog works without it, or shows what is missing. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A page in a sandboxed frame, which has no storage. */
const SANDBOX = '<!doctype html><title>Around</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts allow-forms" src="/" style="width:900px;height:700px"></iframe>';

/** A page whose policy allows only styles with its nonce. */
const NONCE = `<!doctype html><meta http-equiv="Content-Security-Policy" content="style-src 'nonce-abc'"><title>Strict</title><link rel="icon" href="data:,"><button id="opener">Log in</button><script src="/dist/lock.min.js"></script>`;

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage({ '/sandbox': { type: 'text/html', body: SANDBOX }, '/nonce': { type: 'text/html', body: NONCE } }); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** @param {Page} page */
const loggedIn = (page) => page.waitForURL(/\/callback\?.*code=/);

/** Scripts that remove a feature before the page's scripts run. @type {Record<string, string>} */
const WITHOUT = {
  'no storage for the tab': "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } })",
  'a full storage': "Storage.prototype.setItem = () => { throw new DOMException('Full.', 'QuotaExceededError'); }",
  'no BroadcastChannel': 'delete window.BroadcastChannel',
  'a BroadcastChannel that is refused': "window.BroadcastChannel = class { constructor() { throw new DOMException('No.', 'SecurityError'); } }",
  'no Intl.DisplayNames, Intl.Locale, Intl.PluralRules': 'for (const name of ["DisplayNames", "Locale", "PluralRules"]) delete Intl[name]',
  'no Intl': 'delete window.Intl',
  'no constructable style sheets': "window.CSSStyleSheet = class { constructor() { throw new TypeError('Illegal constructor'); } }",
  'no adopted style sheets': 'delete Document.prototype.adoptedStyleSheets; delete CSSStyleSheet.prototype.replaceSync',
  'no visual viewport': 'delete window.visualViewport',
  'no AbortSignal.timeout and any': 'delete AbortSignal.timeout; delete AbortSignal.any',
  'no matchMedia': 'delete window.matchMedia',
  'no modal dialogs': 'delete HTMLDialogElement.prototype.showModal',
  'no dialog element at all': 'for (const method of ["showModal", "show", "close"]) delete HTMLDialogElement.prototype[method]; delete window.HTMLDialogElement',
};

for (const [name, code] of Object.entries(WITHOUT)) {
  test(`${name}: a login by code and by text message, to the end`, async () => {
    const { context, page, problems } = await stage.open({ path: '/callback' });
    await page.addInitScript(code);
    await page.goto(stage.url);
    await stage.dialog(page, { allowedConnections: ['sms', 'email'], theme: { primaryColor: '#0a7' } });
    assert.ok((await controls(page).country.locator('option').count()) > 200);
    const { position, backgroundColor } = await page.locator('.lk-submit').evaluate((button) => ({ position: getComputedStyle(/** @type {Element} */ (button.closest('.lk'))).position, backgroundColor: getComputedStyle(button).backgroundColor }));
    assert.deepEqual([position, backgroundColor], ['fixed', 'rgb(0, 170, 119)'], 'styled');
    await page.getByRole('button', { name: 'Use e-mail instead' }).click();
    await page.waitForFunction(() => document.activeElement?.id.endsWith('-email'));
    await page.keyboard.type('old@example.com');
    await page.keyboard.press('Enter');
    await controls(page).code.waitFor();
    const right = await stage.code('old@example.com');
    await page.keyboard.type(right === '111111' ? '222222' : '111111');
    await controls(page).alert.getByText('2 tries left').waitFor();
    await page.keyboard.type(right);
    await loggedIn(page);
    assert.deepEqual(problems, []);
    await context.close();
  });
}

/** The attributes of the page's own elements, and the focused element. @param {Page} page */
const around = (page) => page.evaluate(() => ({
  page: [...document.querySelectorAll('body > :not(.lk)')].map((element) => `${element.tagName} ${element.getAttributeNames().map((name) => `${name}=${element.getAttribute(name)}`).join()}`),
  focus: document.activeElement?.closest('.lk') ? 'dialog' : document.activeElement?.id || document.activeElement?.tagName,
}));

for (const [name, code] of Object.entries(WITHOUT).filter(([name]) => name.includes('dialog'))) {
  /** Opens a page that hides and shows parts of itself. */
  const open = async () => {
    const { context, page, problems } = await stage.open();
    await page.addInitScript(code);
    await page.goto(stage.url);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<nav aria-hidden="true"><a href="#a">Hidden</a></nav><aside aria-hidden="false"><a href="#b">Shown</a></aside><footer><a href="#c">End</a></footer>');
    });
    return { context, page, problems };
  };

  test(`${name}: over the page, with the focus in the field, closed by Escape, gone after destroy`, async () => {
    const { context, page } = await open();
    await stage.dialog(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id.replace(/\d+/, 'N')), 'lk-N-email');
    assert.match(await page.locator('.lk').ariaSnapshot(), /^- dialog "Log in":/);
    await page.keyboard.press('Escape');
    await page.locator('.lk').waitFor({ state: 'detached' });
    await page.locator('#opener').click();
    await controls(page).email.waitFor();
    await page.evaluate(() => /** @type {any} */ (window).lock.destroy());
    assert.equal(await page.locator('.lk').count(), 0);
    await context.close();
  });

  test(`${name}: the focus is back at the opener at once, however the dialog is closed`, async () => {
    const { context, page, problems } = await open();
    await stage.dialog(page);
    const before = (await around(page)).page;
    for (const close of ['Escape', 'hide', 'destroy']) {
      if (close !== 'Escape') await page.locator('#opener').click();
      await page.waitForFunction(() => document.activeElement?.id.endsWith('-email'));
      if (close === 'Escape') {
        await page.keyboard.press(close);
        await page.locator('.lk').waitFor({ state: 'detached' });
      } else {
        assert.equal(await page.evaluate((close) => { /** @type {any} */ (window).lock[close](); return document.activeElement?.id; }, close), 'opener', close);
      }
      await page.waitForFunction(() => !document.querySelector('main[aria-hidden]'));
      assert.equal((await around(page)).focus, 'opener', close);
      if (close === 'Escape') assert.ok(before.length > 3);
    }
    assert.deepEqual(problems, []);
    await context.close();
  });

  test(`${name}: Tab and screen readers do not reach the page behind, which is restored afterwards`, async () => {
    const { context, page, problems } = await open();
    const before = (await around(page)).page;
    await stage.dialog(page, { showTerms: false });
    await page.locator('main[aria-hidden=true]').waitFor();
    assert.deepEqual((await around(page)).page.filter((text) => /NAV|ASIDE|FOOTER/.test(text)), ['NAV aria-hidden=true', 'ASIDE aria-hidden=false', 'FOOTER aria-hidden=true']);
    const snapshot = await page.locator('body').ariaSnapshot();
    assert.match(snapshot, /dialog "Log in"/);
    assert.doesNotMatch(snapshot, /A page|End/);
    for (const key of ['Tab', 'Shift+Tab']) {
      const stops = new Set();
      for (let presses = 0; presses < 8; presses++) {
        await page.keyboard.press(key);
        const { focus } = await around(page);
        // Between the last and the first stop the browser itself has the focus.
        if (focus !== 'BODY') assert.equal(focus, 'dialog', `${key} ${presses}`);
        stops.add(await page.evaluate(() => (document.activeElement?.matches('.lk-close') ? 'close' : document.activeElement?.matches('.lk-submit') ? 'submit' : 'else')));
      }
      assert.ok(stops.has('close') && stops.has('submit'), `${key}: ${[...stops]}`);
    }
    await page.evaluate(() => /** @type {any} */ (window).lock.destroy());
    await page.waitForFunction(() => !document.querySelector('main[aria-hidden]'));
    assert.deepEqual((await around(page)).page, before);
    await page.locator('footer a').focus();
    assert.equal((await around(page)).focus, 'A', 'focus moves freely again');
    assert.deepEqual(problems, []);
    await context.close();
  });

  test(`${name}: a dialog that waits for its language file, and a dialog over another`, async () => {
    const { context, page, problems } = await open();
    const before = (await around(page)).page;
    /** @type {(() => void)[]} */
    const waiting = [];
    await page.route('**/languages/de.json', (route) => { waiting.push(() => route.continue()); });
    const more = page.waitForResponse('**/lock.more.js');
    await stage.dialog(page, { language: 'de' });
    await (await more).finished();
    await page.locator('.lk').waitFor();
    for (const go of waiting) go();
    await page.locator('main[aria-hidden=true]').waitFor();
    await page.evaluate((domain) => {
      const w = /** @type {any} */ (window);
      w.second = new w.Auth0LockPasswordless('latchkey-web', domain, { language: 'en' });
      w.second.show();
    }, stage.tenant.url);
    await page.locator('.lk[aria-hidden=true]').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.closest('.lk')?.getAttribute('lang')), 'en');
    await page.evaluate(() => /** @type {any} */ (window).second.destroy());
    await page.locator('.lk:not([aria-hidden])').waitFor();
    assert.equal((await around(page)).focus, 'dialog');
    assert.equal(await page.locator('main[aria-hidden=true]').count(), 1);
    await page.evaluate(() => /** @type {any} */ (window).lock.destroy());
    await page.waitForFunction(() => !document.querySelector('main[aria-hidden]'));
    assert.deepEqual((await around(page)).page, before);
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test('a strict page in a browser without constructable style sheets: styled with `styleNonce`, and not without', async () => {
  for (const [styleNonce, position] of [['abc', 'relative'], ['other', 'static']]) {
    const { context, page, problems } = await stage.open();
    await page.addInitScript(WITHOUT['no constructable style sheets']);
    await page.goto(`${stage.url}/nonce`);
    await stage.dialog(page, { styleNonce });
    assert.equal(await page.locator('.lk-panel').evaluate((panel) => getComputedStyle(panel).position), position);
    assert.equal(problems.length === 0, styleNonce === 'abc', problems.join('\n'));
    await context.close();
  }
});

test('in a frame without storage the dialog opens, and shows what blocks the login', async () => {
  const { context, page, problems } = await stage.open({ path: '/sandbox' });
  const frame = page.frames().find((one) => one !== page.mainFrame());
  assert.ok(frame);
  await frame.waitForFunction(() => 'Auth0LockPasswordless' in window);
  await frame.evaluate(({ domain, callback }) => {
    const w = /** @type {any} */ (window);
    w.lock = new w.Auth0LockPasswordless('latchkey-web', domain, { language: 'en', auth: { redirectUrl: callback } });
    w.lock.show();
  }, { domain: stage.tenant.url, callback: `${stage.url}/callback` });
  await frame.getByLabel('E-mail address').fill('frame@example.com');
  await frame.getByRole('button', { name: 'Continue' }).click();
  // The frame's origin is not in the tenant's lists, and the frame has no storage.
  await frame.locator('.lk [role=alert]').getByText(/keep data|can’t be reached|add its address|isn’t available/i).waitFor();
  assert.deepEqual(problems.filter((text) => !/CORS policy|^Access to fetch|^Blocked autofocusing/.test(text)), []);
  await context.close();
});
