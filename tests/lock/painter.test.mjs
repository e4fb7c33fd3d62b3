// @ts-check
/**
 * The painter's first screen equals the dialog's first screen: the same elements, attributes and texts, the
 * same accessibility tree, the same pixels.
 */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { handedOver, hold } from './file-loading.mjs';
import { alike, looksLike, picture } from './panel-pictures.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Record<string, any>} Options */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const SOCIAL = ['google-oauth2', 'acme', 'email', 'sms'];
const ACME = { authButtons: { acme: { displayName: 'Acme & Sons', primaryColor: '#b3261e', foregroundColor: '#fff' } } };
const PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='90' height='30'%3E%3Crect width='90' height='30' fill='teal'/%3E%3C/svg%3E";
const HERE = { container: 'here' };
const COLORS = ['#0a7d5a', 'rgb(255, 212, 0)', 'hsl(280 60% 40%)', 'oklch(0.7 0.1 200)', 'rebeccapurple', '#777', '#fff', '#000', 'nonsense'];

/** Options of `new Auth0LockPasswordless`, by name. @type {Record<string, Options>} */
const CASES = {
  'as it comes': {},
  'not closable': { closable: false },
  'in the page': HERE,
  'in the page, with the focus': { ...HERE, autofocus: true },
  'without the focus': { autofocus: false },
  'by link': { passwordlessMethod: 'link' },
  'for a phone number': { allowedConnections: ['sms'] },
  'for a phone number in another country': { allowedConnections: ['sms'], defaultLocation: 'CH' },
  'for a phone number that is known': { allowedConnections: ['sms'], prefill: { phoneNumber: '0151 23456789' } },
  'for an address, or a number': { allowedConnections: ['email', 'sms'] },
  'for a number, or an address': { allowedConnections: ['sms', 'email'] },
  'with a connection of another name': { allowedConnections: ['acme-mail'], useCustomPasswordlessConnection: true },
  'with other ways': { allowedConnections: SOCIAL, theme: ACME },
  'with other ways, in the page': { ...HERE, allowedConnections: SOCIAL, theme: ACME },
  'with a picture on a button': { allowedConnections: ['acme', 'email'], theme: { authButtons: { acme: { icon: PICTURE } } } },
  'with social connections alone': { allowedConnections: ['github', 'google-oauth2'] },
  'with terms to tick': { mustAcceptTerms: true },
  'with terms to tick, and other ways': { mustAcceptTerms: true, allowedConnections: SOCIAL },
  'without terms': { showTerms: false },
  'to a known address': { prefill: { email: 'nora@example.com' } },
  'without autocomplete': { allowAutocomplete: false },
  'with a logo': { theme: { logo: PICTURE } },
  'without a logo': { theme: { logo: '' } },
  'with an arrow': { theme: { labeledSubmitButton: false } },
  'without a title': { theme: { hideMainScreenTitle: true } },
  'with an error of the page': { flashMessage: { type: 'error', text: 'That address was not accepted. Check it for slips.' } },
  'with good news of the page': { flashMessage: { type: 'success', text: 'You are <b>registered</b>.' } },
  'with news of the page, in it': { ...HERE, flashMessage: { type: 'info', text: 'Log in to go on.' } },
  'always dark': { theme: { scheme: 'dark' } },
  'always light': { theme: { scheme: 'light' } },
  'in the page’s own words': { languageDictionary: { title: 'Log in to <Acme>', signUpTerms: 'You agree to "everything" & more, 100 %.' } },
  'in a language that is none of ours': { language: 'cy', languageDictionary: { title: 'Mewngofnodi', submitLabel: 'Ymlaen' } },
  'in a language of the page that runs the other way': { language: 'ur', languageDictionary: { title: 'لاگ ان' } },
  'in German': { language: 'de' },
  'in German, with a name of the page': { language: 'de-AT', languageDictionary: { title: 'Bei Acme anmelden' } },
  'in German, for a number': { language: 'de', allowedConnections: ['sms', 'email'] },
  'in Arabic': { language: 'ar' },
  'in Arabic, with other ways': { language: 'ar', allowedConnections: SOCIAL, mustAcceptTerms: true },
  'in Hebrew, for a number': { language: 'he', allowedConnections: ['sms'] },
  'in traditional Chinese': { language: 'zh_Hant_HK' },
  'in Portuguese of Brazil': { language: 'pt-BR', passwordlessMethod: 'link' },
  ...Object.fromEntries(COLORS.map((primaryColor) => [`in the colour ${primaryColor}`, { theme: { primaryColor } }])),
};

/**
 * Elements, attributes and texts, one a line. The number in ids is replaced. `data-instant` is left out,
 * because only a dialog that takes over has it.
 *
 * @param {Page} page
 * @returns {Promise<string>}
 */
