// @ts-check
/** Every screen of the dialog, for the tests that check all of them. */

import { submit } from './controls.mjs';
import { CAPTCHA } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./controls.mjs').Stage} Stage */

/** Enters an address, and the code that was sent there. @param {Page} page @param {Stage} stage */
async function logIn(page, stage) {
  await submit(page, 'nora@example.com');
  // Other screens have sent codes to this address, too. Those become invalid when this code is sent.
  await page.locator('.lk-code-input').waitFor();
  await page.locator('.lk-code-input').fill(await stage.code('nora@example.com'));
}

/**
 * @typedef {object} Screen
 * @property {string} name
 * @property {Record<string, any>} [options]
 * @property {Record<string, any>} [show]
 * @property {string} [path] of a page other than the one with the script tag
 * @property {(page: Page, stage: Stage) => Promise<void>} [reach]
 */

/** The path of a page for which the stage stores a last login. @param {string} way */
const kept = (way) => `/?${new URLSearchParams({ kept: way })}`;

/** A person whom the page knows. */
const NORA = {
  url: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#d9b99b" d="M0 0h8v8H0z"/><circle fill="#5b3a29" cx="4" cy="3.2" r="1.7"/><path fill="#5b3a29" d="M1 8a3 3 0 0 1 6 0z"/></svg>')}`,
  displayName: 'Nora Kaiser',
};

/** Every screen, and how to get there in any language. @type {Screen[]} */
export const SCREENS = [
  { name: 'e-mail' },
  {
    name: 'e-mail, invalid, with help',
    reach: async (page) => {
      await submit(page, 'nora@gmial');
      await page.locator('.lk-hint--tip').waitFor();
    },
  },
  { name: 'e-mail, terms to be ticked', options: { mustAcceptTerms: true }, reach: (page) => submit(page, 'nora@gmail.com') },
  { name: 'e-mail with a message of the page', show: { flashMessage: { type: 'success', text: 'You have logged out.' } } },
  { name: 'e-mail, arrow button, no title', options: { theme: { labeledSubmitButton: false, hideMainScreenTitle: true, primaryColor: '#ffd400' } } },
  { name: 'e-mail of a known person', options: { avatar: NORA, prefill: { email: 'nora@gmail.com' } }, reach: (page) => page.locator('.lk-avatar:not([hidden])').waitFor({ state: 'attached' }) },
  {
    name: 'sending',
    reach: async (page) => {
      await page.route('**/passwordless/start', () => {});
      await submit(page, 'nora@gmail.com');
    },
  },
  {
    name: 'captcha',
    options: CAPTCHA.options,
    reach: async (page, { control }) => {
      await control('PATCH', 'settings', CAPTCHA.settings);
      await submit(page, 'nora@gmail.com');
      await page.locator('.lk-captcha-picture').waitFor();
      await control('PATCH', 'settings', CAPTCHA.off);
    },
  },
  { name: 'phone number, invalid', options: { allowedConnections: ['sms', 'email'] }, reach: (page) => submit(page, 'nora') },
  { name: 'social and e-mail', options: { allowedConnections: ['google-oauth2', 'github', 'email', 'sms'] } },
  { name: 'social only', options: { allowedConnections: ['google-oauth2', 'acme'] } },
  { name: 'last login, e-mail', path: kept('email\nnora@example.com'), options: { rememberLastLogin: true } },
  {
    name: 'last login, phone number, terms to be ticked',
    options: { rememberLastLogin: true, mustAcceptTerms: true, allowedConnections: ['sms'] },
    path: kept('sms\n+4915123456789'),
    reach: (page) => page.locator('.lk-last').click(),
  },
  { name: 'last login, social', options: { rememberLastLogin: true, allowedConnections: ['google-oauth2', 'email'] }, path: kept('google-oauth2') },
  {
    name: 'last login, on the way',
    options: { rememberLastLogin: true, auth: { sso: false } },
    path: kept('email\nnora@example.com'),
    reach: async (page) => {
      await page.route('**/passwordless/start', () => {});
      await page.locator('.lk-last').click();
    },
  },
  {
    name: 'code',
    reach: async (page) => {
      await submit(page, 'nora@gmail.com');
      await page.locator('.lk-code-input').waitFor();
      await page.keyboard.type('42');
    },
  },
  {
    name: 'code of a known person',
    options: { avatar: NORA, theme: { logo: NORA.url } },
    reach: async (page) => {
      await submit(page, 'nora@example.com');
      await page.locator('.lk-code-input').waitFor();
    },
  },
  {
    name: 'code, wrong',
    reach: async (page) => {
      await page.route('**/co/authenticate', (route) => route.fulfill({
        status: 403, contentType: 'application/json', json: { error: 'access_denied', error_description: 'Wrong email or verification code.' },
        headers: { 'access-control-allow-origin': new URL(page.url()).origin, 'access-control-allow-credentials': 'true' },
      }));
      await submit(page, 'nora@gmail.com');
      await page.locator('.lk-code-input').fill('123456');
      await page.locator('.lk-note:not([hidden])').waitFor();
    },
  },
  {
    name: 'link sent',
    options: { passwordlessMethod: 'link' },
    reach: async (page) => {
      await submit(page, 'nora@gmail.com');
      await page.locator('.lk-mark').waitFor();
    },
  },
  {
    name: 'link sent, or a code',
    options: { passwordlessMethod: 'link', offerCode: true, resendCoolDown: 1 },
    reach: async (page) => {
      await submit(page, 'nora@gmail.com');
      await page.locator('.lk-row--center .lk-link[aria-disabled=false] >> nth=1').waitFor();
    },
  },
  {
    name: 'signed in, leaving',
    reach: async (page, stage) => {
      // With an empty response the browser stays where it is.
      await page.route('**/authorize?**', (route) => route.fulfill({ status: 204 }));
      await logIn(page, stage);
      await page.locator('.lk-done').waitFor();
    },
  },
  {
    name: 'signed in, in place',
    path: '/?framed',
    options: { auth: { redirect: false, responseType: 'token id_token' } },
    reach: async (page, stage) => {
      await logIn(page, stage);
      await page.locator('.lk-mark').waitFor();
    },
  },
  {
    name: 'signed in elsewhere',
    reach: async (page, { tenant }) => {
      await page.evaluate((domain) => new BroadcastChannel(`latchkey-lock/${domain}/latchkey-web`).postMessage('signed in'), tenant.url);
      await page.locator('.lk-mark').waitFor();
    },
  },
  {
    name: 'error',
    reach: async (page, { control }) => {
      await control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 400, body: { error: 'bad.connection', error_description: 'The connection was disabled.' } });
      await submit(page, 'nora@gmail.com');
      await page.locator('.lk-note:not([hidden])').waitFor();
    },
  },
];
