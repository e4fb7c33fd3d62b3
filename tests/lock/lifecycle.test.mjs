// @ts-check
/** The elements that dialogs add to a page and remove again, and calls that a page may make. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { controls } from './controls.mjs';
import { SCREENS } from './screens.mjs';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** @typedef {import('playwright-core').Page} Page */

/** Runs `code` in the page, where `make(options)` makes a dialog. @param {Page} page @param {string} code @returns {Promise<any>} */
const run = (page, code) => page.evaluate(`(async () => {
  const make = (options) => new Auth0LockPasswordless('latchkey-web', ${JSON.stringify(stage.tenant.url)}, { ...options, auth: { redirectUrl: location.origin + '/callback' } });
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const count = (selector) => document.querySelectorAll(selector).length;
  ${code}
})()`);

test('constructing renders nothing and sends nothing; show renders at once; the field is usable before any request', async () => {
  const { context, page } = await stage.open();
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const seen = await run(page, 'window.lock = make(); await rest(50); return count(".lk");');
  assert.deepEqual([seen, requests], [0, []]);
  const [opened, type, usableAt] = await run(page, 'lock.show(); const at = count(".lk[open]"); document.activeElement.value = "x"; return [at, document.activeElement.name, performance.now()];');
  assert.deepEqual([opened, type], [1, 'email']);
  // After the first screen only `lock.more.js` is loaded, from the script's folder.
  const next = await page.waitForFunction(() => performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/lock.more.js'))?.startTime);
  assert.ok((await next.jsonValue() ?? 0) > usableAt);
  assert.deepEqual(requests.map((url) => url.slice(url.lastIndexOf('/') + 1)), ['lock.more.js']);
  await context.close();
});

test('show and hide work in any order, twice, or during each other', async () => {
  const { context, page, problems } = await stage.open();
  const seen = await run(page, `
    const lock = make(); const at = [];
    lock.hide(); at.push(count('.lk'));
    lock.show(); lock.show(); at.push(count('.lk'));
    lock.hide(); lock.show(); await rest(1200); at.push(count('.lk'));
    lock.hide(); lock.hide(); at.push(count('.lk'));
    lock.destroy(); lock.destroy(); lock.show(); lock.hide(); await rest(50); at.push(count('.lk'));
    return at;`);
  assert.deepEqual(seen, [0, 1, 1, 0, 0]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('prefill and the typed text outlive closing (Lock loses them)', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { prefill: { email: 'pre@example.com' } });
  const { email, close } = controls(page);
  assert.equal(await email.inputValue(), 'pre@example.com');
  await close.click();
  await page.locator('#opener').click();
  assert.equal(await email.inputValue(), 'pre@example.com');
  await context.close();
});

test('destroy leaves no element, style, listener, timer or channel, from any screen', async () => {
  const { context, page } = await stage.open();
  await page.addInitScript(() => {
    const live = /** @type {any} */ (window).live = { listeners: new Set(), timers: new Set(), channels: 0 };
    /** @type {WeakMap<object, number>} */
    const ids = new WeakMap();
    let next = 0;
    const id = (/** @type {any} */ object) => { if (!ids.has(object)) ids.set(object, next += 1); return ids.get(object); };
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    // Listeners on removed elements are collected with them. Listeners on the page's own objects have to be
    // removed.
    const isOurs = (/** @type {any} */ target) => target === window || target === document || target === window.visualViewport || target instanceof MediaQueryList;
    EventTarget.prototype.addEventListener = function (/** @type {string} */ name, /** @type {any} */ listener, /** @type {any} */ options) {
      if (listener && isOurs(this ?? window)) live.listeners.add(`${name} ${id(this ?? window)} ${id(listener)}`);
      return addEventListener.call(this, name, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (/** @type {string} */ name, /** @type {any} */ listener, /** @type {any} */ options) {
      if (listener) live.listeners.delete(`${name} ${id(this ?? window)} ${id(listener)}`);
      return removeEventListener.call(this, name, listener, options);
    };
    // Timeouts and intervals share their numbers, and either function clears both.
    const { setInterval, setTimeout, clearInterval } = window;
    /** @type {any} */ (window).setInterval = (/** @type {any} */ ...args) => { const timer = /** @type {any} */ (setInterval)(...args); live.timers.add(timer); return timer; };
    /** @type {any} */ (window).setTimeout = (/** @type {any} */ work, /** @type {any} */ ...args) => {
      const timer = /** @type {any} */ (setTimeout)(() => { live.timers.delete(timer); work(); }, ...args);
      live.timers.add(timer);
      return timer;
    };
    window.clearInterval = window.clearTimeout = (timer) => { live.timers.delete(timer); clearInterval(timer); };
    const { BroadcastChannel } = window;
    window.BroadcastChannel = class extends BroadcastChannel {
      /** @param {string} name */
      constructor(name) { super(name); live.channels += 1; }

      close() { live.channels -= 1; super.close(); }
    };
  });
  const state = () => page.evaluate(() => {
    const { live } = /** @type {any} */ (window);
    return { elements: document.querySelectorAll('*').length, sheets: document.adoptedStyleSheets.length + document.styleSheets.length, style: document.documentElement.getAttribute('style'), listeners: [...live.listeners], timers: live.timers.size, channels: live.channels };
  });
  for (const { name, path, options, show, reach } of SCREENS) {
    // The channel of that screen is the test's own.
    if (name === 'signed in elsewhere') continue;
    await stage.control('POST', 'reset');
    await page.goto(`${stage.url}${path ?? ''}`);
    await page.evaluate(() => { sessionStorage.clear(); localStorage.clear(); });
    // The wasm is instantiated once, for all dialogs.
    await run(page, 'make().destroy()');
    // Playwright adds its own listeners when it first waits for something on the page.
    await page.waitForFunction(() => /** @type {any} */ (window).live.timers.size === 0);
    const before = await state();
    await stage.dialog(page, options, { show });
    await reach?.(page, stage);
    assert.notDeepEqual(await state(), before);
    // Loads the SDK now, because its requests and timers are not the dialog's.
    await page.evaluate(() => /** @type {any} */ (window).lock.getUserInfo('none').catch(() => {}));
    await page.evaluate(() => /** @type {any} */ (window).lock.destroy());
    // Work of the next task may take a while on a busy machine.
    let after = await state();
    for (let tries = 0; !isDeepStrictEqual(after, before) && tries < 100; tries++) {
      await new Promise((turn) => { setTimeout(turn, 50); });
      after = await state();
    }
    assert.deepEqual(after, before, name);
    await page.unrouteAll();
  }
  await context.close();
});

test('after any order of show, hide and destroy, with pauses between, the last call decides', async () => {
  const { context, page, problems } = await stage.open();
  const wrong = await run(page, `
    let seed = 20261123;
    const random = (below) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return Math.floor(seed / 2 ** 32 * below); };
    const pauses = [() => {}, () => Promise.resolve(), () => rest(0), () => new Promise(requestAnimationFrame)];
    const wrong = [];
    for (let round = 0; round < 60; round++) {
      const inline = round % 3 === 0;
      const lock = make({ language: 'en', ...inline && { container: 'here' } });
      const events = []; for (const name of ['show', 'hide', 'cancelled']) lock.on(name, () => events.push(name));
      let open = false; let gone = false; const deeds = []; const expected = [];
      for (let step = 0; step < 12; step++) {
        const deed = ['show', 'show', 'show', 'hide', 'hide', 'overrides', step > 8 ? 'destroy' : 'show'][random(7)];
        deeds.push(deed);
        if (deed === 'overrides') lock.show({ languageDictionary: { title: 'T' + step } }); else lock[deed]();
        const now = !gone && (deed === 'show' || deed === 'overrides');
        if (now !== open) expected.push(...now ? ['show'] : ['cancelled', 'hide']);
        open = now; gone ||= deed === 'destroy';
        if (count('.lk') !== Number(open)) wrong.push([round, deeds.join()]);
        await pauses[random(pauses.length)]();
      }
      await rest(0);
      if (count('.lk') !== Number(open)) wrong.push([round, deeds.join(), 'later']);
      if (events.join() !== expected.join()) wrong.push([round, deeds.join(), events.join(), expected.join()]);
      lock.destroy(); await rest(0);
      if (count('.lk')) wrong.push([round, 'left']);
    }
    return wrong;`);
  assert.deepEqual(wrong, []);
  assert.deepEqual(problems, []);
  await context.close();
});

test('several dialogs on a page are independent', async () => {
  const { context, page, problems } = await stage.open();
  const seen = await run(page, `
    document.getElementById('here').innerHTML = '<div id="one"></div><div id="two"></div>';
    const one = make({ container: 'one' }), two = make({ container: 'two', allowedConnections: ['sms'] });
    one.show(); two.show();
    const ids = [...document.querySelectorAll('.lk [id]')].map((element) => element.id);
    one.destroy();
    await rest(20);
    return { same: ids.length - new Set(ids).size, one: count('#one .lk'), two: count('#two .lk'), styled: getComputedStyle(document.querySelector('#two .lk-panel')).display };`);
  assert.deepEqual(seen, { same: 0, one: 0, two: 1, styled: 'block' });
  assert.deepEqual(problems, []);
  await context.close();
});

test('a dialog over another: the focus goes back to the one below, then to the opener; the one below may go first', async () => {
  const { context, page, problems } = await stage.open();
  const at = await run(page, `
    const opener = document.getElementById('opener');
    const where = () => document.activeElement?.closest('.lk')?.lang ?? document.activeElement?.id;
    const at = [];
    const below = make({ language: 'en' }), above = make({ language: 'xx', disableWarnings: true, languageDictionary: { title: 'Above' } });
    opener.focus(); below.show(); above.show(); at.push(where());
    above.hide(); at.push(where());
    below.hide(); at.push(where());
    below.show(); above.show(); below.destroy(); at.push(where());
    above.destroy(); at.push(where());
    at.push(count('.lk'));
    return at;`);
  assert.deepEqual(at, ['xx', 'en', 'opener', 'xx', 'opener', 0]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a dialog changes nothing of the page, and the page’s rules do not reach into it', async () => {
  const { context, page } = await stage.open();
  const look = () => page.evaluate(() => [...document.querySelectorAll('main, main *')].map((element) => { const { color, font, margin, cursor, outline } = getComputedStyle(element); return { color, font, margin, cursor, outline }; }));
  const before = await look();
  await stage.dialog(page, { container: 'here' });
  const own = () => page.evaluate(() => [...document.querySelectorAll('.lk :not(path)')].map((element) => { const { color, fontSize, fontFamily, margin, padding, borderWidth, textTransform, letterSpacing, display } = getComputedStyle(element); return { color, fontSize, fontFamily, margin, padding, borderWidth, letterSpacing, display, ...(element.tagName !== 'svg' && { textTransform }) }; }));
  const mine = await own();
  assert.deepEqual((await look()).slice(0, before.length - 1), before.slice(0, -1));
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { text-transform: uppercase } input, button { padding: 40px; border: 9px solid red; font: 40px serif; margin: 12px } p { margin: 99px; color: lime } h2, label, span { display: block; font-size: 50px; letter-spacing: 9px } svg { display: none } body { line-height: 3; text-align: right }');
    document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
  });
  const changed = (await own()).map((style, at) => [style, mine[at]]).filter(([now, then]) => JSON.stringify(now) !== JSON.stringify(then));
  assert.deepEqual(changed, []);
  await context.close();
});

test('login() resolves on the way to the tenant, and rejects when the dialog is closed', async () => {
  const { context, page } = await stage.open();
  const closed = run(page, 'window.lock = make(); return lock.login().then(() => "done", (error) => [error.kind, error.by]);');
  await controls(page).close.click();
  assert.deepEqual(await closed, ['cancelled', 'person']);
  await run(page, 'window.promise = lock.login().then(({ step }) => { sessionStorage.setItem("ended", step); });');
  await controls(page).email.fill('promise@example.com');
  await page.keyboard.press('Enter');
  await controls(page).code.fill(await stage.code('promise@example.com'));
  await page.waitForURL(/\/callback\?/);
  assert.equal(await page.evaluate(() => sessionStorage.getItem('ended')), 'signed in');
  await context.close();
});

test('once, off, and listeners that throw or destroy', async () => {
  const { context, page, problems } = await stage.open();
  const seen = await run(page, `
    const lock = make(); let shows = 0, onces = 0;
    const listener = () => { shows += 1; };
    lock.on('show', listener).once('show', () => { onces += 1; });
    lock.on('hide', () => { throw new Error('mine'); });
    lock.show(); await rest(10); lock.hide(); await rest(10); lock.show(); await rest(10);
    lock.off('show', listener); lock.hide(); await rest(10); lock.show(); await rest(10);
    lock.on('hide', () => lock.destroy()); lock.hide(); await rest(10);
    return [shows, onces, count('.lk'), lock.listenerCount('show')];`);
  assert.deepEqual(seen, [2, 1, 0, 0]);
  assert.deepEqual([...new Set(problems)], ['mine']);
  await context.close();
});

test('a flash message of a bad type is an unrecoverable_error, and the dialog opens without it', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, {}, { show: { flashMessage: { type: 'warning', text: 'x' } } });
  await controls(page).email.waitFor();
  await page.waitForFunction(() => /** @type {any} */ (window).heard.some((/** @type {any[]} */ [name]) => name === 'unrecoverable_error'));
  await context.close();
});

test('the element opens in its place or over the page, emits events, and closes when it is removed', async () => {
  const { context, page, problems } = await stage.open();
  const seen = await run(page, `
    const place = document.getElementById('here');
    place.innerHTML = '<latchkey-lock client-id="latchkey-web" domain="${stage.tenant.url}" redirect-url="' + location.origin + '/callback" language="fr"></latchkey-lock>';
    const inline = place.firstChild; await rest(600);
    const at = [inline.querySelectorAll('.lk--inline').length, inline.querySelector('.lk').lang];
    inline.remove(); await rest(20); at.push(count('.lk'));
    const modal = Object.assign(document.createElement('latchkey-lock'), {});
    for (const [name, value] of Object.entries({ modal: '', 'client-id': 'latchkey-web', domain: '${stage.tenant.url}', 'redirect-url': location.origin + '/callback' })) modal.setAttribute(name, value);
    const heard = []; for (const name of ['show', 'cancelled', 'hide']) modal.addEventListener(name, ({ detail }) => heard.push([name, detail?.by ?? null]));
    place.append(modal); at.push(count('.lk')); modal.setAttribute('open', ''); at.push(count('dialog.lk')); await rest(20);
    document.querySelector('.lk-close').click(); await rest(20); at.push(count('.lk'), modal.hasAttribute('open'));
    return { at, heard };`);
  assert.deepEqual(seen, { at: [1, 'fr', 0, 0, 1, 0, false], heard: [['show', null], ['cancelled', 'person'], ['hide', null]] });
  assert.deepEqual(problems, []);
  await context.close();
});

test('strict CSP with Trusted Types: every screen without a violation, inline and over the page', async () => {
  for (const { name, path = '/?', options, show, reach } of [...SCREENS, { name: 'inline', path: undefined, options: { container: 'here' } }]) {
    await stage.control('POST', 'reset');
    const { context, page, problems } = await stage.open({ path: `${path}&strict` });
    await page.evaluate(() => {
      /** @type {any} */ (window).violations = [];
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => /** @type {any} */ (window).violations.push(`${violatedDirective} ${blockedURI}`));
    });
    await stage.dialog(page, options, { show });
    await reach?.(page, stage);
    await page.locator('.lk-panel').waitFor();
    assert.equal(await page.locator('.lk-panel').evaluate((panel) => getComputedStyle(panel).position), 'relative', 'styled');
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).violations), [], name);
    assert.deepEqual(problems, [], name);
    await context.close();
  }
});