const drawn = (page) => page.evaluate(() => {
  const root = /** @type {HTMLElement} */ (document.querySelector('.lk'));
  const lines = (/** @type {Node} */ node, indent = '') => {
    // The marks of providers load with the dialog, and the painter keeps their places empty.
    if (node instanceof SVGElement && node.parentElement?.matches('.lk-badge')) return [];
    if (!(node instanceof Element)) return node.nodeType === 3 && node.nodeValue ? [`${indent}${node.nodeValue}`] : [];
    const attributes = [...node.attributes].filter(({ name }) => !['style', 'data-instant'].includes(name)).map(({ name, value }) => `${name}="${value.replace(/lk-p?\d+-/g, 'lk-N-')}"`).sort();
    const own = node instanceof HTMLElement && node.style.length > 0 ? [`style{${[...node.style].sort().map((name) => `${name}:${node.style.getPropertyValue(name)}`).join(';')}}`] : [];
    const value = 'value' in node && node.localName !== 'option' && node.localName !== 'button' ? [`value(${node.value})`] : [];
    /** @type {string[]} */
    const inside = [...node.childNodes].flatMap((child) => lines(child, `${indent}  `));
    return [[indent + node.localName, ...attributes, ...own, ...value].join(' '), ...inside];
  };
  return lines(root).join('\n');
});

/** The id of the focused element. @param {Page} page */
const focused = (page) => page.evaluate(() => `${document.activeElement?.localName} ${document.activeElement?.id.replace(/lk-p?\d+-/, 'lk-N-')}`);

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`the painted screen equals the dialog's first screen, ${colorScheme}`, async (t) => {
    for (const [name, options] of Object.entries(CASES)) {
      await t.test(name, async () => {
        const { context, page, problems } = await stage.open({ colorScheme, reducedMotion: 'reduce' });
        const go = await hold(page);
        await stage.dialog(page, options);
        await page.locator('.lk .lk-title').waitFor({ state: 'attached' });
        await page.waitForFunction(() => document.querySelector('[id^=lk-p]'));
        const painted = { tree: await drawn(page), read: await page.locator('.lk').ariaSnapshot(), focus: await focused(page), looks: await picture(page) };
        go();
        await handedOver(page);
        await page.waitForFunction(() => !document.querySelector('[id^=lk-p]'));
        assert.equal(await page.locator('.lk').count(), 1);
        assert.deepEqual((await drawn(page)).split('\n'), painted.tree.split('\n'));
        assert.equal(await page.locator('.lk').ariaSnapshot(), painted.read);
        assert.ok(await looksLike(page, painted.looks), 'the same pixels');
        assert.deepEqual(problems.filter((problem) => !problem.includes('there are no words for')), []);
        await context.close();
      });
    }
  });
}

test('the focus stays where it was', async () => {
  for (const options of [{}, { autofocus: false }, HERE, { ...HERE, autofocus: true }, { allowedConnections: ['sms'] }, { allowedConnections: ['github'] }]) {
    const { context, page } = await stage.open();
    const go = await hold(page);
    await stage.dialog(page, options);
    await page.waitForFunction(() => document.querySelector('[id^=lk-p]'));
    const before = await focused(page);
    go();
    await handedOver(page);
    await page.waitForFunction(() => !document.querySelector('[id^=lk-p]'));
    assert.equal(await focused(page), before, JSON.stringify(options));
    await context.close();
  }
});

test('a screen without data is painted as an empty, busy panel with a name', async () => {
  const { context, page, problems } = await stage.open({ path: `/?${new URLSearchParams({ kept: 'google-oauth2' })}` });
  const go = await hold(page);
  await stage.dialog(page, { rememberLastLogin: true, allowedConnections: ['google-oauth2', 'email'] });
  const box = page.getByRole('dialog', { name: 'Log in' });
  await box.waitFor();
  assert.equal(await box.locator('[aria-busy=true]').count(), 1);
  assert.equal(await box.locator('input').count(), 0);
  go();
  await page.locator('.lk-last').waitFor();
  assert.deepEqual((await stage.heard(page)).filter((name) => name === 'show'), ['show']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a dialog that loads while its language file loads opens without a painted screen', async () => {
  const { context, page, problems } = await stage.open({ locale: 'de-DE' });
  const go = await hold(page, '**/languages/de.json');
  await page.evaluate(() => /** @type {any} */ (new (/** @type {any} */ (window).Auth0LockPasswordless)('warm', 'tenant.example', { language: 'en' }))._load());
  await stage.dialog(page, {}, { open: false });
  await page.locator('#opener').click();
  await page.waitForFunction(() => /** @type {any} */ (window).lock._dialog);
  go();
  await page.locator('.lk[lang=de]').waitFor();
  await handedOver(page);
  assert.equal(await page.locator('.lk').count(), 1);
  assert.deepEqual((await stage.heard(page)).filter((name) => name === 'show'), ['show']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('the comparison of pictures finds different screens', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page);
  await handedOver(page);
  const one = await picture(page);
  await page.evaluate(() => { /** @type {HTMLElement} */ (document.querySelector('.lk-title')).textContent = 'Log out'; });
  assert.equal(await alike(page, one, await picture(page)), false);
  await context.close();
});
