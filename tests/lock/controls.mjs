// @ts-check
/** The dialog's controls by role and label, and what people do with them on many screens. */

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('./stage.mjs').startStage>>} Stage */

/** The controls of an English dialog. @param {Page} page */
export const controls = (page) => ({
  dialog: page.getByRole('dialog'),
  email: page.getByLabel('E-mail address'),
  phone: page.getByLabel('Phone number'),
  country: page.getByLabel('Country'),
  code: page.getByLabel('6-digit code'),
  submit: page.getByRole('button', { name: 'Continue', exact: true }),
  back: page.getByRole('button', { name: 'Back' }),
  close: page.getByRole('button', { name: 'Close' }),
  resend: page.getByRole('button', { name: /^Send (a new code|the link again)/ }),
  alert: page.locator('.lk [role=alert]'),
  status: page.locator('.lk [role=status]'),
});

/** Submits an address or a number on the first screen, in any language. @param {Page} page @param {string} address */
export async function submit(page, address) {
  await page.locator('.lk input:not([type=checkbox])').fill(address);
  await page.keyboard.press('Enter');
}

/**
 * Opens a dialog, and requests a code.
 *
 * @param {Stage} stage
 * @param {Page} page
 * @param {string} address
 * @param {Record<string, any>} [options]
 */
export async function toCode(stage, page, address, options) {
  await stage.dialog(page, options);
  await submit(page, address);
  await controls(page).code.waitFor();
}
