// @ts-check
/** WCAG 2.2 AA: axe on every screen, contrast for any colour, target sizes, reflow, and announcements. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { SCREENS } from './screens.mjs';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** @param {import('playwright-core').Page} page */
async function violations(page) {
  await page.addScriptTag({ url: '/node_modules/axe-core/axe.min.js' });
  return page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run('.lk', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ node) => `${node.html} ${node.failureSummary}`).join(' | ')}`);
  });
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const locale of ['en-GB', 'ar']) {
    test(`axe finds nothing on any screen, ${colorScheme}, ${locale}`, async () => {
      for (const { name, path, options, show, reach } of SCREENS) {
        const { context, page, problems } = await stage.open({ path, colorScheme, locale, reducedMotion: 'reduce' });
        await stage.dialog(page, options, { show });
        await page.locator('.lk-panel').waitFor();
        if (locale === 'ar') await page.locator('.lk[dir=rtl]').waitFor();
        await reach?.(page, stage);
        assert.deepEqual(await violations(page), [], name);
        assert.deepEqual(problems, [], name);
        await context.close();
      }
    });
  }
}

test('the check finds each kind of flaw', async () => {
  const { context, page } = await stage.open({ reducedMotion: 'reduce' });
  await stage.dialog(page, { theme: { primaryColor: '#777' } });
  await page.locator('.lk-label').evaluate((label) => label.remove());
  await page.locator('.lk-lead').evaluate((lead) => lead.style.setProperty('color', '#ccc'));
  const found = (await violations(page)).join(' ');
  assert.match(found, /label/);
  assert.match(found, /color-contrast: /);
  await context.close();
});

test('any colour of a page leaves all texts readable', async () => {
  for (const primaryColor of ['#fff', '#000', '#ffd400', '#777', '#ff0000', '#00e5ff', 'rebeccapurple', 'rgb(90 120 60)', 'rgb(138 123 120)']) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const { context, page } = await stage.open({ colorScheme, reducedMotion: 'reduce' });
      await stage.dialog(page, { allowedConnections: ['email', 'sms'], theme: { primaryColor } });
      assert.deepEqual(await violations(page), [], `${primaryColor} ${colorScheme}`);
      const painted = () => page.locator('.lk-submit').evaluate((button) => { const { color, backgroundColor, filter, opacity } = getComputedStyle(button); return [color, backgroundColor, filter, opacity]; });
      const before = await painted();
      await page.locator('.lk-submit').hover();
      assert.deepEqual(await painted(), before, 'the contrast is the same under the pointer');
      await context.close();
    }
  }
});

test('every target has 24 px, every input text of 16 px, so that no phone zooms in', async () => {
  const { context, page } = await stage.open({ viewport: { width: 360, height: 640 }, reducedMotion: 'reduce' });
  for (const { name, path, options, show, reach } of SCREENS) {
    await stage.control('POST', 'reset');
    await page.goto(`${stage.url}${path ?? '/'}`);
    await page.evaluate(() => sessionStorage.clear());
    await stage.dialog(page, options, { show });
    await reach?.(page, stage);
    const small = await page.evaluate(() => [...document.querySelectorAll('.lk :is(button, a, input, select)')].filter((element) => {
      const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
      const fontSize = Number.parseFloat(getComputedStyle(element).fontSize);
      const isText = element.matches('input:not([type=checkbox]), select');
      // Browsers round sizes to parts of a pixel.
      return width > 0 && (width < 23.9 || height < 23.9 || (isText && fontSize < 16));
    }).map((element) => element.outerHTML));
    assert.deepEqual(small, [], name);
    await page.unrouteAll();
  }
  await context.close();
});

/** The elements that are cut off or stick out of the dialog. @param {import('playwright-core').Page} page */
const cutOff = (page) => page.evaluate(() => {
  const dialog = /** @type {HTMLElement} */ (document.querySelector('.lk'));
  const cut = [...dialog.querySelectorAll('.lk-panel :is(h2, p, button, a, input, label, select, .lk-slot):not(.lk-status, .lk-hidden, .lk-head--hidden *, .lk-code-input)')].filter((element) => {
    const box = element.getBoundingClientRect();
    const hides = (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) && getComputedStyle(element).display !== 'inline' && !element.matches('input, select');
    return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1 || hides);
  });
  dialog.scrollTo(0, dialog.scrollHeight);
  return { wide: dialog.scrollWidth > dialog.clientWidth, cut: cut.map((element) => element.outerHTML) };
});

/** The text spacing that a page has to bear (WCAG 1.4.12). */
const SPACED = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }';

for (const [what, width, height, content] of /** @type {const} */ ([['at 320 px', 320, 568, '*{}'], ['at 200 % zoom', 640 / 2, 480 / 2, '*{}'], ['with texts spaced out', 360, 640, SPACED]])) {
  test(`${what} nothing is cut off or runs out of the side`, async () => {
    const { context, page } = await stage.open({ viewport: { width, height }, reducedMotion: 'reduce' });
    for (const { name, path, options, show, reach } of SCREENS) {
      await stage.control('POST', 'reset');
      await page.goto(`${stage.url}${path ?? '/'}`);
      await page.evaluate(() => sessionStorage.clear());
      await page.addStyleTag({ content });
      await stage.dialog(page, options, { show });
      await reach?.(page, stage);
      assert.deepEqual(await cutOff(page), { wide: false, cut: [] }, name);
      await page.unrouteAll();
    }
    await context.close();
  });
}

test('the page behind an open dialog does not scroll; without a dialog it does', async () => {
  const { context, page } = await stage.open({ viewport: { width: 800, height: 700 } });
  await page.addStyleTag({ content: 'main { block-size: 4000px }' });
  await stage.dialog(page);
  await controls(page).email.waitFor();
  await page.mouse.move(400, 350);
  await page.mouse.wheel(0, 300);
  await page.mouse.move(10, 10);
  await page.mouse.wheel(0, 300);
  await page.keyboard.press('Escape');
  await controls(page).dialog.waitFor({ state: 'detached' });
  await page.mouse.move(400, 350);
  const scrolled = page.evaluate(() => new Promise((done) => { document.addEventListener('scrollend', () => done(scrollY), { once: true }); }));
  await page.mouse.wheel(0, 50);
  assert.equal(await scrolled, 50);
  await context.close();
});

test('the code’s slots follow caret and selection, from left to right in every language', async () => {
  for (const locale of ['en-GB', 'ar']) {
    const { context, page } = await stage.open({ locale });
    await stage.dialog(page);
    await page.locator('.lk [name=email]').fill('slots@example.com');
    await page.keyboard.press('Enter');
    await page.locator('.lk-code-input').waitFor();
    const slots = () => page.locator('.lk-slot').evaluateAll((slots) => slots.map((slot) => `${slot.textContent}${slot.classList.contains('is-active') ? '|' : ''}`).join(' '));
    await page.keyboard.type('1256');
    assert.equal(await slots(), '1 2 5 6 | ');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await slots(), '1 2 5| 6  ');
    const lefts = await page.locator('.lk-slot').evaluateAll((slots) => slots.map((slot) => slot.getBoundingClientRect().left));
    assert.deepEqual(lefts, [...lefts].sort((one, other) => one - other), 'the first digit is at the left');
    const blinks = await page.locator('.lk').evaluate((root) => {
      const slot = root.querySelector('.lk-slot');
      slot?.classList.add('is-active', 'is-empty');
      const { animationIterationCount } = getComputedStyle(/** @type {Element} */ (slot), '::before');
      slot?.classList.remove('is-active', 'is-empty');
      return animationIterationCount;
    });
    assert.ok(Number(blinks) * 1.1 <= 5, `a caret that blinks ${blinks} times`);
    await page.keyboard.press('Shift+End');
    assert.equal(await slots(), '1 2 5| 6|  ');
    await page.keyboard.press('Delete');
    assert.equal(await slots(), '1 2 |   ');
    await page.keyboard.press('Home');
    assert.equal(await slots(), '1| 2    ');
    await context.close();
  }
});

test('forced colours keep borders and the focus visible; reduced motion takes the opening animation away', async () => {
  const { context, page } = await stage.open({ forcedColors: 'active', reducedMotion: 'reduce' });
  await stage.dialog(page);
  await controls(page).email.waitFor();
  const styles = await page.evaluate(() => {
    const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (document.querySelector(selector)));
    return { panel: style('.lk-panel').borderTopWidth, button: style('.lk-submit').borderTopWidth, focus: style('.lk-input').outlineStyle, animation: style('.lk-panel').animationName };
  });
  assert.deepEqual(styles, { panel: '1px', button: '1px', focus: 'solid', animation: 'none' });
  await context.close();
});

/**
 * The number of pixels in the middle of an element, or beside the middle, that differ from the background.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 * @param {{ width: number, height: number, aside?: number }} place in px; `aside` moves the place by that
 *   fraction of half the element's width
 */
async function drawn(page, selector, { width, height, aside = 0 }) {
  const box = await page.locator(selector).boundingBox();
  assert.ok(box, selector);
  const clip = { x: Math.round(box.x + box.width / 2 * (1 + aside) - width / 2), y: Math.round(box.y + (box.height - height) / 2), width, height };
  const picture = (await page.screenshot({ clip, animations: 'disabled', caret: 'hide' })).toString('base64');
  return page.evaluate(async (picture) => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${picture}` });
    await image.decode();
    const brush = /** @type {CanvasRenderingContext2D} */ (Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d'));
    brush.drawImage(image, 0, 0);
    const { data } = brush.getImageData(0, 0, image.width, image.height);
    const lights = [...data].filter((_, at) => at % 4 === 1);
    const behind = matchMedia('(prefers-color-scheme: dark)').matches ? 0 : 255;
    return lights.filter((light) => Math.abs(light - behind) > 100).length;
  }, picture);
}

