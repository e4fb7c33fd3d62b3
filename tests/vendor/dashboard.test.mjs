// @ts-check
/** The tenant's dashboard. Changes take effect at once, and the pages work with keyboard, phone and screen reader. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../scripts/lib/paths.mjs';
import { startWorld } from '../e2e/harness.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ADDRESS = 'ada@example.com';
const PAGES = ['inbox', 'mail', 'connection-settings', 'applications', 'people', 'activity', 'controls'];

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
before(async () => { world = await startWorld(); });
after(() => world?.stop());
beforeEach(() => world.control('POST', 'reset'));

/** @param {string} path @param {unknown} body */
const post = (path, body) => fetch(world.tenant.url + path, {
  method: 'POST', headers: { 'content-type': 'application/json', origin: world.app.url }, body: JSON.stringify(body),
});
const start = () => post('/passwordless/start', { client_id: 'latchkey-web', connection: 'email', email: ADDRESS, send: 'code' });

/** @param {string} name @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(name, options) {
  const opened = await world.open(options);
  await opened.page.goto(`${world.tenant.url}/_mock/${name}`);
  await opened.page.getByText('Live', { exact: true }).waitFor();
  return opened;
}

test('a mail template is previewed by language, checked, saved and sent', async () => {
  const { page, context, errors } = await open('mail');
  await page.getByLabel('From').fill('{{ application.name }} <login@example.com>');
  await page.getByLabel('Body').fill("{% if request_language contains 'fr' %}<b>Bonjour {{ code }}</b>{% endif %}");
  await page.getByText(/No code in the mail/).waitFor();
  await page.getByLabel('Language header').fill('fr-FR');
  await page.frameLocator('#frame').getByText('Bonjour 123456').waitFor();
  await page.getByText(/Not in effect/).waitFor();
  await page.getByLabel('Provider').selectOption('file');
  const folder = `target/test-mails-${process.pid}`;
  await page.getByLabel('Folder').fill(`${process.env.TMPDIR ?? '/tmp'}/${folder}`);
  await page.locator('#provider').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.locator('#form').getByRole('button', { name: 'Save' }).click();
  await assertEventually(async () => (await world.control('GET', 'connections'))[0].options.email.from !== '');
  await fetch(`${world.tenant.url}/passwordless/start`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-request-language': 'fr' },
    body: JSON.stringify({ client_id: 'latchkey-web', connection: 'email', email: ADDRESS, send: 'code' }),
  });
  const [message] = await world.control('GET', `outbox?to=${ADDRESS}&wait=5`);
  assert.match(message.html, /^<b>Bonjour \d{6}<\/b>$/);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a template with a syntax error is refused with its line', async () => {
  const { page, context } = await open('mail');
  await page.getByLabel('Body').fill('\n{% if %}');
  await page.locator('#notes').getByText(/line 2/).waitFor();
  await page.locator('#form').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').getByText(/options\.email\.body/).waitFor();
  assert.equal((await world.control('GET', 'connections'))[0].options.email.body, '');
  await context.close();
});

test('a removed callback is refused at once', async () => {
  const authorize = `${world.tenant.url}/authorize?${new URLSearchParams({ client_id: 'latchkey-web', response_type: 'code', redirect_uri: `${world.app.url}/callback`, prompt: 'none' })}`;
  assert.equal((await fetch(authorize, { redirect: 'manual' })).status, 302);
  const { page, context } = await open('applications');
  await page.getByLabel('Allowed callback URLs').fill('https://app.example.com/callback');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.equal((await fetch(authorize, { redirect: 'manual' })).status, 403);
  await page.getByLabel('Allowed callback URLs').fill('nonsense');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/callbacks\[0\]/).waitFor();
  await context.close();
});

test('an application has its sample: a server where there is a secret, a page where there is none', async () => {
  const { page, context, errors } = await open('applications');
  const shown = () => page.locator('#sample a:visible').allInnerTexts();
  assert.deepEqual(await shown(), ['Rust', 'Node']);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Node', exact: true }).click();
  assert.equal((await download).suggestedFilename(), 'latchkey-sample-node.zip');
  await page.getByRole('button', { name: /Latchkey sample SPA/ }).click();
  assert.deepEqual(await shown(), ['Single page']);
  assert.deepEqual(errors, []);
  await context.close();
});

test('an application is created, used and deleted by keyboard', async () => {
  const { page, context, errors } = await open('applications');
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'New application' }).press('Enter');
  await page.getByText('Made', { exact: true }).waitFor();
  await page.keyboard.type('Shop');
  await page.getByLabel('Allowed callback URLs').fill('https://shop.example.com/cb');
  await page.getByLabel('Name').press('Enter');
  await page.getByText('Saved', { exact: true }).waitFor();
  const made = (await world.control('GET', 'clients')).at(-1);
  assert.deepEqual([made.name, made.callbacks], ['Shop', ['https://shop.example.com/cb']]);
  assert.ok(made.client_secret.length > 40);
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByText('Deleted', { exact: true }).waitFor();
  assert.equal((await world.control('GET', 'clients')).length, 2);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'new');
  assert.deepEqual(errors, []);
  await context.close();
});

test('a user is added and deleted, and an invalid one is refused', async () => {
  const { page, context, errors } = await open('people');
  page.on('dialog', (dialog) => dialog.accept());
  const address = page.getByLabel('E-mail address or phone number');
  await address.fill('nonsense');
  await address.press('Enter');
  await page.getByText(/field `user\.email` is not valid: nonsense/).waitFor();
  await address.fill(ADDRESS);
  await page.getByLabel('Name', { exact: true }).fill('Ada');
  await page.getByLabel('Name', { exact: true }).press('Enter');
  await page.getByText('Added', { exact: true }).waitFor();
  await address.fill('+493012345678');
  await address.press('Enter');
  await page.getByRole('button', { name: 'Delete +493012345678' }).waitFor();
  const people = await world.control('GET', 'users');
  assert.deepEqual(people.map((/** @type {any} */ { name, identities }) => [name, identities[0].connection]), [['Ada', 'email'], ['+493012345678', 'sms']]);
  await page.getByRole('button', { name: 'Delete Ada' }).press('Enter');
  await page.getByText('Deleted', { exact: true }).waitFor();
  await assertEventually(async () => (await world.control('GET', 'users')).length === 1);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a user is edited, and a new address gets a mail', async () => {
  await world.control('POST', 'users', { email: ADDRESS, name: 'Ada' });
  const { page, context, errors } = await open('people');
  await page.getByRole('button', { name: 'Edit Ada' }).click();
  await page.getByLabel('New e-mail address').fill('countess@example.com');
  await page.getByLabel('Roles').fill('admin, editor');
  await page.getByLabel('User metadata').fill('{"plan": ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/must be a JSON object/).waitFor();
  await page.getByLabel('User metadata').fill('{"plan": "gold"}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const [ada] = await world.control('GET', 'users');
  assert.deepEqual([ada.email, ada.roles, ada.user_metadata], ['countess@example.com', ['admin', 'editor'], { plan: 'gold' }]);
  const [mail] = await world.control('GET', 'outbox?to=countess@example.com');
  assert.match(mail.subject, /was changed/);
  assert.deepEqual(errors, []);
  await context.close();
});

