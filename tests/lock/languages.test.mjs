// @ts-check
/** The languages on the narrowest screen: their texts fit, have the right direction, and have the plural forms of the browser. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SPARE, flat, isRightToLeft } from '../../scripts/lib/languages.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

const folder = join(root, 'crates', 'lock', 'i18n');
const LANGUAGES = readdirSync(folder).map((file) => file.replace('.json', ''));

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());

/**
 * Finds flaws of a language without a tenant: `fetch` is stubbed, and the tab's stored data is written by the
 * test.
 *
 * @param {Page} page
 * @param {string} language
 */
const flaws = (page, language) => page.evaluate(async ({ domain, language, rightToLeft }) => {
  const w = /** @type {any} */ (window);
  const answer = (/** @type {number} */ status, /** @type {object} */ body) => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }));
  w.fetched ??= w.fetch;
  /** @type {string[]} */
  const found = [];
  let at = "";
  const until = async (/** @type {() => unknown} */ isSo) => { for (let turns = 0; !isSo() && turns < 500; turns++) await new Promise((turn) => { setTimeout(turn, 10); }); if (!isSo()) throw new Error(`${language}: ${isSo} never came: ${document.querySelector(".lk")?.outerHTML.slice(0, 200)} ${at}`); };
  const one = (/** @type {string} */ selector) => /** @type {HTMLInputElement} */ (document.querySelector(selector));
  const fill = (/** @type {string} */ selector, /** @type {string} */ text) => { one(selector).value = text; one(selector).dispatchEvent(new InputEvent('input', { bubbles: true })); };
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));

  const check = (/** @type {string} */ name) => {
    const dialog = one('.lk');
    const say = (/** @type {string} */ what, /** @type {Element} */ element) => found.push(`${language}, ${name}: ${what}: ${element.className} "${element.textContent}"`);
    if (dialog.scrollWidth > dialog.clientWidth) found.push(`${language}, ${name}: the dialog is wider than its place`);
    if (dialog.dir !== (rightToLeft ? 'rtl' : 'ltr')) found.push(`${language}, ${name}: runs ${dialog.dir}`);
    for (const element of dialog.querySelectorAll('.lk-panel :is(h2, p, button, a, label, span, b, .lk-note, .lk-or):not(.lk-status, .lk-hidden, .lk-slot, .lk-spin)')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0) continue;
      if (box.left < -1 || box.right > innerWidth + 1) say('leaves the screen', element);
      if (getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1) say('overflows', element);
    }
    const lines = (/** @type {string} */ selector, /** @type {number} */ most) => {
      for (const element of dialog.querySelectorAll(selector)) {
        const range = document.createRange();
        range.selectNodeContents(element);
        const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top / 8)));
        if (tops.size > most) say(`${tops.size} lines`, element);
      }
    };
    // The label of the button, without the spinner, has one line.
    lines('.lk-submit > span:not(.lk-spin)', 1);
    lines('.lk-alt > span:not(.lk-badge), .lk-title, .lk-label', 2);
    lines('.lk-link, .lk-row > span, .lk-lead', 3);
    // Finds words that are broken at a hyphen, such as "E-" and "Mail" on two lines.
    for (const walker = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT); walker.nextNode();) {
      const node = /** @type {Text} */ (walker.currentNode);
      for (const { index } of node.data.matchAll(/(?<!\p{L})e[-\u2011](?=\p{L})/giu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 3);
        if (new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => top)).size > 1) say('a word is broken', /** @type {Element} */ (node.parentElement));
      }
    }
    for (const input of dialog.querySelectorAll('input')) {
      // A placeholder is text in the dialog's language, with its direction.
      if (input.type !== 'checkbox' && !input.matches('.lk-code-input, :placeholder-shown') && getComputedStyle(input).direction !== 'ltr') say('addresses and numbers run from left to right', input);
      const { font, paddingLeft, paddingRight } = getComputedStyle(input);
      pen.font = font;
      if (pen.measureText(input.placeholder).width > input.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)) say(`the placeholder "${input.placeholder}" is cut`, input);
    }
    for (const strong of dialog.querySelectorAll('.lk-lead b')) if (!getComputedStyle(strong).unicodeBidi.includes('isolate')) say('is not isolated', strong);
    for (const span of dialog.querySelectorAll('.lk-row > *')) if (rightToLeft && /\d:\d\d/.test(span.textContent) && !/\u2068[^\u2069]*\d:\d\d\u2069/.test(span.textContent)) say('a time is not isolated', span);
  };

  /** Opens a dialog, looks for flaws, and destroys the dialog. */
  const look = async (/** @type {string} */ name, /** @type {object} */ options, /** @type {string} */ memory = '', /** @type {() => Promise<void>} */ reach = async () => {}) => {
    sessionStorage.clear();
    at = name;
    if (memory) sessionStorage.setItem(`latchkey-lock/${domain}/c`, memory.replace('NOW', String(Date.now())));
    const lock = new w.Auth0LockPasswordless('c', domain, { language, ...options, auth: { redirectUrl: `${location.origin}/callback` } });
    lock.show();
    await until(() => lock._dialog && !lock._painted && one('.lk')?.lang.toLowerCase().startsWith(language.slice(0, 2)));
    await reach();
    check(name);
    lock.destroy();
  };

  const submit = async () => { one('.lk-submit').click(); };
  const said = () => until(() => one('.lk-note:not([hidden])'));
  w.fetch = (/** @type {any} */ address, /** @type {any} */ options) => ((address.url ?? String(address)).includes('/languages/') ? w.fetched(address, options) : w.answer());
  await look('e-mail, with terms and help', { mustAcceptTerms: true, allowedConnections: ['google-oauth2', 'email', 'sms'] }, '', async () => {
    fill('.lk [name=email]', 'nora@gmial');
    await submit();
    // The suggestion comes from the dialog, which loads behind the first screen.
    await until(() => one('.lk-hint--tip:not([hidden])'));
  });
  await look('terms', { mustAcceptTerms: true }, '', async () => { fill('.lk [name=email]', 'nora@gmail.com'); await submit(); });
  await look('empty', {}, '', submit);
  await look('phone number', { allowedConnections: ['sms', 'email'] }, '', submit);
  await look('phone number, wrong', { allowedConnections: ['sms'] }, '', async () => { fill('.lk [type=tel]', 'x'); await submit(); });
  w.answer = () => new Promise(() => {});
  await look('sending', {}, '', async () => { fill('.lk [name=email]', 'nora@gmail.com'); await submit(); });
  await look('sending a link', { passwordlessMethod: 'link' }, '', async () => { fill('.lk [name=email]', 'nora@gmail.com'); await submit(); });
  await look('code', {}, 'email\nnora@gmail.com\nNOW\n0\n\n0', submit);
  await look('checking', { autoSubmit: false }, 'email\nnora@gmail.com\nNOW\n0\n\n0', async () => { fill('.lk-code-input', '123456'); await submit(); });
  await look('link', { passwordlessMethod: 'link' }, 'link\nnora@gmail.com\nNOW\n0\n\n0');
  w.answer = () => answer(403, { error: 'access_denied', error_description: 'Wrong email or verification code.' });
  await look('code, wrong', {}, 'email\nnora@gmail.com\nNOW\n0\n\n0', async () => { fill('.lk-code-input', '123456'); await said(); });
  await look('code, spent', { allowedConnections: ['sms'] }, 'phone\n+491512345678\nNOW\n2\n\n0', async () => { fill('.lk-code-input', '123456'); await said(); });
  for (const [name, status, body] of /** @type {[string, number, object][]} */ ([['busy', 429, { error: 'too_many_requests' }], ['no sign-ups', 400, { error: 'bad.connection', error_description: 'Public signup is disabled' }], ['error', 400, { error: 'bad.connection' }], ['server', 500, {}]])) {
    w.answer = () => answer(status, body);
    await look(name, {}, '', async () => { fill('.lk [name=email]', 'nora@gmail.com'); await submit(); await said(); });
  }
  return found;
}, { domain: 'https://tenant.example', language, rightToLeft: isRightToLeft(language) });

