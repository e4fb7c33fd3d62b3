// @ts-check
/**
 * Logins where WebAssembly is switched off (iOS in Lockdown Mode, hardened browsers), and where the page's policy forbids it, as
 * that of every page does that was written for auth0.js: with the ordinary files, which fall back, and with those for such pages.
 */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { controls } from './controls.mjs';
import { strictPolicy } from './page-server.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** What the page's server has. @type {Record<string, { type: string, body: string }>} */
const files = {};

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(files); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/**
 * A way in which a page has no WebAssembly: code that runs before its scripts, and whether its policy forbids it. `reports` is how often
 * the policy is seen to be offended by files that fall back.
 *
 * @type {Record<string, { code?: string, isForbidden?: boolean, reports: number }>}
 */
const CONDITIONS = {
  'WebAssembly is switched off': { code: 'delete window.WebAssembly', reports: 0 },
  'the policy forbids WebAssembly': { isForbidden: true, reports: 1 },
};

/** Engines that refuse in another way than Chromium does. @type {typeof CONDITIONS} */
const ENGINES = {
  'an instance is refused, as in WebKit': { code: "WebAssembly.Instance = function () { throw new WebAssembly.CompileError('Refused'); }", reports: 0 },
  'all is refused in the background, as in Chrome before 115': {
    code: `WebAssembly.Module = function () { throw new RangeError('too large'); };
      WebAssembly.instantiate = async () => { throw new WebAssembly.CompileError('Refused'); }`,
    reports: 0,
  },
};

/** Files that fall back, with the only ones that they load besides; and files that need not. @type {Record<string, string[]>} */
const DIALOGS = { 'lock.min.js': ['lock.more.nowasm.js'], 'lock.js': ['lock.more.nowasm.js'], 'lock.nowasm.js': [], 'lock.esm.nowasm.js': ['lock.more.nowasm.js'] };
/** @type {Record<string, string[]>} */
const SDKS = {
  'webauth.min.js': ['webauth.esm.nowasm.js'], 'webauth.full.min.js': ['webauth.esm.nowasm.js'], 'webauth.js': ['webauth.esm.nowasm.js'],
  'webauth.nowasm.js': [], 'webauth.esm.nowasm.js': [],
};

const isModule = (/** @type {string} */ file) => !/\.min\.js$|^\w+\.nowasm\.js$/.test(file);
const fallsBack = (/** @type {string} */ file) => !file.includes('nowasm');

/**
 * A page with one of our files, under a policy that allows nothing else.
 *
 * @param {string} file
 * @param {{ isForbidden?: boolean }} condition
 * @returns {string} its path
 */
function serve(file, { isForbidden = false }) {
  const path = `/${isForbidden ? 'forbidden' : 'open'}/${file}`;
  const policy = strictPolicy(stage.tenant.url).replace(isForbidden ? " 'wasm-unsafe-eval'" : /^$/, '');
  const names = file.startsWith('lock') ? '{ Auth0LockPasswordless }' : '{ auth0 }';
  const imported = file.startsWith('lock') ? '{ Auth0LockPasswordless }' : '* as auth0';
  files[`${path}.mjs`] = { type: 'text/javascript', body: `import ${imported} from '/dist/${file}';\nObject.assign(window, ${names});` };
  const script = isModule(file) ? `<script type="module" src="${path}.mjs"></script>` : `<script src="/dist/${file}"></script>`;
  files[path] = {
    type: 'text/html',
    body: `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>A page</title>
<link rel="icon" href="data:,"><button id="opener">Log in</button>${script}`,
  };
  return path;
}

/**
 * Opens a page with one of our files. `loaded` are those that came, `reports` what offended the page's policy.
 *
 * @param {string} file
 * @param {{ code?: string, isForbidden?: boolean }} condition
 * @param {string} [fragment]
 */