test('the settings of a connection are saved', async () => {
  const { page, context, errors } = await open('connection-settings');
  await page.getByLabel('Digits of a code').fill('abc');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/must be a whole number, not “abc”/).waitFor();
  await page.getByLabel('Digits of a code').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/must be a whole number, and is empty/).waitFor();
  await page.getByLabel('Digits of a code').fill('8');
  await page.getByLabel('No sign-ups').check();
  await page.getByLabel('Latchkey sample SPA').check();
  assert.equal(await page.getByLabel('All of them').isChecked(), false);
  await page.getByLabel(/Parameters of generated links/).fill('{"audience": "https://api.example.com/"}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const [{ options, enabled_clients: clients }] = await world.control('GET', 'connections');
  assert.deepEqual([options.totp.length, options.disable_signup, clients, options.authParams], [8, true, ['latchkey-spa'], { audience: 'https://api.example.com/' }]);
  assert.deepEqual(errors, []);
  await context.close();
});

test('the page asks before unsaved edits are lost', async () => {
  const { page, context } = await open('applications');
  /** @type {string[]} */
  const asked = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await page.getByLabel('Name').fill('Changed');
  await page.getByRole('button', { name: /Latchkey sample SPA/ }).click();
  assert.equal(await page.getByLabel('Name').inputValue(), 'Changed');
  await page.getByRole('link', { name: 'Home' }).click();
  await assertEventually(async () => asked.includes('beforeunload'));
  assert.deepEqual(asked, ['confirm', 'beforeunload']);
  await context.close();
});

test('callbacks can be separated by commas', async () => {
  const { page, context } = await open('applications');
  await page.getByLabel('Allowed callback URLs').fill('https://a.example.com/cb, https://b.example.com/cb,\nhttps://c.example.com/cb');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.deepEqual((await world.control('GET', 'clients'))[0].callbacks, ['https://a.example.com/cb', 'https://b.example.com/cb', 'https://c.example.com/cb']);
  await context.close();
});

