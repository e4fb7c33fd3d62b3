// @ts-check
/** The Node.js client of the mock tenant, used as in its README. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { MockTenant, MockTenantError } from '../../crates/mock-tenant/js/index.mjs';
import { targetFolder } from '../../scripts/lib/paths.mjs';

const COMMAND = join(targetFolder(), 'debug', 'latchkey-mock-tenant');
const ADDRESS = 'ada@example.com';

/** @type {import('../../crates/mock-tenant/js/index.d.ts').MockTenant} */
let tenant;
before(async () => { tenant = await MockTenant.start({ command: COMMAND, appUrl: 'http://localhost:3999' }); });
after(() => tenant?.stop());
beforeEach(() => tenant.reset());

const start = () => fetch(`${tenant.url}/passwordless/start`, {
  method: 'POST', headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ client_id: 'latchkey-web', connection: 'email', email: ADDRESS, send: 'code' }),
});

test('message() waits for a message, and the next call for a newer one', async () => {
  const waiting = tenant.message(ADDRESS);
  await start();
  const first = await waiting;
  assert.match(first.code, /^\d{6}$/);
  await start();
  const second = await tenant.message(ADDRESS, { after: first });
  assert.notEqual(second.id, first.id);
  assert.equal((await tenant.messages()).length, 2);
});

test('a message of an earlier run or of an earlier press is not read', async () => {
  await start();
  const [old] = await tenant.messages();
  // Another run of the tests with the same tenant.
  const second = new MockTenant(tenant.url);
  await assert.rejects(second.message(ADDRESS, { wait: 0.1 }), /Nothing was sent/);
  await start();
  const fresh = await second.message(ADDRESS);
  assert.notEqual(fresh.id, old.id);
  // A second request in the same run.
  await assert.rejects(second.message(ADDRESS, { wait: 0.1 }), /Nothing more was sent/);
  const waiting = second.message(ADDRESS);
  await start();
  assert.notEqual((await waiting).id, fresh.id);
  assert.equal((await second.message(ADDRESS, { after: null })).id, (await tenant.messages()).at(-1)?.id);
});

test('new messages are found even if the tenant\'s clock was stopped or moved', async () => {
  await start();
  await tenant.freeze();
  await tenant.advance(-3600);
  const second = new MockTenant(tenant.url);
  await assert.rejects(second.message(ADDRESS, { wait: 0.1 }), /Nothing was sent/);
  await start();
  assert.match((await second.message(ADDRESS)).code, /^\d{6}$/);
});

test('message() rejects if no message is sent', async () => {
  await assert.rejects(tenant.message('nobody@example.com', { wait: 0.1 }), (error) => {
    assert.ok(error instanceof MockTenantError);
    assert.match(error.message, /Nothing was sent to nobody@example\.com/);
    return true;
  });
});

test('the clock can be moved, stopped and reset', async () => {
  assert.equal((await tenant.advance(181)).offset_ms, 181_000);
  assert.equal((await tenant.freeze()).frozen, true);
  assert.deepEqual({ ...(await tenant.realTime()), now: '', now_ms: 0 }, { now: '', now_ms: 0, offset_ms: 0, frozen: false });
});

test('a code can be expired, a message deleted, and a test mail sent', async () => {
  await start();
  await tenant.expireCode(ADDRESS);
  const message = await tenant.message(ADDRESS);
  assert.ok(message.expires_at_ms <= Date.now());
  await assert.rejects(tenant.expireCode(ADDRESS), /there is no code of ada@example\.com that is alive/);
  await tenant.forget(message);
  await tenant.testMail(ADDRESS);
  assert.deepEqual((await tenant.messages()).map(({ send }) => send), ['notice']);
  await tenant.forget(ADDRESS);
  assert.deepEqual(await tenant.messages(), []);
});

test('a change of address sends a mail, which the preview shows', async () => {
  const ada = await tenant.createUser({ email: ADDRESS, user_id: 'ada', roles: ['admin'], user_metadata: { plan: 'gold' }, claims: { 'https://example.com/plan': '{{ user.user_metadata.plan }}' } });
  assert.equal(ada.user_id, 'email|ada');
  const moved = await tenant.user(ada.user_id, { email: 'countess@example.com', app_metadata: { seats: 3 } });
  assert.deepEqual([moved.email, moved.app_metadata, moved.roles], ['countess@example.com', { seats: 3 }, ['admin']]);
  const told = await tenant.message('countess@example.com');
  const preview = await tenant.preview('email', { operation: 'change_email' });
  assert.equal(told.subject, preview.subject);
});

test('a client on another machine needs the control token', async () => {
  const token = 'a-token-of-32-characters-or-more';
  const guarded = await MockTenant.start({ command: COMMAND, args: ['--control-token', token] });
  await assert.rejects(new MockTenant(guarded.url, { controlToken: 'wrong' }).logs(), /--control-token/);
  assert.deepEqual(await new MockTenant(guarded.url, { controlToken: token }).logs(), []);
  await guarded.stop();
});

test('faults, settings and snapshots take effect', async () => {
  await tenant.fail({ match: { path: '/passwordless/start' }, status: 503, times: 1 });
  assert.equal((await start()).status, 503);
  await tenant.fail({ status: 500 });
  await tenant.heal();
  const kept = await tenant.snapshot();
  await tenant.settings({ passwordless_start_per_hour: 1 });
  assert.equal((await start()).status, 200);
  assert.equal((await start()).status, 429);
  await tenant.restore(kept);
  assert.equal((await start()).status, 200);
  await tenant.client('latchkey-web', { name: 'Renamed' });
  await tenant.connection('email', { options: { disable_signup: true } });
  assert.equal((await start()).status, 400);
  assert.equal((await tenant.logs()).filter(({ type }) => type === 'depnote').length, 1);
  assert.deepEqual(await tenant.users(), []);
});

test('clients, connections and users can be created and deleted, and keys rotated', async () => {
  const client = await tenant.createClient({ name: 'Shop', callbacks: ['https://shop.example.com/cb'] });
  assert.equal(client.client_secret?.length, 64);
  await tenant.createConnection({ name: 'guests', options: { disable_signup: true } });
  const user = await tenant.createUser({ email: ADDRESS, connection: 'guests' });
  assert.equal((await tenant.user(user.user_id, { name: 'Ada', blocked: true })).blocked, true);
  assert.deepEqual((await tenant.users()).map(({ name }) => name), ['Ada']);
  await tenant.deleteUser(user.user_id);
  await tenant.deleteConnection('guests');
  await tenant.deleteClient(client.client_id);
  assert.deepEqual([await tenant.users(), (await tenant.call('GET', 'clients')).length], [[], 2]);
  const [, next] = await tenant.keys();
  const [current, , previous] = await tenant.rotateKeys();
  assert.equal(current.kid, next.kid);
  await tenant.revokeKey(previous.kid);
  assert.deepEqual((await tenant.keys()).map(({ role }) => role), ['current', 'next']);
  assert.deepEqual(await tenant.captchas(), []);
});

test('a refused call rejects with the tenant\'s error description', async () => {
  await assert.rejects(tenant.client('nobody', {}), { name: 'MockTenantError', message: 'there is no client nobody', status: 404 });
});

test('start() rejects with the output of a program that does not start', async () => {
  await assert.rejects(MockTenant.start({ command: COMMAND, args: ['--app-url', 'nonsense'] }), /--app-url/);
  await assert.rejects(MockTenant.start({ command: '/nowhere/latchkey-mock-tenant' }), /could not be started/);
});