test('forced colours show the code field, its caret and the spinner', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const { context, page } = await stage.open({ forcedColors: 'active', colorScheme, reducedMotion: 'reduce' });
    await stage.dialog(page);
    await page.route('**/co/authenticate', () => {});
    await controls(page).email.fill('nora@example.com');
    await page.keyboard.press('Enter');
    await controls(page).code.waitFor();
    const seen = await page.evaluate(() => {
      const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (document.querySelector(selector)));
      const probe = document.body.appendChild(Object.assign(document.createElement('i'), { style: 'color: Highlight' }));
      return { ring: style('.lk-slot.is-active').outlineColor === getComputedStyle(probe).color, twice: style('.lk-code-input').opacity !== '0' };
    });
    const caret = await drawn(page, '.lk-slot.is-active', { width: 8, height: 16 });
    await controls(page).code.fill('123456');
    await page.locator('.lk-spin:visible').waitFor();
    const [start, end] = [await drawn(page, '.lk-spin', { width: 6, height: 4, aside: -1 }), await drawn(page, '.lk-spin', { width: 6, height: 4, aside: 1 })];
    // A closed ring would not be seen to turn, so its end has to be open.
    assert.deepEqual({ ...seen, caret: caret >= 16, start: start >= 4, end }, { ring: true, twice: false, caret: true, start: true, end: 0 }, colorScheme);
    await context.close();
  }
});

