// @ts-check
/** `npm run picture` makes the README's pictures of the dialog, both screens side by side, light and dark, and records a login. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { askForCode, dialog } from '../tests/e2e/dialog.mjs';
import { build } from './build.mjs';
import { root } from './lib/paths.mjs';
import { say, script } from './lib/run.mjs';
import { buildServers } from './lib/servers.mjs';
import { setUp } from './setup.mjs';

/** The colour around the screens, by colour scheme. */
const BACKGROUNDS = { light: '#dfe4ec', dark: '#0a0d13' };

await script(async () => {
  await setUp(['rust', 'wasm', 'packages', 'browser']);
  await buildServers();
  await build();
  mkdirSync(join(root, 'docs'), { recursive: true });
  // Imported here, because it needs npm's packages, which the set-up installs.
  const { startWorld } = await import('../tests/e2e/harness.mjs');
  const { record } = await import('./lib/recording.mjs');
  const world = await startWorld();
  try {
    await record(world, join(root, 'docs', 'login.webp'));
    say('docs/login.webp');
    for (const colorScheme of /** @type {('light' | 'dark')[]} */ (Object.keys(BACKGROUNDS))) {
      const { page, context } = await world.open({ colorScheme, viewport: { width: 640, height: 640 }, deviceScaleFactor: 2 });
      await page.goto(`${world.app.url}/lock.html`);
      await page.getByRole('button', { name: 'Log in' }).click();
      await dialog(page).email.fill('nora.kaiser@example.com');
      const first = await shot(page);
      await askForCode(page, world.app.url, 'nora.kaiser@example.com');
      await dialog(page).code.pressSequentially('421');
      const second = await shot(page);

      const sheet = await context.newPage();
      await sheet.setViewportSize({ width: 980, height: 560 });
      await sheet.setContent(`<style>body{margin:0;display:flex;gap:40px;align-items:center;justify-content:center;height:100vh;background:${BACKGROUNDS[colorScheme]}}div{width:404px;border-radius:18px;overflow:hidden;box-shadow:0 20px 50px -16px rgb(0 0 0/.35)}img{display:block;width:408px;margin:-2px}</style>${[first, second].map((image) => `<div><img src="data:image/png;base64,${image.toString('base64')}"></div>`).join('')}`);
      await sheet.screenshot({ path: join(root, 'docs', `dialog-${colorScheme}.png`) });
      await context.close();
      say(`docs/dialog-${colorScheme}.png`);
    }
  } finally {
    await world.stop();
  }
});

/** A picture of the dialog's panel. @param {import('playwright-core').Page} page */
async function shot(page) {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  return page.locator('.lk-panel').screenshot({ animations: 'disabled' });
}
