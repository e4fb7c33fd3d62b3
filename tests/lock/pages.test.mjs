// @ts-check
/** The dialog on difficult pages: listeners that call it, containers that are removed, clocks that jump, reloads. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** Runs `code` in the page, where `make(options)` makes a dialog. @param {Page} page @param {string} code @returns {Promise<any>} */
const run = (page, code) => page.evaluate(`(async () => {
  const make = (options) => new Auth0LockPasswordless('latchkey-web', ${JSON.stringify(stage.tenant.url)}, { language: 'en', ...options, auth: { redirectUrl: location.origin + '/callback' } });
  const turn = () => new Promise((done) => setTimeout(done));
  const count = (selector) => document.querySelectorAll(selector).length;
  ${code}
})()`);

/** Calls that a listener makes at the first event of a name, and the number of dialogs afterwards. */
const DEEDS = /** @type {const} */ (['destroy', 'hide', 'show', 'throw', 'off', 'login']);

for (const deed of DEEDS) {
  test(`a listener of any event that calls ${deed} breaks nothing`, async () => {
    for (const name of ['show', 'hide', 'socialOrEmail ready', 'socialOrEmail submit', 'code sent', 'step changed', 'vcode ready', 'vcode submit', 'authorization_error', 'cancelled']) {
      const { context, page, problems } = await stage.open();
      await stage.dialog(page, { language: 'en' }, { open: false });
      await page.evaluate(([name, deed]) => {
        const w = /** @type {any} */ (window);
        const listener = () => {
          w.deeds = (w.deeds ?? 0) + 1;
          if (w.deeds > 3) return;
          if (deed === 'throw') throw new Error('of the page');
          if (deed === 'off') w.lock.removeAllListeners();
          else w.lock[deed]()?.catch?.(() => {});
        };
        w.lock.on(name, listener);
        w.lock.show();
      }, [name, deed]);
      const isThere = async () => (await page.locator('.lk').count()) === 1;
      if (await isThere()) {
        await page.locator('.lk [name=email]').fill('meddle@example.com', { timeout: 2000 }).catch(() => {});
        await page.keyboard.press('Enter');
        await Promise.race([controls(page).code.waitFor(), page.locator('.lk').waitFor({ state: 'detached' })]);
      }
      if (await isThere()) {
        await page.keyboard.type('000000');
        await Promise.race([page.locator('.lk-note:not([hidden])').waitFor(), page.locator('.lk').waitFor({ state: 'detached' }), page.waitForURL(/callback/)]);
      }
      if (!/callback/.test(page.url())) {
        await page.evaluate(() => /** @type {any} */ (window).lock.hide());
        await page.evaluate(() => new Promise((done) => { setTimeout(done); }));
        await page.evaluate(() => { const { lock } = /** @type {any} */ (window); lock.removeAllListeners(); lock.destroy(); });
        assert.equal(await page.locator('.lk').count(), 0, name);
      }
      assert.deepEqual([...new Set(problems)].filter((text) => !(deed === 'throw' && text === 'of the page')), [], name);
      await context.close();
    }
  });
}

