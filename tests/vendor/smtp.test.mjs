// @ts-check
/** Mail over a real SMTP server: aiosmtpd, in Debian's package python3-aiosmtpd. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { MockTenant } from '../../crates/mock-tenant/js/index.mjs';
import { freePort, startTenant } from '../../scripts/lib/servers.mjs';
import { hasMailServer } from '../../scripts/setup.mjs';

const PYTHON = '/usr/bin/python3';
const ADDRESS = 'ada@example.com';
const skip = hasMailServer() ? false : 'aiosmtpd is not installed, or does not start (Debian: `apt-get install python3-aiosmtpd`)';

/** @type {import('node:child_process').ChildProcess} */
let server;
/** @type {Awaited<ReturnType<typeof startTenant>>} */
let program;
/** @type {MockTenant} */
let tenant;
let received = '';
let port = 0;

before(async () => {
  if (skip) return;
  port = await freePort();
  server = spawn(PYTHON, ['-u', '-m', 'aiosmtpd', '-n', '-l', `127.0.0.1:${port}`, '-c', 'aiosmtpd.handlers.Debugging', 'stdout']);
  server.stdout?.on('data', (data) => { received += data; });
  await eventually(() => new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  }), 'the SMTP server listens');
  program = await startTenant({ port: await freePort(), appUrl: 'http://localhost:3000', quiet: true });
  tenant = new MockTenant(program.url);
});
after(async () => {
  server?.kill();
  await program?.stop();
});

test('a mail arrives with its code, its sender and one recipient', { skip }, async () => {
  await tenant.call('PATCH', 'email-provider', { name: 'smtp', credentials: { smtp_host: '127.0.0.1', smtp_port: port } });
  await tenant.connection('email', {
    options: { email: { syntax: 'liquid', from: '{{ application.name }} <login@example.com>', subject: 'Grüße', body: '<p>{{ code }}</p>' } },
  });
  await fetch(`${program.url}/passwordless/start`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: 'latchkey-web', connection: 'email', email: ADDRESS, send: 'code' }),
  });
  const { code } = await tenant.message(ADDRESS);
  await eventually(async () => received.includes('END MESSAGE'), 'the mail arrives');
  assert.match(received, /^From: [^:]*<login@example\.com>$/m);
  assert.deepEqual(received.match(/^To: .*$/gm), [`To: ${ADDRESS}`]);
  assert.match(received, /^Auto-Submitted: auto-generated$/m);
  // The code is in the plain text and in the HTML.
  assert.equal(received.split(code).length - 1, 2, received);
});

test('an unreachable server is logged, and logins still work', { skip }, async () => {
  const ended = new Promise((resolve) => server.once('close', resolve));
  server.kill();
  await ended;
  await tenant.call('DELETE', 'outbox');
  await fetch(`${program.url}/passwordless/start`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: 'latchkey-web', connection: 'email', email: ADDRESS, send: 'code' }),
  });
  assert.match((await tenant.message(ADDRESS)).code, /^\d{6}$/);
  await eventually(async () => (await tenant.logs()).some((/** @type {Record<string, unknown>} */ entry) => entry.type === 'fn'), 'the failure is logged');
});

/** @param {() => Promise<unknown>} check @param {string} what */
async function eventually(check, what) {
  for (let tries = 0; tries < 100; tries++) {
    if (await check()) return;
    await pause(50);
  }
  assert.fail(`${what}: not within 5 s`);
}
