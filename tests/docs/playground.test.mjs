// @ts-check
/** The playground: on a static host with a tenant that is played, and beside the mock tenant; form, JSON, code. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { npm, rust, script, RUST_PATHS } from '../../docs/site/assets/playground-code.mjs';
import { FIELDS, write } from '../../docs/site/assets/playground-options.mjs';
import { site } from '../../scripts/docs.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { startWorld } from '../e2e/harness.mjs';
import { startSite } from './site.mjs';
import { codeOf, snippetsOf } from './snippets.mjs';

/** @type {Awaited<ReturnType<typeof startSite>>} */
let docs;
before(async () => { docs = await startSite(); });
after(() => docs?.stop());

/** Every option of the form, at a value that is not the standard one. */
const ALL = {
  allowedConnections: ['sms', 'email', 'github'], passwordlessMethod: 'link', offerCode: true, codeLength: 8, resendCoolDown: 60, autoSubmit: false,
  theme: { primaryColor: '#0b7a5c', scheme: 'dark', labeledSubmitButton: false, hideMainScreenTitle: true },
  language: 'de', languageDictionary: { title: 'It\'s "Acme"' }, prefill: { email: 'nora@example.com' },
  closable: false, showTerms: false, mustAcceptTerms: true, allowAutocomplete: false, rememberLastLogin: true,
};

/** @param {import('playwright-core').Page} page */
const controls = (page) => {
  const frame = page.frameLocator('iframe');
  return {
    json: page.getByLabel('The same as JSON'),
    code: page.locator('#code'),
    dialog: frame.getByRole('dialog'),
    email: frame.getByRole('textbox', { name: 'E-mail address' }),
    digits: frame.getByRole('textbox', { name: '6-digit code' }),
    said: page.locator('.said'),
  };
};

test('on a static host a login is played: a wrong code, the right one, and nothing leaves the page', async () => {
  const { context, page, problems, foreign } = await docs.open();
  await page.goto(`${docs.url}playground.html`);
  const { dialog, email, digits, said } = controls(page);
  await email.fill('nora@example.com');
  await email.press('Enter');
  await said.getByText('The code is 123456').waitFor();
  await digits.fill('654321');
  await dialog.getByText('isn’t right').waitFor();
  await digits.fill('123456');
  await said.getByText('comes back logged in').waitFor();
  assert.ok(page.url().startsWith(`${docs.url}playground.html`));
  // The browser may begin to navigate before the frame is removed. No host has the address.
  assert.deepEqual(foreign.filter((url) => !url.startsWith('https://tenant.invalid/authorize')), []);
  assert.deepEqual(problems.filter((text) => !/frame-src|tenant\.invalid/.test(text)), []);
  await context.close();
});

test('served by the sample app, under its policy, the code that the mock tenant sent logs in without leaving the page', async () => {
  const world = await startWorld();
  const file = join(site, 'tenant.json');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, JSON.stringify({ domain: world.tenant.url }));
  try {
    const { context, page, errors } = await world.open();
    await page.goto(`${world.app.url}/docs/playground.html`);
    const { email, digits, said } = controls(page);
    await said.getByText(`${world.tenant.url}/_mock/inbox`).waitFor();
    await email.fill('nora@example.com');
    await email.press('Enter');
    await digits.fill(await world.code('nora@example.com'));
    await said.getByText('Logged in as nora@example.com').waitFor();
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox', { name: 'Search the docs' }).fill('third_party_cookies');
    await page.getByRole('dialog').getByRole('link', { name: /^third_party_cookies/ }).first().waitFor();
    assert.deepEqual(errors, []);
    await context.close();
  } finally {
    writeFileSync(file, before);
    await world.stop();
  }
});

test('form and JSON say the same; who types keeps the focus; an address brings the options back', async () => {
  const { context, page } = await docs.open();
  await page.goto(`${docs.url}playground.html`);
  const { json, code, dialog } = controls(page);
  await dialog.waitFor();
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('Log in to Acme');
  await dialog.getByRole('heading', { name: 'Log in to Acme' }).waitFor();
  await title.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('!');
  await dialog.getByRole('heading', { name: 'Log in to Acme!' }).waitFor();
  assert.equal(JSON.parse(await json.inputValue()).languageDictionary.title, 'Log in to Acme!');
  await json.fill('{ "allowedConnections": ["sms"], "theme": { "scheme": "dark" }');
  await page.getByText('This is no JSON yet').waitFor();
  await json.fill('{ "allowedConnections": ["sms"], "theme": { "scheme": "dark" } }');
  await dialog.getByRole('textbox', { name: 'Phone number' }).waitFor();
  assert.equal(await page.getByLabel('Text message').isChecked(), true);
  assert.equal(await page.getByLabel('Light or dark').inputValue(), 'dark');
  await page.getByLabel('Rust').check();
  assert.match(await code.innerText(), /Scheme::Dark/);
  await page.reload();
  await dialog.getByRole('textbox', { name: 'Phone number' }).waitFor();
  await page.getByLabel('Phone', { exact: true }).check();
  assert.ok(((await page.locator('iframe').boundingBox())?.width ?? 999) <= 391);
  await context.close();
});

test('every language can be chosen; one from right to left is', async () => {
  const { context, page } = await docs.open();
  await page.goto(`${docs.url}playground.html`);
  const tags = await page.getByLabel('Language').locator('option').evaluateAll((options) => options.map((option) => /** @type {HTMLOptionElement} */ (option).value).filter(Boolean));
  assert.deepEqual(tags.sort(), readdirSync(join(root, 'crates', 'lock', 'i18n')).map((file) => file.slice(0, -5)).sort());
  await page.getByLabel('Language').selectOption('ar');
  await page.frameLocator('iframe').locator('.lk[dir=rtl]').waitFor();
  await context.close();
});

test('the code for Rust is that of the paper that is compiled, and has every option of the form', () => {
  assert.deepEqual([...RUST_PATHS].sort(), FIELDS.map(({ path }) => path).sort());
  assert.equal(rust(ALL), snippetsOf('tests/docs/playground.md')[0].code);
});

test('the code for a script tag and for npm is that of the paper whose types are checked', () => {
  assert.equal(npm(ALL), codeOf('tests/docs/playground.md', 'npm.js'));
  assert.equal(script(ALL), codeOf('tests/docs/playground.md', 'script.html'));
});

test('a standard value is left out of the options, and an empty object with it', () => {
  const field = /** @type {import('../../docs/site/assets/playground-options.mjs').Field} */ (FIELDS.find(({ path }) => path === 'theme.scheme'));
  const dark = write({}, field, 'dark');
  assert.deepEqual(dark, { theme: { scheme: 'dark' } });
  assert.deepEqual(write(dark, field, 'auto'), {});
  assert.ok(readFileSync(join(site, 'playground.html'), 'utf8').includes('id="languages"'));
});