test('listeners that call the dialog while it opens or closes find nothing borrowed', async () => {
  const { context, page, problems } = await stage.open();
  const seen = await run(page, `
    const lock = make(); const at = [];
    const once = (name, deed) => document.addEventListener(name, function listen() { document.removeEventListener(name, listen, true); deed(); }, true);
    once('focusin', () => lock.hide()); lock.show(); await turn(); at.push(count('.lk'));
    once('focusin', () => lock.show({ languageDictionary: { title: 'Other' } })); lock.show(); await turn(); at.push(count('.lk'));
    once('focusout', () => lock.show()); lock.hide(); await turn(); lock.hide(); await turn(); at.push(count('.lk'));
    once('focusin', () => lock.destroy()); lock.show(); await turn(); at.push(count('.lk'));
    return at;`);
  assert.deepEqual(seen, [0, 1, 0, 0]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a listener that is not a function is refused at once, as in Node', async () => {
  const { context, page, problems } = await stage.open();
  const said = await run(page, `
    const lock = make();
    return ['on', 'once', 'addListener'].map((method) => { try { lock[method]('show', undefined); return 'taken'; } catch (error) { return error.name + ': ' + error.message; } });`);
  for (const text of said) assert.match(text, /^TypeError: .*listener.*function/i);
  await run(page, 'const lock = make(); lock.show(); await turn(); lock.destroy();');
  assert.deepEqual(problems, []);
  await context.close();
});

test('login() always settles: closed before its language file has loaded, destroyed, without a container', async () => {
  const { context, page } = await stage.open();
  await page.route('**/languages/de.json', () => {});
  const ended = await run(page, `
    const end = (promise) => Promise.race([promise.then(() => 'done', ({ kind, by }) => kind + ' ' + by), new Promise((done) => setTimeout(done, 20_000, 'never'))]);
    const early = make({ language: 'de' }); const first = end(early.login()); early.hide();
    const gone = make(); gone.destroy(); const second = end(gone.login());
    const lost = make(); const third = end(lost.login()); lost.destroy();
    const twice = make(); const both = [end(twice.login()), end(twice.login())]; twice.hide();
    const all = await Promise.all([first, second, third, ...both]);
    return [...all, ['cancelled', 'step changed', 'authenticated'].map((name) => twice.listenerCount(name)).join()];`);
  assert.deepEqual(ended, [...Array.from({ length: 5 }, () => 'cancelled page'), '0,0,0']);
  await context.close();
});

test('a dialog whose container the page removed opens again', async () => {
  const { context, page, problems } = await stage.open();
  const seen = await run(page, `
    const place = () => { const element = document.createElement('div'); element.id = 'place'; document.body.append(element); return element; };
    const at = []; let old = place();
    const inline = make({ container: 'place' }); inline.show(); old.remove(); at.push(count('.lk'));
    old = place(); inline.show(); await turn(); at.push(count('#place .lk')); inline.destroy(); at.push(count('.lk'));
    const modal = make(); modal.show(); document.querySelector('.lk').remove(); at.push(count('.lk'));
    modal.show(); await turn(); at.push(count('dialog.lk[open]')); modal.hide(); at.push(count('.lk'));
    return at;`);
  assert.deepEqual(seen, [0, 1, 0, 0, 1, 0]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a container that is removed during a request: the response changes nothing, and nothing is thrown', async () => {
  const { context, page, problems } = await stage.open();
  let go = () => {};
  await page.route('**/passwordless/start', async (route) => { await new Promise((done) => { go = () => done(undefined); }); await route.continue(); });
  await stage.dialog(page, { container: 'here' });
  await controls(page).email.fill('gone@example.com');
  const asked = page.waitForRequest('**/passwordless/start');
  await page.keyboard.press('Enter');
  await asked;
  await page.evaluate(() => document.getElementById('here')?.remove());
  const response = page.waitForResponse('**/passwordless/start');
  go();
  await (await response).finished();
  await page.waitForFunction(() => /** @type {any} */ (window).heard.some((/** @type {any[]} */ [name]) => name === 'code sent'));
  assert.deepEqual(problems, []);
  await context.close();
});

test('dialogs in different languages are open at once', async () => {
  const { context, page, problems } = await stage.open();
  const seen = await run(page, `
    const languages = ['de', 'ar', 'ja', 'en'];
    document.getElementById('here').innerHTML = languages.map((language) => '<div id="in-' + language + '"></div>').join('');
    const locks = languages.map((language) => make({ language, container: 'in-' + language }));
    for (const lock of locks) lock.show();
    while (count('.lk') < 4) await turn();
    const all = languages.map((language) => { const root = document.querySelector('#in-' + language + ' .lk'); return [root.lang, root.dir, root.querySelector('.lk-title').textContent]; });
    locks[0].destroy(); await turn();
    return [all, count('.lk'), getComputedStyle(document.querySelector('#in-ar .lk-panel')).direction];`);
  assert.deepEqual(seen, [[['de', 'ltr', 'Anmelden'], ['ar', 'rtl', 'تسجيل الدخول'], ['ja', 'ltr', 'ログイン'], ['en', 'ltr', 'Log in']], 3, 'rtl']);
  assert.deepEqual(problems, []);
  await context.close();
});

/** Moves the page's clock by milliseconds. @param {Page} page @param {number} by */
const jump = (page, by) => page.evaluate((by) => { const { now } = Date; Date.now = () => now() + by; }, by);

test('a clock that is set back stops no countdown; one that leaps (sleep) ends the code, and offers another', async () => {
  const { context, page, problems } = await stage.open();
  await stage.dialog(page, { resendCoolDown: 3 });
  await controls(page).email.fill('clock@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  await jump(page, -3_600_000);
  await page.getByRole('button', { name: 'Send a new code', exact: true }).waitFor();
  await page.getByText(/Valid for 2:[345]\d/).waitFor();
  await jump(page, 8 * 3_600_000);
  await controls(page).alert.getByText('This code has expired').waitFor();
  await page.getByRole('button', { name: 'Send a new code', exact: true }).click();
  await controls(page).alert.getByText('A new code is on its way').waitFor();
  await page.getByText(/Valid for (3:00|2:5\d)/).waitFor();
  await controls(page).code.fill(await stage.code('clock@example.com', 1));
  await page.waitForURL(/\/callback\?/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a reload after the clock was set back restores the code screen with the time left', async () => {
  const { context, page, problems } = await stage.open();
  await stage.dialog(page);
  await controls(page).email.fill('early@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.waitFor();
  await jump(page, -3_600_000);
  // The tab stores its data again at the next tick.
  await page.waitForFunction((name) => Number(sessionStorage.getItem(name)?.split('\n')[2]) <= Date.now(), `latchkey-lock/${stage.tenant.url}/latchkey-web`);
  await page.addInitScript(() => { const { now } = Date; Date.now = () => now() - 3_600_000; });
  await page.reload();
  await stage.dialog(page);
  await controls(page).code.waitFor();
  await page.getByText(/Valid for 2:[45]\d/).waitFor();
  await controls(page).resend.filter({ hasText: /in 0:[12]\d/ }).waitFor();
  await controls(page).code.fill(await stage.code('early@example.com'));
  await page.waitForURL(/\/callback\?/);
  assert.deepEqual(problems, []);
  await context.close();
});
