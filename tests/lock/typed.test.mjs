// @ts-check
/** Texts that people really type and paste: addresses, international domains, numbers, codes. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { isSame } from '../../crates/lock/js/session.mjs';
import { controls, toCode } from './controls.mjs';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** The body of the next request to the path. @param {Page} page @param {string} path */
const asked = (page, path) => page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith(path)).then((request) => request.postDataJSON());

/** Pastes a text as the browser does. @param {import('playwright-core').Locator} field @param {string} text */
const paste = (field, text) => field.evaluate((input, text) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const goesOn = input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  if (goesOn) document.execCommand('insertText', false, text);
}, text);

for (const [what, typed, address] of [
  ['a zero-width space', '\u200bnora@example.com', 'nora@example.com'],
  ['a direction mark', 'nora@example.com\u200e', 'nora@example.com'],
  ['a soft hyphen', 'no\u00adra@example.com', 'nora@example.com'],
  ['a full-width sign', 'nora＠example.com', 'nora@example.com'],
  ['mathematical letters', '𝓃𝑜𝓇𝒶@example.com', 'nora@example.com'],
  ['an ideographic full stop', 'nora@example。com', 'nora@example.com'],
  ['a link', 'mailto:nora@example.com?subject=Hello%20there', 'nora@example.com'],
  ['a name in front', 'Nora K <nora@example.com>', 'nora@example.com'],
  ['a comma behind', 'nora@example.com,', 'nora@example.com'],
  ['an apostrophe and a plus', "o'hara+x@example.com", "o'hara+x@example.com"],
  ['an accent in two characters', 'ju\u0308rgen@example.com', 'ju\u0308rgen@example.com'],
]) {
  test(`an address that is typed with ${what} is sent as it was meant, and the code is for it`, async () => {
    const { context, page } = await stage.open();
    await stage.dialog(page);
    await controls(page).email.fill(typed);
    const start = asked(page, '/passwordless/start');
    await page.keyboard.press('Enter');
    assert.equal((await start).email, address);
    await context.close();
  });
}

test('an address that is pasted with a name logs in, and the code screen shows the address alone', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'Nora K <nora@example.com>;');
  await page.getByText('nora@example.com', { exact: true }).waitFor();
  await controls(page).code.fill(await stage.code('nora@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('two addresses at once are refused with a hint, and nothing is sent', async () => {
  const { context, page } = await stage.open();
  await stage.dialog(page);
  await controls(page).email.fill('nora@example.com, bob@example.com');
  await page.keyboard.press('Enter');
  await page.getByText('Enter an address like').waitFor();
  assert.deepEqual(await stage.control('GET', 'outbox'), []);
  await context.close();
});

for (const domain of ['bücher.example', '例子.广告', 'उदाहरण.परीक्षा']) {
  test(`a person at ${domain} sees that domain everywhere, logs in, and the outbox finds the message by either form`, async () => {
    const { context, page } = await stage.open();
    await stage.dialog(page);
    const address = `nora@${domain}`;
    await controls(page).email.pressSequentially(address);
    const start = asked(page, '/passwordless/start');
    await page.keyboard.press('Enter');
    const ascii = `nora@${new URL(`http://${domain}`).hostname}`;
    assert.equal((await start).email, ascii);
    await controls(page).code.waitFor();
    await page.getByText(address, { exact: true }).waitFor();
    assert.doesNotMatch(await page.locator('.lk').innerText(), /xn--/);
    for (const form of [address, ascii]) {
      const [message] = await stage.control('GET', `outbox?to=${encodeURIComponent(form)}`);
      assert.equal(message.to, address);
    }
    // After going back, and after a reload, the field and the screen show the same domain.
    await controls(page).back.click();
    assert.equal(await controls(page).email.inputValue(), address);
    await page.keyboard.press('Enter');
    await controls(page).code.fill(await stage.code(address));
    await page.waitForURL(/\/callback\?.*code=/);
    await context.close();
  });
}

for (const [country, typed, number] of [
  ['GB', '+44 (0)7400 123456', '+447400123456'],
  ['DE', '0049 (0)151 23456789', '+4915123456789'],
  ['DE', '4915123456789', '+4915123456789'],
  ['LT', '8 612 34567', '+37061234567'],
  ['BY', '8 029 123-45-67', '+375291234567'],
  ['IT', '06 1234567', '+39061234567'],
  ['US', '011 44 7400 123456', '+447400123456'],
]) {
  test(`the number ${typed} of ${country} is sent as ${number}`, async () => {
    const { context, page } = await stage.open();
    await stage.dialog(page, { allowedConnections: ['sms'], defaultLocation: country });
    await controls(page).phone.fill(typed);
    const start = asked(page, '/passwordless/start');
    await page.keyboard.press('Enter');
    assert.equal((await start).phone_number, number);
    await context.close();
  });
}

