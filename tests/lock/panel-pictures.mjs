// @ts-check
/** Compares pictures of two panels, independently of fonts. */

import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Page} Page */

/**
 * A picture of the panel, without carets and animations. The marks of providers are hidden, because they load with
 * the dialog. The corners are cut off, because the page is visible there.
 *
 * @param {Page} page
 */
export async function picture(page) {
  await page.addStyleTag({ content: '*, ::before { caret-color: transparent !important; animation: none !important; } .lk-badge > svg { visibility: hidden !important; }' });
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.mouse.move(0, 0);
  const box = await page.locator('.lk-panel').boundingBox();
  assert.ok(box);
  const inset = 14;
  const clip = { x: box.x + inset, y: box.y + inset, width: box.width - 2 * inset, height: box.height - 2 * inset };
  return (await page.screenshot({ clip })).toString('base64');
}

/**
 * Whether two pictures are equal. Redrawn pixels may differ by one step of a colour at rounded edges.
 *
 * @param {Page} page the page whose browser decodes the pictures
 * @param {string} one
 * @param {string} other
 */
export const alike = (page, one, other) => page.evaluate(async (pictures) => {
  const [one, other] = await Promise.all(pictures.map(async (picture) => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${picture}` });
    await image.decode();
    const { width, height } = image;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    brush.drawImage(image, 0, 0);
    return { size: `${width} ${height}`, colors: brush.getImageData(0, 0, width, height).data };
  }));
  return one.size === other.size && one.colors.every((color, index) => Math.abs(color - other.colors[index]) <= 1);
}, [one, other]);

/** Whether the panel looks like `wanted`. Fades take a moment, so several pictures are compared. @param {Page} page @param {string} wanted */
export async function looksLike(page, wanted) {
  for (let tries = 0; tries < 6; tries++) if (await alike(page, await picture(page), wanted)) return true;
  return false;
}
