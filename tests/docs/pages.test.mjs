// @ts-check
/** Every page of the documentation: links that lead somewhere, axe, the keyboard, no request to others, nothing that the policy stops. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { site } from '../../scripts/docs.mjs';
import { ORDER } from '../../scripts/docs/nav.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { startSite } from './site.mjs';

const AXE = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @type {Awaited<ReturnType<typeof startSite>>} */
let docs;
before(async () => { docs = await startSite(); });
after(() => docs?.stop());

test('every page is in the list of pages, and has a title and a description of its own', () => {
  const sources = readdirSync(join(root, 'docs', 'site')).filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3));
  assert.deepEqual([...ORDER].sort(), sources.sort());
  const heads = sources.map((name) => html(name).match(/<title>(.*?)<\/title>\n<meta name="description" content="(.*?)">/)?.slice(1) ?? []);
  assert.equal(new Set(heads.map(([title]) => title)).size, sources.length);
  for (const [title, description] of heads) assert.ok(title.length > 10 && description.length > 40, `${title}: ${description}`);
});

test('every link of the site leads to a page that is there, and to a heading on it; nothing is loaded from elsewhere', () => {
  const ids = new Map(ORDER.map((name) => [`${name}.html`, new Set([...html(name).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]));
  const files = new Set(/** @type {string[]} */ (readdirSync(site, { recursive: true })));
  const broken = [];
  for (const name of ORDER) {
    for (const [, attribute, address] of html(name).replace(/<pre.*?<\/pre>/gs, '').matchAll(/ (href|src|srcset)="([^"]*)"/g)) {
      if (/^https:\/\//.test(address) && attribute === 'href') continue;
      const [file, fragment] = address.split('#');
      const target = file || `${name}.html`;
      if (!files.has(target) || (fragment && !ids.get(target)?.has(fragment))) broken.push(`${name}: ${address}`);
    }
  }
  assert.deepEqual(broken, []);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing on any page, ${colorScheme}, ${width} px wide; nothing runs out of the side`, async () => {
      const { context, page, problems, foreign } = await docs.open({ colorScheme, viewport: { width, height: 900 } });
      for (const name of ORDER) {
        await page.goto(`${docs.url}${name}.html`);
        if (name === 'playground') await page.frameLocator('iframe').getByRole('dialog').waitFor();
        assert.deepEqual(await violations(page), [], name);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${name} is ${over} px too wide`);
        assert.deepEqual([problems, foreign], [[], []], name);
      }
      await context.close();
    });
  }
}

test('the check itself sees what is wrong', async () => {
  const { context, page } = await docs.open();
  await page.goto(`${docs.url}theming.html`);
  await page.locator('h1').evaluate((heading) => { heading.style.setProperty('color', '#eee'); });
  await page.locator('img').first().evaluate((image) => image.removeAttribute('alt'));
  const found = (await violations(page)).join(' ');
  assert.match(found, /color-contrast: /);
  assert.match(found, /image-alt: /);
  await context.close();
});

test('by keyboard: past the menus to the text, to every link of the bar, and the search finds an option', async () => {
  const { context, page } = await docs.open();
  await page.goto(`${docs.url}index.html`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: 'Search the docs' }).pressSequentially('codeLength');
  await page.getByRole('dialog').getByRole('link', { name: /^codeLength/ }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/reference-dialog\.html#/);
  await page.goBack();
  await page.keyboard.press('/');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await context.close();
});

test('on a phone the menu opens, leads to a page, and closes by Escape', async () => {
  const { context, page } = await docs.open({ viewport: { width: 390, height: 800 } });
  await page.goto(`${docs.url}csp.html`);
  const menu = page.getByRole('button', { name: 'Pages' });
  await menu.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Theming' }).waitFor({ state: 'hidden' });
  assert.equal(await menu.evaluate((button) => button === document.activeElement), true);
  await menu.press('Enter');
  await page.getByRole('link', { name: 'Theming' }).click();
  await page.getByRole('heading', { name: 'Theming', level: 1 }).waitFor();
  await context.close();
});

test('the choice of colours outlives the page, and every page can be read without a script', async () => {
  const { context, page } = await docs.open({ colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(`${docs.url}csp.html`);
  assert.equal(await background(), 'rgb(255, 255, 255)');
  await page.getByLabel('Colours').selectOption('dark');
  await page.reload();
  assert.equal(await background(), 'rgb(15, 19, 26)');
  await context.close();
  const plain = await docs.open({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  await plain.page.goto(`${docs.url}csp.html`);
  await plain.page.getByRole('link', { name: 'Theming' }).click();
  await plain.page.getByRole('heading', { name: 'Theming', level: 1 }).waitFor();
  await plain.context.close();
});

/** @param {string} name */
function html(name) {
  return readFileSync(join(site, `${name}.html`), 'utf8');
}

/** @param {import('playwright-core').Page} page */
async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async (runOnly) => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, { runOnly, iframes: false });
    return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ node) => `${node.html} ${node.failureSummary}`).join(' | ')}`);
  }, TAGS);
}
