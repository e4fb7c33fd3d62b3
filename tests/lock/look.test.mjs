// @ts-check
/** The look of every screen, in terms that do not depend on fonts: places, sizes, colours, and equal pictures. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { alike, looksLike, picture } from './panel-pictures.mjs';
import { SCREENS } from './screens.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

const DESK = { width: 520, height: 680 };
const VIEWS = /** @type {Record<string, import('playwright-core').BrowserContextOptions & { inline?: boolean }>} */ ({
  light: { viewport: DESK },
  dark: { viewport: DESK, colorScheme: 'dark' },
  'right to left': { viewport: DESK, locale: 'ar' },
  phone: { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true },
  inline: { viewport: DESK, inline: true },
  'forced colours': { viewport: DESK, forcedColors: 'active' },
});

/** The flaws of the screen on the page. @param {Page} page @returns {Promise<string[]>} */
const flaws = (page) => page.evaluate(() => {
  const panel = /** @type {HTMLElement} */ (document.querySelector('.lk-panel'));
  const frame = panel.getBoundingClientRect();
  const isShown = (/** @type {Element} */ element) => {
    const { width, height } = element.getBoundingClientRect();
    const { visibility, clipPath } = getComputedStyle(element);
    return width > 1 && height > 1 && visibility === 'visible' && clipPath === 'none';
  };
  const named = (/** @type {Element} */ element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`;
  const found = [];
  // The elements that a person reads, fills in or presses. The code's input is left out, because it lies over
  // its slots.
  const things = [...panel.querySelectorAll('h2, .lk-lead, .lk-label, .lk-input, .lk-code, .lk-hint, .lk-note, .lk-submit, .lk-alt, .lk-row, .lk-or, .lk-mark, .lk-logo, .lk-close, .lk-back, .lk-captcha-picture, p.lk-terms, label.lk-terms')]
    .filter((element) => isShown(element) && !element.closest('[hidden]'));
  for (const thing of things) {
    const box = thing.getBoundingClientRect();
    if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5) found.push(`${named(thing)} leaves the panel at the side`);
    if (box.bottom > frame.bottom + 0.5) found.push(`${named(thing)} leaves the panel below`);
    for (const other of things) {
      if (thing === other || thing.contains(other) || other.contains(thing)) continue;
      const its = other.getBoundingClientRect();
      const overlap = Math.min(box.right, its.right) - Math.max(box.left, its.left) > 1 && Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top) > 1;
      if (overlap) found.push(`${named(thing)} overlaps ${named(other)}`);
    }
  }
  // Elements that fill the panel have to begin and end at the same columns.
  const wide = things.filter((thing) => thing.matches('.lk-input, .lk-code, .lk-submit, .lk-alt, .lk-note'));
  const edges = wide.map((thing) => thing.getBoundingClientRect());
  const ragged = edges.filter(({ left, right }) => Math.abs(left - edges[0].left) > 1 || Math.abs(right - edges[0].right) > 1);
  if (ragged.length > 0) found.push(`ragged edges: ${[edges[0], ...ragged].map(({ left, right }) => `${left} ${right}`).join(', ')}`);
  const submit = panel.querySelector('.lk-submit');
  if (submit && isShown(submit) && submit.getBoundingClientRect().height < 43.9) found.push('the main button is low');
  return found;
});

/** The contrast of things that are not text: borders of fields and slots, and the focus ring. @param {Page} page */
const faint = (page) => page.evaluate(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) return [];
  const rgb = (/** @type {string} */ color, /** @type {number[]} */ under) => {
    canvas.fillStyle = `rgb(${under.join(' ')})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (/** @type {number[]} */ color) => color.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const surface = rgb(getComputedStyle(/** @type {Element} */ (document.querySelector('.lk-panel'))).backgroundColor, [255, 255, 255]);
  const found = [];
  const focus = document.querySelector('.lk-panel :is(button, a, [type=checkbox]):focus-visible');
  for (const element of [...document.querySelectorAll('.lk-panel :is(.lk-input, .lk-slot)'), ...focus ? [focus] : []]) {
    const { borderTopColor, outlineColor, outlineStyle } = getComputedStyle(element);
    if (element === focus && outlineStyle !== 'solid') found.push(`${element.className}: no ring`);
    const [one, two] = [light(rgb(element === focus ? outlineColor : borderTopColor, surface)), light(surface)];
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (contrast < 3) found.push(`${element.className}: ${contrast.toFixed(2)}`);
  }
  return found;
});

for (const [view, { inline, ...options }] of Object.entries(VIEWS)) {
  test(`${view}: nothing overlaps, overflows or is ragged; borders can be seen`, async () => {
    for (const screen of SCREENS) {
      await stage.control('POST', 'reset');
      const { context, page } = await stage.open({ path: screen.path, reducedMotion: 'reduce', ...options });
      await stage.dialog(page, { ...screen.options, ...(inline && { container: 'here' }) }, { show: screen.show });
      await page.locator('.lk-panel').waitFor();
      if (options.locale === 'ar') await page.locator('.lk[dir=rtl]').waitFor();
      await screen.reach?.(page, stage);
      assert.deepEqual(await flaws(page), [], screen.name);
      if (!options.forcedColors) assert.deepEqual(await faint(page), [], screen.name);
      await context.close();
    }
  });
}

test('the check finds each kind of flaw', async () => {
  const { context, page } = await stage.open({ viewport: DESK, reducedMotion: 'reduce' });
  await stage.dialog(page);
  await page.locator('.lk-input').evaluate((input) => { input.style.cssText = 'margin-block-start: -40px; inline-size: 120%; border-color: #eee'; });
  const found = (await flaws(page)).join('; ');
  assert.match(found, /overlaps/);
  assert.match(found, /leaves the panel/);
  assert.match(found, /ragged/);
  assert.equal((await faint(page)).length, 1);
  await context.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`the ring of the focus can be seen on every control, ${colorScheme}`, async () => {
    for (const theme of [{}, { primaryColor: '#ffd400' }, { primaryColor: '#222' }]) {
      const { context, page } = await stage.open({ viewport: DESK, reducedMotion: 'reduce', colorScheme });
      await stage.dialog(page, { allowedConnections: ['google-oauth2', 'email', 'sms'], mustAcceptTerms: true, theme });
      const ringed = new Set();
      for (let tabs = 0; tabs < 8; tabs++) {
        await page.keyboard.press('Tab');
        assert.deepEqual(await faint(page), [], JSON.stringify(theme));
        ringed.add(await page.evaluate(() => document.activeElement?.closest('.lk-panel') && document.activeElement.outerHTML));
      }
      assert.ok(ringed.size > 5);
      await context.close();
    }
  });
}

test('the page’s own texts keep their direction in a dialog of the other direction', async () => {
  const { context, page } = await stage.open({ viewport: DESK, locale: 'ar', reducedMotion: 'reduce' });
  await stage.dialog(page, {}, { show: { flashMessage: { type: 'success', text: 'You have logged out.' } } });
  await page.locator('.lk[dir=rtl]').waitFor();
  const [first, last] = await page.locator('.lk-note span').evaluate((span) => [0, span.textContent.length - 1].map((at) => {
    const range = document.createRange();
    range.setStart(/** @type {Node} */ (span.firstChild), at);
    range.setEnd(/** @type {Node} */ (span.firstChild), at + 1);
    return range.getBoundingClientRect().left;
  }));
  assert.ok(first < last, 'the full stop comes last');
  await context.close();
});

test('a scheme looks the same whether the page or the browser chooses it', async () => {
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    /** @type {string[]} */
    const pictures = [];
    for (const [colorScheme, theme] of /** @type {const} */ ([[scheme, {}], [scheme === 'light' ? 'dark' : 'light', { scheme }]])) {
      const { context, page } = await stage.open({ viewport: DESK, reducedMotion: 'reduce', colorScheme });
      await stage.dialog(page, { theme });
      pictures.push(await picture(page));
      assert.ok(await alike(page, pictures[0], pictures.at(-1) ?? ''), scheme);
      await context.close();
    }
  }
});

test('a screen looks the same after going back, and in a second showing', async () => {
  const { context, page } = await stage.open({ viewport: DESK, reducedMotion: 'reduce' });
  await stage.dialog(page, { prefill: { email: 'nora@example.com' } });
  await page.addStyleTag({ content: '.lk :focus-visible { outline: none !important; }' });
  let first = '';
  for (let now = await picture(page); first === '' || !await alike(page, now, first); now = await picture(page)) first = now;
  await page.evaluate(() => /** @type {any} */ (window).lock.hide());
  await page.locator('#opener').click();
  assert.ok(await looksLike(page, first), 'in a second showing');
  await page.locator('.lk-submit').click();
  await page.locator('.lk-code-input').waitFor();
  await page.locator('.lk-back').click();
  await page.locator('.lk [name=email]').waitFor();
  await page.waitForFunction(() => document.activeElement?.id.endsWith('-email'));
  assert.ok(await looksLike(page, first), 'after going back');
  await page.locator('.lk-lead').evaluate((lead) => { lead.style.letterSpacing = '1px'; });
  assert.ok(!await looksLike(page, first), 'the check finds a difference');
  await context.close();
});