/**
 * The accessibility tree of the dialog: roles, names, states and descriptions.
 *
 * @param {import('playwright-core').Page} page
 */
const read = (page) => page.locator('.lk').ariaSnapshot();

test('what a screen reader announces during a login', async () => {
  const { context, page } = await stage.open();
  const { email, code, status, alert } = controls(page);
  await stage.dialog(page);
  assert.match(await read(page), /^- dialog "Log in":/);
  assert.match(await read(page), /heading "Log in" \[level=2\]/);
  assert.match(await read(page), /textbox "E-mail address"/);
  const described = (/** @type {import('playwright-core').Locator} */ field) => field.evaluate((input) => (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent).filter(Boolean).join(' '));
  assert.equal(await described(email), 'We’ll e-mail you a code. No password needed.');
  await page.keyboard.press('Enter');
  assert.equal(await email.getAttribute('aria-invalid'), 'true');
  assert.match(await described(email), /^Enter your e-mail address\./);
  const live = await page.locator('.lk [aria-live=assertive]').first().innerText();
  assert.match(live, /Enter your e-mail address/, 'the error is in a live region');
  await email.fill('reader@example.com');
  assert.equal(await email.getAttribute('aria-invalid'), 'false');
  await page.evaluate(() => {
    const status = /** @type {Element} */ (document.querySelector('.lk [role=status]'));
    const announcements = Object.assign(window, { announcements: /** @type {string[]} */ ([]) }).announcements;
    new MutationObserver(() => announcements.push(`${status.textContent}${status.closest('[aria-busy=true]') ? ' (busy)' : ''}`)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await page.keyboard.press('Enter');
  await code.waitFor();
  const announcements = await page.evaluate(() => /** @type {any} */ (window).announcements);
  assert.ok(announcements.includes('Sending the code…'), `progress is announced outside of the busy region: ${announcements}`);
  assert.match(await read(page), /^- dialog "Enter your code":/);
  assert.equal(await status.innerText(), 'The code was sent to reader@example.com.');
  assert.match(await described(code), /We sent it to reader@example\.com/);
  assert.deepEqual(await code.evaluate((input) => ({ mode: input.getAttribute('inputmode'), fill: input.getAttribute('autocomplete') })), { mode: 'numeric', fill: 'one-time-code' });
  assert.doesNotMatch(await read(page), /- text: "?\d"?$/m, 'screen readers ignore the drawn slots');
  await code.fill(await stage.code('reader@example.com') === '000000' ? '111111' : '000000');
  await alert.getByText('2 tries left').waitFor();
  assert.equal(await status.innerText(), '', 'no old status follows the error');
  assert.match(await described(code), /2 tries left/);
  assert.ok(await code.evaluate((input) => input === document.activeElement));
  await context.close();
});

test('names of controls are in the dialog’s language', async () => {
  const { context, page } = await stage.open({ locale: 'de-DE' });
  await stage.dialog(page, { allowedConnections: ['sms'] });
  await page.getByLabel('Telefonnummer').waitFor();
  assert.equal(await page.locator('.lk').getAttribute('lang'), 'de');
  await page.getByRole('button', { name: 'Schließen' }).waitFor();
  assert.match(await page.getByLabel('Land').innerText(), /Österreich ⁦\+43⁩/);
  await context.close();
});
