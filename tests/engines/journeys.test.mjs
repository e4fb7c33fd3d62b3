// @ts-check
/** Complete logins, keyboard, focus and accessibility, in the engine that `LATCHKEY_ENGINE` names. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startEngine } from './engines.mjs';
import { CODE, EMAIL, Key, PHONE, Person, SUBMIT, startServers } from './world.mjs';

const engine = /** @type {import('./engines.mjs').Engine} */ (process.env.LATCHKEY_ENGINE ?? 'chromium');

/** @type {Awaited<ReturnType<typeof startServers>>} */
let servers;
/** @type {Awaited<ReturnType<typeof startEngine>>} */
let browser;
/** @type {Person} */
let person;
before(async () => {
  servers = await startServers();
  browser = await startEngine(engine);
});
after(async () => {
  await browser?.stop();
  await servers?.stop();
});
beforeEach(async () => {
  await servers.reset();
  person = new Person(await browser.open());
});

/** The callback URL with the authorization code for the web app, which a page cannot exchange. */
const CALLBACK = /\/callback\?.*code=/;

test('a login with the dialog on the sample web app', async () => {
  await person.driver.get(`${servers.app.url}/lock.html`);
  await person.pressButton('Log in');
  await person.type(EMAIL, 'nora@example.com', Key.ENTER);
  await person.type(CODE, await servers.code('nora@example.com'));
  await person.read('#claims', 'nora@example.com');
});

test('a login with a form of the page and the SDK', async () => {
  await person.driver.get(`${servers.app.url}/custom-ui.html`);
  await person.type('#address', 'own@example.com');
  await person.press('#send');
  await person.type('#code', await servers.code('own@example.com'));
  await person.press('#verify');
  await person.read('#claims', 'own@example.com');
});

test('a login with the dialog in a container of the page', async () => {
  await person.driver.get(`${servers.app.url}/inline.html`);
  await person.type(EMAIL, 'inline@example.com', Key.ENTER);
  await person.type(CODE, await servers.code('inline@example.com'));
  await person.read('#claims', 'inline@example.com');
});

test('a login by a magic link that is opened in the same browser', async () => {
  await person.openDialog(servers, { allowedConnections: ['email'], passwordlessMethod: 'link' });
  await person.type(EMAIL, 'link@example.com', Key.ENTER);
  await person.read('.lk', 'link@example.com');
  const [{ link }] = await servers.control('GET', 'outbox?to=link@example.com&wait=5');
  await person.driver.get(link);
  await person.arriveAt(CALLBACK);
});

test('a login by text message', async () => {
  await person.openDialog(servers, { allowedConnections: ['sms'], defaultLocation: 'DE' });
  await person.type(PHONE, '0151 23456789', Key.ENTER);
  await person.type(CODE, await servers.code('+4915123456789'));
  await person.arriveAt(CALLBACK);
});

test('after a wrong code the right one logs in', async () => {
  await person.openDialog(servers);
  await person.type(EMAIL, 'wrong@example.com', Key.ENTER);
  const code = await servers.code('wrong@example.com');
  await person.type(CODE, code === '111111' ? '222222' : '111111');
  await person.read('.lk [role=alert]', '2 tries left');
  await person.type(CODE, code);
  await person.arriveAt(CALLBACK);
});

