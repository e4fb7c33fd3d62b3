// @ts-check
/** The dialog's elements, found by role and label. */

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
export const dialog = (page) => ({
  box: page.getByRole('dialog'),
  email: page.getByLabel('E-mail address'),
  continue: page.getByRole('button', { name: 'Continue' }),
  code: page.getByLabel('6-digit code'),
  resend: page.getByRole('button', { name: /^Send a new code/ }),
  back: page.getByRole('button', { name: 'Back' }),
  close: page.getByRole('button', { name: 'Close' }),
  alert: page.getByRole('dialog').getByRole('alert'),
});

/**
 * Opens the dialog on the sample app's page and requests a code.
 *
 * @param {Page} page
 * @param {string} appUrl
 * @param {string} address
 */
export async function askForCode(page, appUrl, address) {
  const { email, continue: go } = dialog(page);
  await page.goto(`${appUrl}/lock.html`);
  await page.getByRole('button', { name: 'Log in' }).click();
  await email.fill(address);
  await go.click();
}