test('a message is searched, shown as text and source, expired and deleted', async () => {
  const { page, context, errors } = await open('inbox');
  await start();
  await page.getByText('Works for').waitFor();
  await page.getByLabel('Find messages').fill('nothing like it');
  await page.locator('#list li').waitFor({ state: 'detached' });
  await page.getByLabel('Find messages').fill('your code');
  await page.locator('#list li').waitFor();
  await page.getByRole('button', { name: 'Source' }).click();
  await page.getByText(/^From: "Latchkey sample" <no-reply@mock\.localhost>/).waitFor();
  await page.getByRole('button', { name: 'Plain text' }).click();
  await page.getByText('Enter this code to log in').waitFor();
  await page.getByRole('button', { name: 'Expire' }).click();
  await page.getByText('Expired', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Nothing has been sent yet').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test('one fault can be removed', async () => {
  await world.control('POST', 'faults', [{ status: 500 }, { status: 501 }]);
  const { page, context } = await open('controls');
  await page.getByRole('button', { name: 'Remove fault 1' }).click();
  await page.getByText('Removed', { exact: true }).waitFor();
  const left = await world.control('GET', 'faults');
  assert.deepEqual(left.map((/** @type {any} */ { status }) => status), [501]);
  await context.close();
});

test('a test mail shows whether the provider accepts mail', async () => {
  const { page, context } = await open('mail');
  await page.getByLabel('Send a test mail to').fill(ADDRESS);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('Sent', { exact: true }).waitFor();
  assert.equal((await world.control('GET', `outbox?to=${ADDRESS}`)).length, 1);
  await context.close();
});

test('every page warns if the tenant\'s clock differs from the machine\'s', async () => {
  await world.control('POST', 'clock', { advance_s: 181 });
  for (const name of ['people', 'applications', 'inbox']) {
    const { page, context } = await open(name);
    await page.getByText(/The tenant's clock is/).waitFor();
    await context.close();
  }
});

test('the inbox shows the solution of a captcha', async () => {
  const { page, context } = await open('inbox');
  await world.control('PATCH', 'settings', { attack_protection: { bot_detection: { challenge_passwordless_policy: 'always' } } });
  await post('/passwordless/challenge', { state: 's' });
  const [{ answer }] = await world.control('GET', 'captchas');
  await page.getByText(answer, { exact: true }).waitFor();
  await context.close();
});

test('a user can be blocked and unblocked, and the page updates itself', async () => {
  const { page, context } = await open('people');
  await page.getByText('Nobody has logged in yet.').waitFor();
  await start();
  const code = await world.code(ADDRESS);
  await post('/co/authenticate', { client_id: 'latchkey-web', credential_type: 'http://auth0.com/oauth/grant-type/passwordless/otp', username: ADDRESS, otp: code, realm: 'email' });
  await page.getByRole('button', { name: `Block ${ADDRESS}` }).click();
  await page.getByRole('button', { name: `Let in again ${ADDRESS}` }).waitFor();
  assert.equal((await world.control('GET', 'users'))[0].blocked, true);
  await context.close();
});

test('the log updates itself, can be filtered, and shows whole events without the code', async () => {
  const { page, context } = await open('activity');
  await start();
  await page.getByText('Code sent').click();
  const code = await world.code(ADDRESS);
  const entry = await page.locator('.log pre').innerText();
  assert.match(entry, /"type": "cls"/);
  assert.ok(!entry.includes(code));
  await page.getByLabel('Filter').fill('no such thing');
  await page.getByText('Nothing matches.').waitFor();
  await context.close();
});

test('the clock is moved, stopped and reset, and a fault is added and removed', async () => {
  const { page, context } = await open('controls');
  await page.getByRole('button', { name: '+ 3 min 1 s' }).click();
  await page.getByText('3 min 1 s ahead').waitFor();
  await page.getByRole('button', { name: 'Stop the clock' }).click();
  await page.getByRole('button', { name: 'Let it run' }).waitFor();
  assert.equal((await world.control('GET', 'clock')).frozen, true);
  await page.getByRole('button', { name: 'Back to real time' }).click();
  await page.getByText('Real time', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Rotate' }).click();
  await page.getByText('Rotated', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Revoke / }).click();
  await page.getByText('Revoked', { exact: true }).waitFor();
  assert.equal((await world.control('GET', 'keys')).length, 2);
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('listitem').getByText('503').waitFor();
  assert.equal((await start()).status, 503);
  assert.equal((await start()).status, 200);
  await context.close();
});

test('every page is accessible, fits on a phone, and works without a mouse', async () => {
  await start();
  const axe = readFileSync(`${root}/node_modules/axe-core/axe.min.js`, 'utf8');
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
      const { page, context, errors } = await world.open({ colorScheme, viewport });
      for (const name of PAGES) {
        await page.goto(`${world.tenant.url}/_mock/${name}`);
        await page.getByText('Live', { exact: true }).waitFor();
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run({ iframes: false }));
        assert.deepEqual(violations.map((/** @type {any} */ { id, nodes }) => [name, id, nodes.map((/** @type {any} */ node) => node.html)]), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name} is too wide`);
        await page.keyboard.press('Tab');
        assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY');
      }
      assert.deepEqual(errors, []);
      await context.close();
    }
  }
});

/** @param {() => Promise<boolean>} check */
async function assertEventually(check) {
  for (let tries = 0; tries < 50; tries++) {
    if (await check()) return;
    await pause(50);
  }
  assert.fail('it did not happen within 2.5 s');
}
