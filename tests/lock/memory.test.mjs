// @ts-check
/** Pages that make clients or dialogs again and again, as renders of React do. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage({}, { args: ['--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc'] }); });
after(() => stage?.stop());

/** Records the memory of each wasm module, so that its size can be read. */
const WATCH = () => {
  const memories = /** @type {any} */ (window).memories = /** @type {WebAssembly.Memory[]} */ ([]);
  const keep = (/** @type {any} */ instance) => { if (instance?.exports?.memory) memories.push(instance.exports.memory); };
  const { Instance } = WebAssembly;
  /** @type {any} */ (WebAssembly).Instance = new Proxy(Instance, { construct: (target, args) => { const made = Reflect.construct(target, args); keep(made); return made; } });
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = /** @type {any} */ (WebAssembly)[name];
    /** @type {any} */ (WebAssembly)[name] = async (/** @type {any[]} */ ...args) => { const made = await real.apply(WebAssembly, args); keep(made.instance ?? made); return made; };
  }
};

/** The size of all wasm memories of the page, in pages of 64 KiB. @param {import('playwright-core').Page} page */
const pages = (page) => page.evaluate(() => /** @type {any} */ (window).memories.reduce((/** @type {number} */ sum, /** @type {any} */ { buffer }) => sum + buffer.byteLength / 65536, 0));

test('thousands of clients do not grow the memory of the module', async () => {
  const { context, page } = await stage.open();
  await page.addInitScript(WATCH);
  await page.goto(stage.url);
  await page.addScriptTag({ url: '/dist/webauth.min.js' });
  const make = () => page.evaluate(async (domain) => {
    const { auth0, gc } = /** @type {any} */ (window);
    for (let round = 0; round < 20; round += 1) {
      for (let at = 0; at < 250; at += 1) new auth0.WebAuth({ domain, clientID: 'latchkey-web', redirectUri: `${location.origin}/callback`, responseType: 'code' });
      // The task ends here, so that the browser can collect garbage.
      await new Promise((resolve) => setTimeout(resolve));
      gc();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }, stage.tenant.url);
  await make();
  const before = await pages(page);
  assert.ok(before > 0);
  await make();
  await make();
  assert.equal(await pages(page), before);
  await context.close();
});

test('dialogs that the page has dropped are collected, opened or not; one that is open stays', async () => {
  const { context, page } = await stage.open();
  await page.addInitScript(WATCH);
  await page.goto(stage.url);
  const left = await page.evaluate(async (domain) => {
    const { Auth0LockPasswordless, gc } = /** @type {any} */ (window);
    const rest = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const make = () => new Auth0LockPasswordless('latchkey-web', domain, { auth: { redirectUrl: `${location.origin}/callback` } });
    const gone = { dialogs: 0 };
    const registry = new FinalizationRegistry(() => { gone.dialogs += 1; });
    const opened = async () => {
      const lock = make();
      lock.show();
      while (!lock._dialog || lock._painted) await rest(10);
      lock.hide();
      registry.register(lock._dialog, undefined);
      return undefined;
    };
    // The first dialog allocates what all dialogs share.
    await opened();
    for (let at = 0; at < 30; at += 1) await opened();
    for (let at = 0; at < 1000; at += 1) make();
    const open = make();
    open.show();
    while (!open._dialog || open._painted) await rest(10);
    const kept = new WeakRef(open._dialog);
    for (let tries = 0; tries < 50 && gone.dialogs < 30; tries += 1) {
      await rest(20);
      gc();
    }
    return { gone: gone.dialogs, isOpen: document.querySelectorAll('.lk').length === 1 && Boolean(kept.deref()) };
  }, stage.tenant.url);
  assert.ok(left.gone >= 30, `${left.gone} of 31 are collected`);
  assert.equal(left.isOpen, true);
  await context.close();
});

test('an open dialog stays and works when the page has dropped it', async () => {
  const { context, page } = await stage.open();
  await page.evaluate(async (domain) => {
    const { Auth0LockPasswordless, gc } = /** @type {any} */ (window);
    const rest = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
    await (async () => {
      const lock = new Auth0LockPasswordless('latchkey-web', domain, { auth: { redirectUrl: `${location.origin}/callback` } });
      lock.show();
      while (!lock._dialog || lock._painted) await rest(10);
    })();
    for (let times = 0; times < 10; times += 1) {
      await rest(20);
      gc();
    }
  }, stage.tenant.url);
  await page.getByLabel('E-mail address').fill('dropped@example.com');
  await page.keyboard.press('Enter');
  await page.getByLabel('6-digit code').fill(await stage.code('dropped@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});