test('a single-page app gets the validated tokens', async () => {
  await person.openDialog(servers, { auth: { responseType: 'token id_token', redirectUrl: `${servers.pageUrl}/callback` } }, { client: 'latchkey-spa' });
  await person.type(EMAIL, 'spa@example.com', Key.ENTER);
  await person.type(CODE, await servers.code('spa@example.com'));
  await person.arriveAt(/\/callback#/);
  const email = await person.driver.executeAsyncScript((/** @type {string} */ domain, /** @type {(email: any) => void} */ done) => {
    const w = /** @type {any} */ (window);
    const lock = new w.Auth0LockPasswordless('latchkey-spa', domain, { auth: { responseType: 'token id_token' } });
    lock.on('authenticated', (/** @type {any} */ result) => done(result.idTokenPayload.email));
    lock.on('authorization_error', (/** @type {any} */ error) => done(JSON.stringify(error)));
  }, servers.tenant.url);
  assert.equal(email, 'spa@example.com');
});

test('a login with a tenant on another site succeeds or shows an error', async () => {
  await person.openDialog(servers, {}, { at: servers.foreignUrl });
  await person.type(EMAIL, 'far@example.com', Key.ENTER);
  await person.type(CODE, await servers.code('far@example.com'));
  // Engines differ in which third-party cookies they keep. The dialog must show an error if a login is not possible.
  const ended = async () => /\/callback\?.*(code|error_description)=/.test(await person.driver.getCurrentUrl())
    || await person.run('return Boolean(document.querySelector(".lk [role=alert], .lk .lk-note")?.innerText)');
  await person.driver.wait(ended, 15_000).catch(async () => assert.fail(`at ${await person.driver.getCurrentUrl()}: ${await person.run('return document.body.innerText')}`));
});

for (const [condition, words] of [['without', 'without WebAssembly'], ['forbidden', 'under a policy that forbids WebAssembly']]) {
  for (const file of ['lock.min.js', 'lock.nowasm.js']) {
    test(`${words}: the dialog of ${file}`, async () => {
      await person.openDialog(servers, {}, { path: `/${condition}/${file}` });
      await person.type(EMAIL, 'plain@example.com', Key.ENTER);
      await person.type(CODE, await servers.code('plain@example.com'));
      await person.arriveAt(CALLBACK);
    });
  }

  for (const file of ['webauth.min.js', 'webauth.nowasm.js']) {
    test(`${words}: the SDK, ${file}`, async () => {
      await person.driver.get(`${servers.pageUrl}/${condition}/${file}`);
      const sent = await person.driver.executeAsyncScript((/** @type {string} */ domain, /** @type {(outcome: any) => void} */ done) => {
        const w = /** @type {any} */ (window);
        w.client = new w.auth0.WebAuth({ domain, clientID: 'latchkey-web', redirectUri: `${location.origin}/callback`, responseType: 'code' });
        w.client.passwordlessStart({ connection: 'email', send: 'code', email: 'sdk@example.com' }, (/** @type {any} */ error) => done(error ? JSON.stringify(error) : 'sent'));
      }, servers.tenant.url);
      assert.equal(sent, 'sent');
      await person.run((/** @type {string} */ verificationCode) => {
        /** @type {any} */ (window).client.passwordlessLogin({ connection: 'email', email: 'sdk@example.com', verificationCode }, (/** @type {any} */ error) => { document.title = JSON.stringify(error); });
      }, await servers.code('sdk@example.com'));
      await person.arriveAt(CALLBACK);
    });
  }
}

/** Describes the focused element: a button by its text, a field by its name. */
const FOCUSED = () => {
  const { activeElement: element } = document;
  if (!element || !element.closest('.lk')) return 'page';
  return element.getAttribute('aria-label') || /** @type {HTMLElement} */ (element).innerText?.trim() || element.getAttribute('name') || element.getAttribute('type') || element.localName;
};

/** Presses Tab until an element has the focus for the second time. @returns {Promise<string[]>} the elements in order */
async function tabbed() {
  const seen = [await person.run(FOCUSED)];
  for (let presses = 0; presses < 12; presses++) {
    await person.keys(Key.TAB);
    const now = await person.run(FOCUSED);
    if (now === seen[0]) return seen;
    // After the last element the focus moves to the browser's own controls.
    if (now !== 'page') seen.push(now);
  }
  return seen;
}

test('Tab reaches all controls of the first screen in reading order', async () => {
  await person.openDialog(servers, { allowedConnections: ['email', 'sms', 'github'], mustAcceptTerms: true });
  const stops = await tabbed();
  assert.equal(stops[0], 'email', 'the field has the focus at first');
  const wanted = ['terms', 'Continue', 'Close', 'Continue with GitHub'];
  for (const stop of wanted) assert.ok(stops.some((seen) => seen.includes(stop)), `${stop} is reached: ${stops.join(', ')}`);
  assert.ok(!stops.includes('dialog') && !stops.includes('form'), `nothing is reached that nobody can use: ${stops.join(', ')}`);
});

test('Escape closes the dialog and returns the focus', async () => {
  await person.openDialog(servers);
  await person.keys(Key.ESCAPE);
  await person.driver.wait(() => person.run('return !document.querySelector(".lk")'), 5_000, 'the dialog stays');
  assert.equal(await person.run('return document.activeElement.id'), 'opener');
});

test('a dialog without a field, opened by mouse, shows no focus ring on the box of the terms', async () => {
  await person.openDialog(servers, { allowedConnections: ['github'], mustAcceptTerms: true });
  const seen = await person.run(() => {
    const box = /** @type {Element} */ (document.querySelector('.lk input[type=checkbox]'));
    return { hasFocus: box.matches(':focus'), outline: getComputedStyle(box).outlineStyle };
  });
  assert.deepEqual(seen, { hasFocus: false, outline: 'none' });
});

test('the dialog covers the page, underlines its links, and shows the focus', async () => {
  await person.openDialog(servers, { allowedConnections: ['email', 'sms'] });
  const seen = await person.run((/** @type {string} */ submit) => {
    const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (document.querySelector(selector)));
    const { position } = style('.lk');
    const { textDecorationLine } = style('.lk .lk-link');
    const { outlineStyle, outlineWidth } = style('.lk input[name=email]');
    const panel = /** @type {Element} */ (document.querySelector('.lk-panel')).getBoundingClientRect();
    return { position, textDecorationLine, outlineStyle, outlineWidth, width: Math.round(panel.width), corner: style('.lk-panel').borderTopLeftRadius, button: style(submit).backgroundColor };
  }, SUBMIT);
  assert.deepEqual(seen, { position: 'fixed', textDecorationLine: 'underline', outlineStyle: 'solid', outlineWidth: '3px', width: 408, corner: '18px', button: 'rgb(31, 94, 255)' });
});

