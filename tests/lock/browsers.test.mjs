// @ts-check
/** Browsers that lack something, or keep it from the page: the dialog does without, and says what cannot be done without. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startStage } from './stage.mjs';
import { parts } from './words.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A page that nothing may be kept for. */
const SANDBOX = '<!doctype html><title>Around</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts allow-forms" src="/" style="width:900px;height:700px"></iframe>';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage({ '/sandbox': { type: 'text/html', body: SANDBOX } }); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** @param {Page} page */
const loggedIn = (page) => page.waitForURL(/\/callback\?.*code=/);

/** What is taken away from the page before its scripts run. @type {Record<string, string>} */
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
  'no dialog element at all': 'delete window.HTMLDialogElement',
};

for (const [name, code] of Object.entries(WITHOUT)) {
  test(`${name}: a login by code and by text message, to the end`, async () => {
    const { context, page, problems } = await stage.open({ path: '/callback' });
    await page.addInitScript(code);
    await page.goto(stage.url);
    await stage.dialog(page, { allowedConnections: ['sms', 'email'], theme: { primaryColor: '#0a7' } });
    assert.ok((await parts(page).country.locator('option').count()) > 200);
    const { position, backgroundColor } = await page.locator('.lk-submit').evaluate((button) => ({ position: getComputedStyle(/** @type {Element} */ (button.closest('.lk'))).position, backgroundColor: getComputedStyle(button).backgroundColor }));
    assert.deepEqual([position, backgroundColor], ['fixed', 'rgb(0, 170, 119)'], 'styled');
    await page.getByRole('button', { name: 'Use e-mail instead' }).click();
    await page.waitForFunction(() => document.activeElement?.id.endsWith('-email'));
    await page.keyboard.type('old@example.com');
    await page.keyboard.press('Enter');
    await parts(page).code.waitFor();
    const right = await stage.code('old@example.com');
    await page.keyboard.type(right === '111111' ? '222222' : '111111');
    await parts(page).alert.getByText('2 tries left').waitFor();
    await page.keyboard.type(right);
    await loggedIn(page);
    assert.deepEqual(problems, []);
    await context.close();
  });
}

for (const [name, code] of Object.entries(WITHOUT).filter(([name]) => name.includes('dialog'))) {
  test(`${name}: over the page, with the focus in the field, closed by Escape, gone after destroy`, async () => {
    const { context, page } = await stage.open();
    await page.addInitScript(code);
    await page.goto(stage.url);
    await stage.dialog(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id.replace(/\d+/, 'N')), 'lk-N-email');
    assert.match(await page.locator('.lk').ariaSnapshot(), /^- dialog "Log in":/);
    await page.keyboard.press('Escape');
    await page.locator('.lk').waitFor({ state: 'detached' });
    await page.locator('#opener').click();
    await parts(page).email.waitFor();
    await page.evaluate(() => /** @type {any} */ (window).lock.destroy());
    assert.equal(await page.locator('.lk').count(), 0);
    await context.close();
  });
}

test('in a frame that may keep nothing, the dialog opens, and says what is in the way', async () => {
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
  // Its origin is none that a tenant knows; and it could not remember what it asked for.
  await frame.locator('.lk [role=alert]').getByText(/keep data|can’t be reached|add its address|isn’t available/i).waitFor();
  assert.deepEqual(problems.filter((text) => !/CORS policy|^Access to fetch|^Blocked autofocusing/.test(text)), []);
  await context.close();
});