for (const text of [
  'Thu, 12 Nov 2026 14:05 - Your code is %',
  'Your code is %. It works for 3 minutes, until 14:08.',
  'code: %.',
  '% % @example.com #%',
]) {
  test(`of the pasted text "${text}" the code alone is taken, and it logs in`, async () => {
    const { context, page } = await stage.open();
    await toCode(stage, page, 'paste@example.com');
    const code = await stage.code('paste@example.com');
    const check = asked(page, '/co/authenticate');
    await paste(controls(page).code, text.replaceAll('%', code));
    assert.equal((await check).otp, code);
    await page.waitForURL(/\/callback\?.*code=/);
    await context.close();
  });
}

test('a code in full-width digits, in two groups, logs in', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'wide@example.com');
  const code = await stage.code('wide@example.com');
  const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
  await paste(controls(page).code, `認証コード：${wide.slice(0, 3)} ${wide.slice(3)}`);
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('a pasted text with two possible codes uses no try: a hint asks for the code', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'two@example.com');
  /** @type {string[]} */
  const checks = [];
  page.on('request', (request) => { if (request.url().endsWith('/co/authenticate')) checks.push(request.url()); });
  for (const text of ['Order 112233: your code is 445566', 'Thu, 12 Nov 2026']) {
    await paste(controls(page).code, text);
    await page.getByText('Enter the 6 digits of the code.').waitFor();
    assert.equal(await controls(page).code.inputValue(), '');
    assert.equal(await controls(page).code.getAttribute('aria-invalid'), 'true');
  }
  assert.deepEqual(checks, []);
  await controls(page).code.fill(await stage.code('two@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  await context.close();
});

test('a number that is longer than a code is not submitted by itself', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'long@example.com');
  /** @type {string[]} */
  const checks = [];
  page.on('request', (request) => { if (request.url().endsWith('/co/authenticate')) checks.push(request.url()); });
  await controls(page).code.fill('20261123001');
  assert.equal(await controls(page).code.inputValue(), '202611');
  await controls(page).code.fill(await stage.code('long@example.com'));
  await page.waitForURL(/\/callback\?.*code=/);
  assert.equal(checks.length, 1);
  await context.close();
});

test('a session belongs to the same person in any case of letters, and with either form of the domain', () => {
  const claims = (/** @type {string} */ email) => ({ sub: 'email|1', email });
  for (const [known, to, isTheSame] of /** @type {[string, string, boolean][]} */ ([
    ['nora@example.com', 'Nora@Example.COM', true], ['nora@xn--bcher-kva.example', 'nora@bücher.example', true],
    ['Nora@BÜCHER.example', 'nora@xn--bcher-kva.example', true], ['nora@example.com', 'nora@example.org', false], ['bob@bücher.example', 'nora@bücher.example', false],
  ])) assert.equal(isSame(claims(known), 'email', to), isTheSame, `${known} ${to}`);
  assert.equal(isSame({ sub: 'sms|1', phone_number: '+491512345678' }, 'sms', '+491512345678'), true);
});

test('an address in other capitals is the same person: a newer code of another tab counts, and no second one is sent', async () => {
  const { context, page } = await stage.open();
  await toCode(stage, page, 'Nora@Example.com', { resendCoolDown: 300 });
  const other = await context.newPage();
  await other.goto(stage.url);
  await stage.dialog(other, { resendCoolDown: 300 });
  await controls(other).email.fill('nora@example.com');
  await other.keyboard.press('Enter');
  await controls(other).code.waitFor();
  const sent = await stage.control('GET', 'outbox');
  // The second tab does not have the first tab's stored data, so it requested a code of its own, and the
  // first tab shows that.
  if (sent.length === 2) await controls(page).alert.getByText('A newer code was sent').waitFor();
  await controls(other).back.click();
  await controls(other).email.fill('NORA@EXAMPLE.COM');
  await other.keyboard.press('Enter');
  await controls(other).code.waitFor();
  assert.equal((await stage.control('GET', 'outbox')).length, sent.length);
  await context.close();
});