test('every option string is shown as text', async () => {
  const evil = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>%s${7*7}{{x}}';
  const { context, page } = await stage.open();
  await run(page, `
    const evil = ${JSON.stringify(evil)};
    const paths = ['title', 'passwordlessEmailInstructions', 'emailInputLabel', 'emailInputPlaceholder', 'signUpTerms', 'submitLabel', 'signUpWithLabel', 'socialLoginInstructions', 'orLabel', 'useEmailAction', 'usePhoneNumberAction', 'blankEmailErrorHint', 'termsErrorHint', 'backLabel', 'closeLabel'];
    const lock = make({
      languageDictionary: Object.fromEntries(paths.map((path) => [path, evil])), language: evil, defaultLocation: evil, prefill: { email: evil, phoneNumber: evil },
      allowedConnections: [evil, 'email', 'sms'], mustAcceptTerms: true, styleNonce: evil,
      theme: { logo: 'javascript:window.hacked=1//' + evil, primaryColor: evil, authButtons: { [evil]: { displayName: evil, primaryColor: 'red;background:url(//evil)', foregroundColor: evil, icon: evil } } },
    });
    lock.show({ flashMessage: { type: 'error', text: evil } });`);
  await page.locator('.lk-submit').click();
  await page.locator('.lk [aria-invalid=true]').first().waitFor();
  assert.equal(await page.evaluate(() => 'hacked' in window), false);
  assert.equal(await page.locator('.lk script, .lk [onerror]').count(), 0);
  assert.equal(await page.locator('.lk-title').innerText(), evil);
  assert.ok((await page.locator('.lk-note').innerText()).includes(evil));
  await context.close();
});

