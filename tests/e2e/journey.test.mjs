// @ts-check
/** Logins and logouts with the dialog and with a form of the page. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { askForCode, dialog } from './dialog.mjs';
import { startWorld } from './harness.mjs';

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
before(async () => { world = await startWorld(); });
after(() => world?.stop());

/** A desktop and a phone, because most mail is read on a phone. */
const screens = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

for (const [screen, viewport] of Object.entries(screens)) {
  test(`a login with the dialog on a ${screen}, and a logout`, async () => {
    const address = `nora.${screen}@example.com`;
    const { page, context, errors } = await world.open({ viewport });
    await page.goto(world.app.url);
    await page.locator('#with-dialog').click();
    const opener = page.getByRole('button', { name: 'Log in' });
    await opener.click();

    const { box, email, continue: go, code } = dialog(page);
    await box.waitFor();
    await email.fill(address);
    await go.click();
    await code.fill(await world.code(address));

    await page.getByRole('button', { name: 'Log out' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/', 'the response is removed from the URL');
    assert.equal(new URL(page.url()).search, '');
    const claims = await page.locator('#claims').innerText();
    assert.match(claims, new RegExp(address.replaceAll('.', '\\.')), 'the e-mail of the signed ID token');
    assert.match(claims, /email_verified\s+true/);

    await page.reload();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'You are not logged in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'You are not logged in' }).waitFor();
    assert.deepEqual(errors, []);
    await context.close();
  });
}

test('a login with a form of the page', async () => {
  const address = 'own.form@example.com';
  const { page, context, errors } = await world.open();
  await page.goto(`${world.app.url}/custom-ui.html`);
  await page.getByLabel('E-mail address').fill(address);
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByLabel('6-digit code').fill(await world.code(address));
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  assert.match(await page.locator('#claims').innerText(), /own\.form@example\.com/);
  assert.deepEqual(errors, []);
  await context.close();
});

test('the code that the inbox page shows logs in', async () => {
  const address = 'inbox@example.com';
  const { page, context } = await world.open();
  const inbox = await context.newPage();
  await inbox.goto(`${world.tenant.url}/_mock/inbox`);
  await askForCode(page, world.app.url, address);
  await inbox.getByText(address).first().waitFor();
  const text = await inbox.locator('body').innerText();
  const code = await world.code(address);
  assert.ok(text.replaceAll(/\s/g, '').includes(code), 'the new mail is shown without a reload');
  await dialog(page).code.fill(code);
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  await context.close();
});

test('a second login with the same address has the same user and a new session', async () => {
  const address = 'twice@example.com';
  const subjects = [];
  const sessions = [];
  for (let round = 0; round < 2; round++) {
    const { page, context } = await world.open();
    await askForCode(page, world.app.url, address);
    await dialog(page).code.fill(await world.code(address, round));
    await page.getByRole('button', { name: 'Log out' }).waitFor();
    subjects.push((await page.locator('#claims').innerText()).match(/sub\s+(\S+)/)?.[1]);
    sessions.push(JSON.stringify(await context.cookies(world.app.url)));
    await context.close();
  }
  assert.match(subjects[0] ?? '', /^email\|[0-9a-f]{24}$/);
  assert.equal(subjects[0], subjects[1]);
  assert.notEqual(sessions[0], sessions[1]);
});