/**
 * Whether `system-ui` is a monospaced font. A machine that has no fonts but Liberation's has such a font, which is much wider than the
 * fonts of people's interfaces.
 *
 * @param {Page} page
 */
const hasMonospacedInterface = (page) => page.evaluate(() => {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  pen.font = '16px system-ui';
  return pen.measureText('iii').width === pen.measureText('WWW').width;
});

// In two halves of about the same size, because one test for all languages would come near the time limit.
for (const [name, isFirst] of /** @type {const} */ ([['first', true], ['second', false]])) {
  test(`at 320 px every text of every language fits and has its direction (${name} half)`, async () => {
    const { context, page } = await stage.open({ viewport: { width: 320, height: 568 }, reducedMotion: 'reduce' });
    if (await hasMonospacedInterface(page)) await page.addStyleTag({ content: 'html .lk { --lk-font: Arial }' });
    for (const language of LANGUAGES.filter((name) => (name < 'hu') === isFirst)) assert.deepEqual(await flaws(page, language), [], language);
    await context.close();
  });
}

test('the check finds a text that does not fit', async () => {
  const { context, page } = await stage.open({ viewport: { width: 320, height: 568 }, reducedMotion: 'reduce' });
  await page.addStyleTag({ content: 'html .lk .lk-title { width: 400px } html .lk .lk-label { font-size: 60px } html .lk .lk-lead b { unicode-bidi: normal }' });
  const found = (await flaws(page, 'de')).join('\n');
  for (const what of [/title/, /lines: lk-label/, /is not isolated/]) assert.match(found, what);
  await context.close();
});

test('each language has the plural forms that the browser has for it', async () => {
  const { context, page } = await stage.open();
  const tags = /** @type {Record<string, string>} */ ({ 'pt-br': 'pt-BR', 'zh-tw': 'zh-TW', sr: 'sr-Latn' });
  for (const language of LANGUAGES) {
    const forms = JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')).error.passwordless.invalid_code;
    const known = await page.evaluate((tag) => new Intl.PluralRules(tag).resolvedOptions().pluralCategories, tags[language] ?? language);
    assert.deepEqual(Object.keys(forms).sort(), known.sort(), language);
  }
  await context.close();
});

test('the types name every text, with its English', () => {
  const types = readFileSync(join(root, 'crates', 'lock', 'js', 'index.d.ts'), 'utf8').split('interface LanguageDictionary {')[1].split('\n}\n')[0];
  const named = [...types.matchAll(/\/\*\* (.*?)(?: In the plural forms of .*)? \*\/\s+'?([\w.]+)'?\?:/g)].map(([, english, name]) => [name, english]);
  const english = flat(JSON.parse(readFileSync(join(folder, 'en.json'), 'utf8'))).filter(([path]) => !SPARE.includes(path));
  const groups = /^(?:success|error\.(?:login|passwordless))\./;
  assert.deepEqual(named, english.map(([path, text]) => [path.replace(groups, ''), text.split('|other=').at(-1)]));
});