test('the phone’s keyboard never hides the button', async () => {
  const { context, page } = await stage.open({ viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });
  await stage.dialog(page);
  await page.setViewportSize({ width: 390, height: 380 });
  const box = await page.locator('.lk-submit').boundingBox();
  assert.ok(box && box.y + box.height < 381, 'the keyboard shrinks the viewport');
  // An on-screen keyboard that covers the page shrinks only the visual viewport.
  await page.setViewportSize({ width: 390, height: 700 });
  await page.evaluate(() => {
    Object.defineProperty(window.visualViewport, 'height', { configurable: true, value: 380 });
    window.visualViewport?.dispatchEvent(new Event('resize'));
  });
  const lifted = await page.locator('.lk-submit').boundingBox();
  assert.ok(lifted && lifted.y + lifted.height < 381, 'the keyboard covers the viewport');
  await context.close();
});

test('a keyboard that covers a small phone or a tablet leaves field and button in sight, on every screen that has both', async () => {
  for (const [width, height, visible] of [[320, 568, 315], [390, 844, 508], [1024, 768, 370]]) {
    for (const { name, path, options, show, reach } of SCREENS) {
      await stage.control('POST', 'reset');
      const { context, page } = await stage.open({ path, viewport: { width, height }, hasTouch: true, reducedMotion: 'reduce' });
      await stage.dialog(page, options, { show });
      await page.locator('.lk-panel').waitFor();
      await reach?.(page, stage);
      const seen = await page.evaluate((visible) => {
        const field = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.lk input:not([type=checkbox])'))].at(-1);
        const button = document.querySelector('.lk-submit');
        if (!field || !button || !window.visualViewport) return undefined;
        field.focus();
        Object.defineProperty(window.visualViewport, 'height', { configurable: true, value: visible });
        window.visualViewport.dispatchEvent(new Event('resize'));
        return { top: field.getBoundingClientRect().top, bottom: button.getBoundingClientRect().bottom };
      }, visible);
      if (seen) assert.ok(seen.top > -1 && seen.bottom < visible + 1, `${name} at ${width}: ${JSON.stringify(seen)}`);
      await context.close();
    }
  }
});

