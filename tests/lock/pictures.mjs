// @ts-check
/**
 * Takes pictures of every screen for people to look at: light, dark, right to left, on a phone, on the
 * narrowest screen, zoomed, and in a page. Run `node tests/lock/pictures.mjs [FOLDER]`; the default folder is
 * `test-results/dialog`. Needs `npm run build` and the mock tenant.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { SCREENS } from './screens.mjs';
import { startStage } from './stage.mjs';

const folder = process.argv[2] ?? join(root, 'test-results', 'dialog');
mkdirSync(folder, { recursive: true });

const desk = { width: 520, height: 680 };
const VIEWS = /** @type {Record<string, import('playwright-core').BrowserContextOptions & { inline?: boolean }>} */ ({
  light: { viewport: desk },
  dark: { viewport: desk, colorScheme: 'dark' },
  'right to left': { viewport: desk, locale: 'ar' },
  phone: { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  'right to left, phone, dark': { viewport: { width: 360, height: 640 }, locale: 'ar', colorScheme: 'dark', deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  '320 px, German': { viewport: { width: 320, height: 568 }, locale: 'de', deviceScaleFactor: 2 },
  'zoomed to 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  inline: { viewport: desk, inline: true },
  'high contrast': { viewport: desk, forcedColors: 'active' },
});

const stage = await startStage();
try {
  for (const [view, { inline, ...options }] of Object.entries(VIEWS)) {
    for (const screen of SCREENS) {
      await stage.control('POST', 'reset');
      const { context, page } = await stage.open({ path: screen.path, reducedMotion: 'reduce', ...options });
      await stage.dialog(page, { ...screen.options, ...(inline && { container: 'here' }) }, { show: screen.show });
      await page.locator('.lk-panel').waitFor();
      await screen.reach?.(page, stage);
      // `page.screenshot` would wait for a navigation that some screens delay.
      const session = await context.newCDPSession(page);
      const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
      writeFileSync(join(folder, `${screen.name}, ${view}.png`), Buffer.from(data, 'base64'));
      await context.close();
    }
  }
  console.log(`${SCREENS.length * Object.keys(VIEWS).length} pictures in ${folder}`);
} finally {
  await stage.stop();
}
