// @ts-check
/** Every way of submitting the form presses the dialog's button, and the page's own handlers do not get the dialog's events. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls, toCode } from './controls.mjs';
import { handedOver, hold, openOnly } from './file-loading.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A page in a frame whose sandbox allows scripts but no forms. */
const SANDBOX = '<!doctype html><title>Around</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts allow-same-origin" src="/" style="width:900px;height:700px"></iframe>';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage({ '/sandboxed': { type: 'text/html', body: SANDBOX } }); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const HERE = { container: 'here', autofocus: true };
const PLACES = { 'over the page': {}, 'in the page': HERE };

/** Calls of a password manager: in the page's own world, and in an isolated world. */
const NATIVE = {
  'form.submit()': () => /** @type {HTMLFormElement} */ (document.querySelector('.lk form')).submit(),
  'requestSubmit()': () => /** @type {HTMLFormElement} */ (document.querySelector('.lk form')).requestSubmit(),
  'HTMLFormElement.prototype.submit': () => HTMLFormElement.prototype.submit.call(document.querySelector('.lk form')),
};

/** @param {Page} page @returns {string[]} the addresses that the page navigated to, and its requests for pages */
function journey(page) {
  /** @type {string[]} */
  const all = [];
  page.on('request', (request) => { if (request.isNavigationRequest()) all.push(request.url()); });
  page.on('framenavigated', (frame) => { all.push(frame.url()); });
  return all;
}

for (const [where, options] of Object.entries(PLACES)) {
  for (const [how, submit] of Object.entries(NATIVE)) {
    test(`a password manager that calls ${how} presses the button, on each screen (${where})`, async () => {
      const { context, page, problems } = await stage.open();
      await stage.dialog(page, { ...options, autoSubmit: false });
      const went = journey(page);
      await controls(page).email.fill('nora@example.com');
      await page.evaluate(submit);
      // In an inline dialog the native `submit()` sends nothing and fires no event, so the dialog cannot notice it.
      if (where === 'in the page' && how.startsWith('HTML')) await page.keyboard.press('Enter');
      await controls(page).code.waitFor();
      assert.deepEqual(went, []);
      await controls(page).code.fill('12345');
      await page.evaluate(submit);
      if (where === 'in the page' && how.startsWith('HTML')) await page.keyboard.press('Enter');
      await page.getByText('Enter the 6 digits of the code.').waitFor();
      assert.deepEqual(went, []);
      assert.equal(await page.locator('.lk').count(), 1);
      assert.deepEqual(problems, []);
      await context.close();
    });

    test(`${how} on the painted screen does not leave the page (${where})`, async () => {
      const { context, page } = await stage.open();
      const go = await hold(page);
      await stage.dialog(page, options);
      const went = journey(page);
      await controls(page).email.fill('nora@example.com');
      await page.evaluate(submit);
      if (where === 'in the page' && how.startsWith('HTML')) await page.keyboard.press('Enter');
      go();
      await controls(page).code.waitFor();
      assert.deepEqual(went, []);
      await context.close();
    });
  }
}

test('a form whose method a script has changed sends no field', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'nora@example.com', { autoSubmit: false });
  await controls(page).code.fill('12345');
  const went = page.waitForURL(/\?/, { timeout: 2000 }).catch(() => {});
  await page.evaluate(() => {
    const form = /** @type {HTMLFormElement} */ (document.querySelector('.lk form'));
    form.method = 'get';
    HTMLFormElement.prototype.submit.call(form);
  });
  await went;
  assert.doesNotMatch(page.url(), /12345|code|nora/);
  await context.close();
});

test('a script that reads the form without submitting it presses nothing and closes nothing', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page);
  await controls(page).email.fill('nora@example.com');
  const read = await page.evaluate(() => [...new FormData(/** @type {HTMLFormElement} */ (document.querySelector('.lk form'))).keys()]);
  assert.deepEqual(read, []);
  await page.evaluate(() => new Promise((done) => { setTimeout(done, 50); }));
  assert.deepEqual((await stage.heard(page)).filter((name) => /submit|hide/.test(name)), []);
  await page.evaluate(() => /** @type {HTMLDialogElement} */ (document.querySelector('.lk')).close());
  await page.waitForFunction(() => !document.querySelector('.lk'));
  await context.close();
});

