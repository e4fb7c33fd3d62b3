// @ts-check
/** A login as an animated picture: frames of the sample app and of the inbox, from the first page to the last. */

import sharp from 'sharp';
import { dialog } from '../../tests/e2e/dialog.mjs';

/** The size of the recording, in CSS pixels. For sharp screens, the picture has more pixels. */
const SIZE = { width: 720, height: 540 };
const SCALE = 1.5;

const ADDRESS = 'nora.kaiser@example.com';

/** How long frames stay, in milliseconds. */
const STAY = { key: 90, digit: 160, glance: 700, look: 1400, read: 2200, end: 3000 };

/**
 * Records a whole login.
 *
 * @param {Awaited<ReturnType<typeof import('../../tests/e2e/harness.mjs').startWorld>>} world
 * @param {string} file
 */
export async function record(world, file) {
  /** @type {{ image: Buffer, stay: number }[]} */
  const frames = [];
  const { page, context } = await world.open({ viewport: SIZE, deviceScaleFactor: SCALE, colorScheme: 'light' });
  const inbox = await context.newPage();
  const take = async (/** @type {import('playwright-core').Page} */ what, /** @type {number} */ stay) => {
    frames.push({ image: await what.screenshot({ animations: 'disabled', caret: 'initial' }), stay });
  };
  const { email, continue: go, code } = dialog(page);

  await page.goto(`${world.app.url}/lock.html`);
  await take(page, STAY.look);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.mouse.move(0, 0);
  await email.waitFor();
  await take(page, STAY.look);
  for (const letters of ADDRESS.match(/.{1,3}/g) ?? []) {
    await email.pressSequentially(letters);
    await take(page, STAY.key);
  }
  await take(page, STAY.glance);
  await go.click();
  await page.mouse.move(0, 0);
  await code.waitFor();
  await take(page, STAY.look);

  const digits = await world.code(ADDRESS);
  await inbox.goto(`${world.tenant.url}/_mock/inbox`);
  await inbox.getByText(digits).first().waitFor();
  await take(inbox, STAY.read);

  await page.bringToFront();
  await take(page, STAY.glance);
  // The last digit submits the form, so the recording does not show the full code in the field.
  for (const digit of digits.slice(0, -1)) {
    await code.pressSequentially(digit);
    await take(page, STAY.digit);
  }
  await code.pressSequentially(digits.slice(-1));
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  await take(page, STAY.end);
  await context.close();

  await sharp(frames.map(({ image }) => image), { join: { animated: true } })
    .webp({ delay: frames.map(({ stay }) => stay), loop: 0, quality: 72, effort: 5, smartSubsample: true })
    .toFile(file);
}
