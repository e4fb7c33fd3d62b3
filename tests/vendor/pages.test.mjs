// @ts-check
/** Every page that the tenant shows during a login is styled, fits on a phone, and is accessible. */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';
import { startWorld } from '../e2e/harness.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ADDRESS = 'ada@example.com';
const OTP = 'http://auth0.com/oauth/grant-type/passwordless/otp';

/** A folder for screenshots of all pages, if it is set. */
const pictures = process.env.LATCHKEY_PICTURES;

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
before(async () => { world = await startWorld(); });
after(() => world?.stop());
beforeEach(() => world.control('POST', 'reset'));

/** @param {string} path @param {unknown} body */
const post = (path, body) => fetch(world.tenant.url + path, {
  method: 'POST', headers: { 'content-type': 'application/json', origin: world.app.url }, body: JSON.stringify(body),
});

/** @param {Record<string, string>} [params] */
const authorize = (params = {}) => `${world.tenant.url}/authorize?${new URLSearchParams({
  client_id: 'latchkey-web', response_type: 'code', redirect_uri: `${world.app.url}/callback`, state: 's', ...params,
})}`;

/** @param {string} send */
async function message(send) {
  await post('/passwordless/start', { client_id: 'latchkey-web', connection: 'email', email: ADDRESS, send, authParams: { redirect_uri: `${world.app.url}/callback`, response_type: 'code' } });
  return (await world.control('GET', `outbox?to=${ADDRESS}&wait=5`)).at(-1);
}

/** The URL of `/authorize` with a ticket, for a browser without the ticket's cookie. */
async function withTicket() {
  const { code } = await message('code');
  const answer = await post('/co/authenticate', { client_id: 'latchkey-web', credential_type: OTP, username: ADDRESS, otp: code, realm: 'email' });
  const { login_ticket } = /** @type {any} */ (await answer.json());
  return authorize({ realm: 'email', login_ticket });
}

/** Prevents scripts from submitting forms, so that the page stays. @param {Page} page */
const stay = (page) => page.addInitScript(() => { HTMLFormElement.prototype.submit = () => {}; });

/** Requests a code or a link on the hosted login page. @param {Page} page @param {RegExp} button */
async function ask(page, button) {
  await page.goto(authorize());
  await page.getByLabel('E-mail address').fill(ADDRESS);
  await page.getByRole('button', { name: button }).click();
}

/** Opens each page, by the page's name. @type {Record<string, (page: Page) => Promise<unknown>>} */
const PAGES = {
  'home': (page) => page.goto(world.tenant.url),
  'login': (page) => page.goto(authorize()),
  'login with a captcha': async (page) => {
    await world.control('PATCH', 'settings', { attack_protection: { bot_detection: { challenge_passwordless_policy: 'always' } } });
    await page.goto(authorize());
  },
  'the code': (page) => ask(page, /code/i),
  'a wrong code': async (page) => {
    await ask(page, /code/i);
    await page.getByLabel('Code').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
  },
  'the link': (page) => ask(page, /link/i),
  'callback mismatch': (page) => page.goto(authorize({ redirect_uri: 'https://evil.example.com/' })),
  'unknown application': (page) => page.goto(authorize({ client_id: 'nobody' })),
  'used login page': (page) => page.goto(`${world.tenant.url}/login?state=gone`),
  'logout to elsewhere': (page) => page.goto(`${world.tenant.url}/v2/logout?returnTo=https%3A%2F%2Fevil.example.com%2F`),
  'too many calls': async (page) => {
    await world.control('PATCH', 'settings', { requests_per_minute: 1 });
    await fetch(authorize(), { redirect: 'manual' });
    await page.goto(authorize());
  },
  'link in another browser': async (page) => {
    await world.control('PATCH', 'settings', { flags: { allow_magiclink_verify_without_session: false } });
    await page.goto((await message('link')).link);
  },
  'unblock, used': (page) => page.goto(`${world.tenant.url}/unblock?ticket=gone`),
  'unblocked': async (page) => {
    await message('code');
    await world.control('PATCH', 'settings', { attack_protection: { brute_force_protection: { max_attempts: 1 } } });
    for (let tries = 0; tries < 2; tries++) {
      await post('/co/authenticate', { client_id: 'latchkey-web', credential_type: OTP, username: ADDRESS, otp: 'wrong', realm: 'email' });
    }
    const notice = (await world.control('GET', `outbox?to=${ADDRESS}&wait=5`)).at(-1);
    await page.goto(`${notice.html} ${notice.text} ${notice.link}`.match(/http[^\s"<]*\/unblock\?ticket=[\w-]+/)?.[0] ?? 'no link');
  },
  'verification': async (page) => {
    await world.control('PATCH', 'clients/latchkey-web', { cross_origin_loc: `${world.app.url}/` });
    await stay(page);
    await page.goto(await withTicket());
  },
  'verification of nothing': async (page) => {
    const form = '<form method="post" action="/co/verified"><button>Go</button></form>';
    await page.route('**/form', (route) => route.fulfill({ contentType: 'text/html', body: form }));
    await page.goto(`${world.tenant.url}/form`);
    await page.getByRole('button').click();
    await page.getByText('This login is no longer good.').waitFor();
  },
  'answer by form': async (page) => {
    await stay(page);
    await page.goto(authorize({ response_mode: 'form_post', prompt: 'none' }));
  },
  'answer by message': (page) => page.goto(authorize({ response_mode: 'web_message', prompt: 'none' })),
};

const axe = readFileSync(`${root}/node_modules/axe-core/axe.min.js`, 'utf8');
for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [device, viewport] of /** @type {const} */ ([['desktop', { width: 1280, height: 800 }], ['phone', { width: 360, height: 740 }]])) {
    for (const [name, visit] of Object.entries(PAGES)) {
      test(`${name}: ${device}, ${colorScheme}`, async () => {
        const { page, context } = await world.open({ colorScheme, viewport, reducedMotion: 'reduce' });
        await visit(page);
        await page.locator('main').waitFor();
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run({ iframes: false }));
        assert.deepEqual(violations.map((/** @type {any} */ { id, nodes }) => [id, nodes.map((/** @type {any} */ node) => node.html)]), []);
        const [isTooWide, font] = await page.evaluate(() => [document.documentElement.scrollWidth > innerWidth, getComputedStyle(document.body).fontFamily]);
        assert.equal(isTooWide, false, 'too wide');
        assert.match(font, /^system-ui/, 'the page has no style');
        if (pictures) {
          mkdirSync(pictures, { recursive: true });
          await page.screenshot({ path: `${pictures}/${name.replaceAll(' ', '-')}-${device}-${colorScheme}.png` });
        }
        await context.close();
      });
    }
  }
}

test('without scripts the pages that submit themselves have a button', async () => {
  const { page, context } = await world.open({ javaScriptEnabled: false, reducedMotion: 'reduce' });
  await page.route('**/callback**', (route) => route.fulfill({ body: 'back' }));
  await world.control('PATCH', 'clients/latchkey-web', { cross_origin_loc: `${world.app.url}/` });
  await page.goto(await withTicket());
  await page.locator('noscript p').waitFor();
  await page.getByRole('button', { name: 'Go back' }).click();
  await page.waitForURL(/callback\?error=access_denied&error_description=No%20verifier/);
  await page.goto(authorize({ response_mode: 'form_post', prompt: 'none' }));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('back').waitFor();
  await context.close();
});
