// @ts-check
/** Each way to log in that the start page leads to, at both servers of the sample. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';
import { startApp, startNodeApp } from '../../scripts/lib/servers.mjs';
import { startWorld } from './harness.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'code' | 'link'} Proof */

const SERVERS = { 'the Rust server': startApp, 'the Node server': startNodeApp };

/** The mail in three languages, as `npm start` has it. */
const tenantArgs = ['--config', join(root, 'crates', 'sample-web-app', 'tenant.json')];

const CARDS = { 'The dialog': 'dialog', 'Your own form': 'form' };
/** @type {Record<string, { proof: Proof, isPhone?: boolean }>} */
const WAYS = { 'Code by e-mail': { proof: 'code' }, 'Link by e-mail': { proof: 'link' }, 'Code by text message': { proof: 'code', isPhone: true } };

for (const [name, startServer] of Object.entries(SERVERS)) {
  describe(name, () => {
    /** @type {Awaited<ReturnType<typeof startWorld>>} */
    let world;
    before(async () => { world = await startWorld({ tenantArgs, startServer }); });
    after(() => world?.stop());

    for (const [card, kind] of Object.entries(CARDS)) {
      for (const [way, { proof, isPhone = false }] of Object.entries(WAYS)) {
        test(`${card}: ${way.toLowerCase()}, in French`, async () => {
          const local = `${kind}.${proof}`;
          const to = isPhone ? `+4915123456${kind === 'dialog' ? '10' : '20'}` : `${local}@example.com`;
          const { page, context, errors } = await world.open({ locale: 'de-DE' });
          await page.goto(world.app.url);
          await page.locator('.card', { hasText: card }).getByRole('link', { name: way }).click();
          await page.locator('#language').selectOption('fr');
          await (kind === 'dialog' ? askInDialog(page, to, isPhone) : askInForm(page, to));

          const [message] = await world.control('GET', `outbox?to=${encodeURIComponent(to)}&wait=20`);
          if (proof === 'link') {
            assert.match(message.html, /Se connecter à Latchkey sample/);
            await page.goto(message.link);
          } else {
            assert.match(isPhone ? message.text : message.html, /Ceci est votre code: \d{6}/);
            await giveCode(page, message.code, kind);
          }
          await page.locator('#log-out').waitFor();
          assert.equal(page.url(), `${world.app.url}/`);
          const claims = await page.locator('#claims').innerText();
          assert.ok(isPhone ? /sub\s+sms\|/.test(claims) : claims.includes(to), claims);
          assert.deepEqual(errors, []);
          await context.close();
        });
      }
    }

    test('a link that is opened in another browser logs nobody in, and the page says why', async () => {
      const { page, context } = await world.open();
      await page.goto(`${world.app.url}/custom-ui-link.html`);
      await askInForm(page, 'elsewhere@example.com');
      const [{ link }] = await world.control('GET', 'outbox?to=elsewhere@example.com&wait=20');
      const other = await world.open();
      await other.page.goto(link);
      await other.page.getByRole('heading', { name: 'This browser has no login in progress' }).waitFor();
      await other.context.close();
      await context.close();
    });

    test('without a script', async () => {
      const address = 'no.script@example.com';
      const { page, context } = await world.open({ javaScriptEnabled: false });
      await page.goto(world.app.url);
      await page.getByRole('link', { name: 'Use the page' }).click();
      await page.getByLabel('E-mail address').fill(address);
      await page.keyboard.press('Enter');
      await page.getByLabel('Code from the e-mail').fill(await world.code(address));
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.locator('#log-out').waitFor();
      assert.match(await page.locator('#claims').innerText(), /no\.script@example\.com/);
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('heading', { name: 'You are not logged in' }).waitFor();
      await context.close();
    });

    test('the server sends five codes to one recipient, and says how long to wait for the next', async () => {
      const ask = () => fetch(`${world.app.url}/login`, { method: 'POST', body: new URLSearchParams({ email: 'often@example.com' }), redirect: 'manual' });
      for (let count = 0; count < 5; count++) assert.equal((await ask()).status, 303);
      const refused = await ask();
      assert.equal(refused.status, 429);
      const page = await refused.text();
      assert.match(page, /Too many codes asked for/);
      assert.match(page, /Wait \d+ minutes/);
      assert.equal((await world.control('GET', 'outbox?to=often@example.com')).length, 5, 'the tenant is not asked');
    });

    test('a form of another site sends no code', async () => {
      for (const headers of /** @type {Record<string, string>[]} */ ([{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])) {
        const response = await fetch(`${world.app.url}/login`, { method: 'POST', headers, body: new URLSearchParams({ email: 'victim@example.com' }), redirect: 'manual' });
        assert.equal(response.status, 403);
      }
      assert.deepEqual(await world.control('GET', 'outbox?to=victim@example.com'), []);
    });
  });
}

/** The dialog speaks the chosen language, so nothing is found by its words. @param {Page} page @param {string} to @param {boolean} isPhone */
async function askInDialog(page, to, isPhone) {
  await page.locator('#login').click();
  if (isPhone) await page.locator('.lk [name=country]').selectOption('DE');
  await page.locator(isPhone ? '.lk [name=phone]' : '.lk [name=email]').fill(isPhone ? to.replace('+49', '0') : to);
  await page.locator('.lk-submit').click();
}

/** @param {Page} page @param {string} to */
async function askInForm(page, to) {
  await page.locator('#address').fill(to);
  await page.locator('#send').click();
}

/** @param {Page} page @param {string} code @param {string} kind */
async function giveCode(page, code, kind) {
  if (kind === 'dialog') return page.locator('.lk [autocomplete=one-time-code]').fill(code);
  await page.locator('#code').fill(code);
  await page.locator('#verify').click();
}
