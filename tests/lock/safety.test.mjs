// @ts-check
/** Texts of a page, a dictionary and the tenant are shown as text: every option and every text, on every screen. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';
import { SCREENS } from './screens.mjs';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const EVIL = '"\'><img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload="window.hacked=1">javascript:window.hacked=1//{{7*7}}${7*7}';

/** Replaces every text of the dictionary by hostile markup, with its placeholders. @param {any} texts @returns {any} */
const spoiled = (texts) => (typeof texts === 'string'
  ? `${(texts.match(/%[sd]/g) ?? []).join(' ')}${EVIL}`
  : Object.fromEntries(Object.entries(texts).map(([name, inner]) => [name, spoiled(inner)])));

/** @param {import('playwright-core').Page} page */
const harm = (page) => page.evaluate(() => ({
  hacked: 'hacked' in window,
  scripts: document.querySelectorAll('.lk script, .lk img[src=x], .lk svg[onload], .lk [onerror]').length,
  links: [...document.querySelectorAll('.lk a')].filter((link) => !/^https:|^$/.test(link.getAttribute('href') ?? '')).length,
}));
const NONE = { hacked: false, scripts: 0, links: 0 };

test('every text of the dictionary is shown as text, on every screen', async () => {
  const languageDictionary = spoiled(JSON.parse(readFileSync(join(root, 'crates', 'lock', 'i18n', 'en.json'), 'utf8')));
  for (const { name, path, options, show, reach } of SCREENS) {
    await stage.control('POST', 'reset');
    const { context, page } = await stage.open({ path, reducedMotion: 'reduce' });
    await stage.dialog(page, { ...options, languageDictionary }, { show });
    await page.locator('.lk-panel').waitFor();
    await reach?.(page, stage);
    assert.deepEqual(await harm(page), NONE, name);
    assert.ok((await page.locator('.lk-title').textContent())?.includes(EVIL), `${name}: shown as text`);
    await context.close();
  }
});

/** Every option that is a text or contains texts. @type {Record<string, (text: string) => any>} */
const OPTIONS = {
  allowedConnections: (text) => ({ allowedConnections: [text, 'email', 'sms'] }),
  assetsUrl: (text) => ({ assetsUrl: text, language: 'de' }),
  'auth.audience and the like': (text) => ({ auth: { audience: text, state: text, nonce: text, responseMode: text, responseType: text, params: { [text]: text, scope: text } } }),
  'auth.connectionScopes': (text) => ({ allowedConnections: ['x', 'email'], auth: { connectionScopes: { x: [text] } } }),
  'auth.redirectUrl': (text) => ({ auth: { redirectUrl: text } }),
  clientBaseUrl: (text) => ({ clientBaseUrl: text, configurationBaseUrl: text }),
  defaultLocation: (text) => ({ allowedConnections: ['sms'], defaultLocation: text }),
  language: (text) => ({ language: text }),
  languageBaseUrl: (text) => ({ languageBaseUrl: text, language: 'de' }),
  passwordlessMethod: (text) => ({ passwordlessMethod: text, initialScreen: text }),
  'prefill.email': (text) => ({ prefill: { email: text } }),
  'prefill.phoneNumber': (text) => ({ allowedConnections: ['sms'], prefill: { phoneNumber: text } }),
  styleNonce: (text) => ({ styleNonce: text }),
  'theme.authButtons': (text) => ({ allowedConnections: ['acme', 'email'], theme: { authButtons: { acme: { displayName: text, primaryColor: text, foregroundColor: text, icon: text } } } }),
  'theme.logo': (text) => ({ theme: { logo: text } }),
  'theme.primaryColor': (text) => ({ theme: { primaryColor: text, scheme: text } }),
};

for (const [name, options] of Object.entries(OPTIONS)) {
  test(`the option ${name} is shown as text`, async () => {
    const { context, page } = await stage.open({ path: '/?module', reducedMotion: 'reduce' });
    for (const text of [EVIL, 'javascript:window.hacked=1', 'red;background:url(https://evil.example/)', '</style><script>window.hacked=1</script>', '../../evil', '\u0000\u202e\ud800', 'x'.repeat(20_000)]) {
      await page.evaluate(() => { /** @type {any} */ (window).lock?.destroy(); sessionStorage.clear(); });
      /** @type {string[]} */
      const asked = [];
      page.on('request', (request) => { if (new URL(request.url()).hostname === 'evil.example') asked.push(request.url()); });
      await stage.dialog(page, options(text), { show: { flashMessage: { type: 'error', text } } });
      await page.locator('.lk-panel').waitFor();
      await page.locator('.lk-submit').first().click();
      assert.deepEqual({ ...await harm(page), asked }, { ...NONE, asked: [] }, text.slice(0, 60));
    }
    await context.close();
  });
}

test('container ids, client ids, domains, a hook’s text, stored data and messages of other tabs are shown as text', async () => {
  const { context, page, problems } = await stage.open();
  const seen = await page.evaluate(async ([evil, domain]) => {
    const { Auth0LockPasswordless: Lock } = /** @type {any} */ (window);
    /** Waits until an element shows the text, as text. */
    const says = async (/** @type {string} */ selector, /** @type {string} */ text) => {
      const since = performance.now();
      while (!document.querySelector(selector)?.textContent?.includes(text)) {
        if (performance.now() - since > 10_000) throw new Error(`${selector} says: ${document.querySelector(selector)?.textContent}`);
        await new Promise(requestAnimationFrame);
      }
    };
    const place = document.body.appendChild(Object.assign(document.createElement('div'), { id: evil }));
    const inline = new Lock('latchkey-web', domain, { language: 'en', container: evil });
    inline.show();
    const isThere = place.querySelectorAll('.lk').length === 1;
    inline.destroy();
    place.remove();

    const strange = new Lock(evil, `javascript:window.hacked=1//${evil}`, { language: 'en' });
    strange.show();
    strange.destroy();

    const hooked = new Lock('latchkey-web', domain, { language: 'en', allowedConnections: ['acme', 'email'], hooks: { loggingIn() { throw Object.assign(new Error(evil), { code: 'hook_error', description: evil }); } } });
    hooked.show();
    /** @type {HTMLElement} */ (document.querySelector('.lk-social button')).click();
    await says('.lk-note', evil);
    hooked.destroy();

    // Markup is allowed in the quotes of a local part.
    const address = `"'><svg/onload=window.hacked=1>"@x.example`;
    sessionStorage.setItem(`latchkey-lock/${domain}/latchkey-web`, `email\n${address}\n${Date.now()}\n0\n\n0`);
    const recalled = new Lock('latchkey-web', domain, { language: 'en' });
    recalled.show();
    await says('.lk-panel', address);
    new BroadcastChannel(`latchkey-lock/${domain}/latchkey-web`).postMessage(`sent ${address}`);
    await says('.lk-note', 'newer code');
    return isThere;
  }, [EVIL, stage.tenant.url]);
  assert.ok(seen);
  assert.deepEqual(await harm(page), NONE);
  assert.deepEqual(problems, []);
  await context.close();
});

test('texts of the tenant are never shown', async () => {
  const { context, page } = await stage.open();
  await stage.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 400, body: { error: EVIL, error_description: EVIL } });
  await stage.dialog(page);
  await page.locator('.lk [name=email]').fill('nora@example.com');
  await page.keyboard.press('Enter');
  await page.locator('.lk-note:not([hidden])').waitFor();
  assert.deepEqual(await harm(page), NONE);
  assert.ok(!(await page.locator('.lk').innerText()).includes('onerror'));
  await context.close();
});