async function open(file, condition, fragment = '') {
  const path = serve(file, condition);
  const opened = await stage.open();
  const { page, problems } = opened;
  /** @type {string[]} */
  const loaded = [];
  page.on('request', (request) => {
    const [, name] = new URL(request.url()).pathname.match(/^\/dist\/(.*)/) ?? [];
    if (name) loaded.push(name);
  });
  await page.addInitScript(`${condition.code ?? ''}; window.reports = []; addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => window.reports.push(violatedDirective + ' ' + blockedURI))`);
  problems.length = 0;
  await page.goto(`${stage.url}${path}${fragment}`);
  await page.waitForFunction(() => 'Auth0LockPasswordless' in window || 'auth0' in window);
  return { ...opened, loaded, reports: () => page.evaluate(() => /** @type {string[]} */ (/** @type {any} */ (window).reports)) };
}

/** @typedef {Awaited<ReturnType<typeof open>>} Opened */

/**
 * The page had only the one report about its policy, and loaded no file that it did not use.
 *
 * @param {string} file
 * @param {string[]} besides
 * @param {{ reports: number }} condition
 * @param {Opened} opened
 * @param {string[]} reports
 */
function holds(file, besides, condition, { problems, loaded }, reports) {
  const expected = fallsBack(file) ? condition.reports : 0;
  assert.deepEqual(reports, Array(expected).fill('script-src wasm-eval'));
  assert.deepEqual(problems.filter((text) => !/WebAssembly/.test(text)), []);
  assert.ok(problems.length <= expected, problems.join('\n'));
  assert.deepEqual(loaded.slice(0, 1 + besides.length), [file, ...besides]);
}