test('show overrides the allowed options and no others, for one showing', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page, { closable: false, language: 'en', theme: { primaryColor: 'rgb(1, 2, 3)' }, auth: { state: 'S', params: { a: 1 } } }, { open: false });
  await run(page, 'lock.show({ closable: true, languageDictionary: { title: "Once" }, theme: { scheme: "dark", primaryColor: "rgb(4, 5, 6)" }, auth: { state: "T", params: { b: 2 } } });');
  await page.getByRole('heading', { name: 'Once' }).waitFor();
  const seen = () => page.evaluate(() => ({ closable: !/** @type {HTMLElement} */ (document.querySelector('.lk-close')).hidden, scheme: document.querySelector('.lk')?.getAttribute('data-scheme'), color: getComputedStyle(/** @type {Element} */ (document.querySelector('.lk-submit'))).backgroundColor }));
  assert.deepEqual(await seen(), { closable: false, scheme: 'dark', color: 'rgb(4, 5, 6)' });
  await run(page, 'lock.hide(); lock.show();');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  assert.equal((await seen()).color, 'rgb(1, 2, 3)');
  await context.close();
});

test('no client settings are requested; languages are loaded from languageBaseUrl before assetsUrl', async () => {
  const { context, page } = await stage.open();
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const base = `${stage.url}/dist`;
  await stage.dialog(page, { clientBaseUrl: `${stage.url}/a`, configurationBaseUrl: `${stage.url}/b`, assetsUrl: `${stage.url}/c`, languageBaseUrl: base, language: 'de' });
  await page.locator('.lk[lang=de]').waitFor();
  const own = `${stage.url}/dist/lock.more.js`;
  assert.deepEqual(requests.filter((url) => url !== own), [`${base}/languages/de.json`]);
  await context.close();
});

test('each request names the library and its version, unless telemetry is off', async () => {
  for (const [_sendTelemetry, names] of /** @type {const} */ ([[true, true], [false, false]])) {
    const { context, page } = await stage.open();
    await stage.dialog(page, { _sendTelemetry });
    await controls(page).email.fill('told@example.com');
    const request = page.waitForRequest('**/passwordless/start');
    await page.keyboard.press('Enter');
    const header = (await request).headers()['auth0-client'];
    if (names) assert.match(Buffer.from(header, 'base64').toString(), /^{"name":"latchkey","version":"\d+\.\d+\.\d+"}$/);
    else assert.equal(header, undefined);
    await context.close();
  }
});