/** The violations that axe finds on the page. @returns {Promise<string[]>} */
async function violations() {
  await person.run('if (!window.axe) { const script = document.createElement("script"); script.src = "/node_modules/axe-core/axe.min.js"; document.head.append(script); }');
  await person.driver.wait(() => person.run('return Boolean(window.axe)'), 10_000, 'axe does not come');
  return person.driver.executeAsyncScript((/** @type {(found: string[]) => void} */ done) => {
    const { axe } = /** @type {any} */ (window);
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then((/** @type {any} */ { violations: found }) => done(found.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`)), (/** @type {Error} */ error) => done([`${error}`]));
  });
}

test('axe finds no violation on any screen', async () => {
  await person.openDialog(servers, { allowedConnections: ['email', 'sms', 'github'], mustAcceptTerms: true });
  assert.deepEqual(await violations(), [], 'the first screen');
  await person.press(SUBMIT);
  await person.read('.lk', /./);
  assert.deepEqual(await violations(), [], 'the first screen with what is missing');
  await person.press('.lk input[type=checkbox]');
  await person.type(EMAIL, 'axe@example.com', Key.ENTER);
  await person.see(CODE);
  assert.deepEqual(await violations(), [], 'the code');
  const code = await servers.code('axe@example.com');
  await person.type(CODE, code === '111111' ? '222222' : '111111');
  await person.read('.lk [role=alert]', '2 tries left');
  assert.deepEqual(await violations(), [], 'a wrong code');

  await person.openDialog(servers, { allowedConnections: ['sms'] });
  assert.deepEqual(await violations(), [], 'the phone number');
  await person.openDialog(servers, { allowedConnections: ['email'], passwordlessMethod: 'link' });
  await person.type(EMAIL, 'axe@example.com', Key.ENTER);
  await person.read('.lk', 'axe@example.com');
  assert.deepEqual(await violations(), [], 'a link was sent');
});