for (const [name, condition] of Object.entries({ ...CONDITIONS, ...ENGINES })) {
  for (const [file, besides] of Object.entries(DIALOGS).filter(([file]) => name in CONDITIONS || file === 'lock.min.js')) {
    test(`${name}: a login with the dialog of ${file}, to the end`, async () => {
      const opened = await open(file, condition);
      const { page, context } = opened;
      await stage.dialog(page, { allowedConnections: ['email', 'sms'] });
      await controls(page).email.fill('nora@example.com');
      await page.keyboard.press('Enter');
      const code = await stage.code('nora@example.com');
      await controls(page).code.fill(code === '111111' ? '222222' : '111111');
      await controls(page).alert.getByText('2 tries left').waitFor();
      const reports = await opened.reports();
      await controls(page).code.fill(code);
      await page.waitForURL(/\/callback\?.*code=/);
      holds(file, besides, condition, opened, reports);
      await context.close();
    });
  }

  for (const [file, besides] of Object.entries(SDKS).filter(([file]) => name in CONDITIONS || file === 'webauth.min.js')) {
    test(`${name}: a login with ${file}, and its tokens read`, async () => {
      const opened = await open(file, condition);
      const { page, context } = opened;
      await begin(page, { responseType: 'token id_token', clientID: 'latchkey-spa' });
      await page.evaluate(() => /** @type {any} */ (window).client.passwordlessStart({ connection: 'email', send: 'code', email: 'own@example.com' }));
      const verificationCode = await stage.code('own@example.com');
      const reports = await opened.reports();
      await page.evaluate((verificationCode) => void /** @type {any} */ (window).client.passwordlessLogin({ connection: 'email', email: 'own@example.com', verificationCode }), verificationCode);
      await page.waitForURL(/\/callback#/);
      holds(file, besides, condition, opened, reports);
      const { hash } = new URL(page.url());

      opened.loaded.length = 0;
      await page.goto(`${stage.url}${serve(file, condition)}${hash}`);
      await page.waitForFunction(() => 'auth0' in window);
      await begin(page, { responseType: 'token id_token', clientID: 'latchkey-spa' });
      const result = await page.evaluate(() => /** @type {any} */ (window).client.parseHash());
      assert.equal(result.idTokenPayload.email, 'own@example.com');
      assert.deepEqual(opened.loaded, [file, ...besides]);
      assert.equal((await opened.reports()).length, fallsBack(file) ? condition.reports : 0);
      await context.close();
    });
  }
}

/** Makes a client, as `client`. @param {Page} page @param {Record<string, any>} [options] */
const begin = (page, options) => page.evaluate(({ domain, callback, options }) => {
  const w = /** @type {any} */ (window);
  w.client = new w.auth0.WebAuth({ domain, clientID: 'latchkey-web', redirectUri: callback, responseType: 'code', ...options });
}, { domain: stage.tenant.url, callback: `${stage.url}/callback`, options });

/** The outcome of a synchronous call: the kind of its error, or its result. @param {Page} page */
const atOnce = (page) => page.evaluate(() => {
  const { client } = /** @type {any} */ (window);
  const verify = { connection: 'email', email: 'a@example.com', verificationCode: '123456' };
  return [() => client.client.buildAuthorizeUrl({ state: 's' }), () => client.client.buildLogoutUrl({}), () => client.client.passwordless.buildVerifyUrl(verify)].map((call) => {
    try {
      return new URL(call()).pathname;
    } catch (error) {
      return error;
    }
  });
});

const PATHS = ['/authorize', '/v2/logout', '/passwordless/verify_redirect'];

for (const [name, condition] of Object.entries(CONDITIONS)) {
  test(`${name}: what returns at once says what to do, until the fallback is there`, async () => {
    const { page, context } = await open('webauth.min.js', condition);
    /** @type {() => void} */
    let arrive = () => {};
    const arrives = new Promise((resolve) => { arrive = () => resolve(undefined); });
    await page.route('**/webauth.esm.nowasm.js*', async (route) => { await arrives; await route.continue(); });
    await begin(page);
    const early = await page.evaluate(() => {
      try {
        return /** @type {any} */ (window).client.client.buildAuthorizeUrl({});
      } catch (error) {
        const { kind, message } = /** @type {any} */ (error);
        return { kind, message };
      }
    });
    assert.equal(early.kind, 'wasm_unavailable');
    for (const remedy of ['auth0.loaded()', "'wasm-unsafe-eval'", 'webauth.nowasm.js']) assert.ok(early.message.includes(remedy), early.message);
    arrive();
    await page.evaluate(() => /** @type {any} */ (window).auth0.loaded());
    assert.deepEqual(await atOnce(page), PATHS);
    await context.close();
  });

  test(`${name}: where the fallback does not come either, calls say so, and the next one asks again`, async () => {
    const { page, context, reports } = await open('webauth.min.js', condition);
    const abort = (/** @type {import('playwright-core').Route} */ route) => route.abort();
    await page.route('**/webauth.esm.nowasm.js*', abort);
    await begin(page);
    const start = () => page.evaluate(() => /** @type {any} */ (window).client.passwordlessStart({ connection: 'email', send: 'code', email: 'again@example.com' })
      .then(() => 'sent', (/** @type {any} */ { kind, message }) => ({ kind, message })));
    const failed = await start();
    assert.equal(failed.kind, 'wasm_unavailable');
    assert.match(failed.message, /webauth\.esm\.nowasm\.js/);
    await page.unroute('**/webauth.esm.nowasm.js*', abort);
    assert.equal(await start(), 'sent');
    assert.equal((await reports()).length, condition.reports, 'WebAssembly was not tried again');
    await context.close();
  });
}

test('a page that has its plain JavaScript at once waits for nothing', async () => {
  const { page, context } = await open('webauth.nowasm.js', CONDITIONS['the policy forbids WebAssembly']);
  await begin(page);
  assert.deepEqual(await atOnce(page), PATHS);
  await context.close();
});

test('what is much larger than the memory goes in and out whole, and what comes after it too', async () => {
  const { page, context } = await open('webauth.nowasm.js', CONDITIONS['WebAssembly is switched off']);
  await begin(page);
  const isWhole = await page.evaluate(() => [10, 1_000_000, 10, 4_000_000, 1, 2_000_000].map((length) => {
    const state = 'aé€😀'.repeat(length / 4 + 1);
    const url = /** @type {any} */ (window).client.client.buildAuthorizeUrl({ state, nonce: `${length}` });
    const { searchParams } = new URL(url);
    return searchParams.get('state') === state && searchParams.get('nonce') === `${length}`;
  }));
  assert.deepEqual(isWhole, Array(6).fill(true));
  await context.close();
});