/** Events that handlers of the page may get, in the bubbling phase. */
const HEARD = ['submit', 'reset', 'formdata', 'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'paste', 'focusin', 'click'];

for (const [where, options] of Object.entries(PLACES)) {
  for (const painted of [true, false]) {
    test(`the page's own forms and shortcuts get no events of typing in the dialog, but of clicks and the focus (${where}${painted ? ', painted' : ''})`, async () => {
      const { context, page, problems } = await stage.open();
      const go = painted ? await hold(page) : () => {};
      await page.evaluate((names) => {
        const w = /** @type {any} */ (window);
        w.events = [];
        const form = document.createElement('form');
        const here = /** @type {Element} */ (document.getElementById('here'));
        here.replaceWith(form);
        form.append(here);
        for (const target of [form, document.body, document, window]) for (const name of names) target.addEventListener(name, (event) => { if (/** @type {Element} */ (event.target).closest?.('.lk')) w.events.push(event.type); });
      }, HEARD);
      await stage.dialog(page, { ...options, mustAcceptTerms: true });
      await controls(page).email.click();
      await page.keyboard.type('nora@');
      await page.keyboard.press('Tab');
      await page.getByRole('checkbox').check();
      await page.getByRole('checkbox').uncheck();
      await page.evaluate(() => /** @type {Element} */ (document.querySelector('.lk [name=email]')).dispatchEvent(new ClipboardEvent('paste', { bubbles: true })));
      await controls(page).email.press('Enter');
      const events = await page.evaluate(() => [...new Set(/** @type {any} */ (window).events)].sort());
      assert.deepEqual(events, ['click', 'focusin']);
      go();
      await handedOver(page);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
}

test('a frame whose sandbox forbids forms: the button and Enter work', async () => {
  const { context, page } = await stage.open({ path: '/sandboxed' });
  const frame = page.frames()[1];
  await frame.waitForFunction(() => 'Auth0LockPasswordless' in window);
  await frame.evaluate(({ domain, callback }) => {
    const w = /** @type {any} */ (window);
    w.lock = new w.Auth0LockPasswordless('latchkey-web', domain, { autoSubmit: false, auth: { redirectUrl: callback } });
    w.lock.show();
  }, { domain: stage.tenant.url, callback: `${stage.url}/callback` });
  await frame.waitForFunction(() => /** @type {any} */ (window).lock._dialog && !(/** @type {any} */ (window).lock._painted));
  await frame.getByLabel('E-mail address').fill('framed@example.com');
  await frame.getByRole('button', { name: 'Continue', exact: true }).click();
  await frame.getByLabel('6-digit code').waitFor();
  await frame.getByLabel('6-digit code').fill('12');
  await frame.getByLabel('6-digit code').press('Enter');
  await frame.getByText('Enter the 6 digits of the code.').waitFor();
  await context.close();
});

test('a file that cannot be loaded is an error with a kind, as all errors are', async () => {
  const { context, page } = await stage.open();
  openOnly(page);
  await page.route('**/dist/lock.more.js*', (route) => route.abort());
  await stage.dialog(page);
  await controls(page).email.fill('nora@example.com');
  await page.keyboard.press('Enter');
  await controls(page).alert.getByText('can’t be reached').waitFor();
  const [, error] = await page.evaluate(() => /** @type {any} */ (window).heard.find((/** @type {[string, any]} */ [name]) => name === 'authorization_error'));
  assert.equal(error.kind, 'network');
  assert.equal(error.error, 'request_error');
  assert.ok(error.message);
  await context.close();
});

for (const loaded of [false, true]) {
  test(`without the container login() rejects, and an event reports it (${loaded ? 'the dialog is there' : 'painted'})`, async () => {
    const { context, page } = await stage.open();
    openOnly(page);
    await stage.dialog(page, { container: 'nowhere' }, { open: false });
    if (loaded) await page.evaluate(() => /** @type {any} */ (window).lock._load());
    const error = await page.evaluate(() => /** @type {any} */ (window).lock.login().then(() => 'in', (/** @type {any} */ { message, kind }) => ({ message, kind })));
    assert.match(error.message, /no `nowhere`/);
    assert.equal(error.kind, 'invalid_options');
    assert.ok((await stage.heard(page)).includes('unrecoverable_error'));
    await context.close();
  });
}
