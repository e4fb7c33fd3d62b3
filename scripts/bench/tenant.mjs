// @ts-check
/**
 * Measures the load that the mock tenant bears on loopback: whole logins (start, read the code, authenticate, authorize, token),
 * many at a time, each with its own address. The run fails if a code is lost, comes twice or works twice. A hundred thousand
 * starts follow, with logins at the 1,000th and at the 100,000th start: the number of users must not slow the tenant down.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { targetFolder } from '../lib/paths.mjs';
import { Failure, run, say } from '../lib/run.mjs';

const LOGINS = 3_000;
const AT_ONCE = 16;
/** The number of starts, each with its own address. */
const STARTS = 100_000;
/** The number of starts over which a rate is measured. */
const WINDOW = 1_000;
/** How many times slower the last starts may be than the first. It allows for other programs on the machine. */
const SLOWER = 2;
const APP = 'http://localhost:3000';
const GRANT = 'http://auth0.com/oauth/grant-type/passwordless/otp';

/** Runs the load and prints its figures. */
export async function loadTenant() {
  say('the mock tenant, release build');
  await run('cargo', ['build', '--quiet', '--release', '-p', 'latchkey-mock-tenant']);
  const started = performance.now();
  const tenant = await begin();
  const start = performance.now() - started;
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  try {
    const ask = asker(tenant.url, agent);
    await ask('PATCH', '/_mock/settings', { passwordless_start_per_hour: 0, co_authenticate_per_second: 0, token_per_second: 0, requests_per_minute: 0, logins_per_minute: 0 });
    const times = await logins(ask);
    const seconds = times.reduce((sum, ms) => sum + ms, 0) / 1000 / AT_ONCE;
    const sorted = [...times].sort((a, b) => a - b);
    const at = (/** @type {number} */ share) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)} ms`;
    console.log(`listening after ${start.toFixed(0)} ms; ${LOGINS} logins of 4 requests, ${AT_ONCE} at a time: ${Math.round(LOGINS / seconds)} a second, median ${at(0.5)}, p99 ${at(0.99)}; each code came once and worked once`);
    await manyStarts(ask, tenant);
  } finally {
    agent.destroy();
    await tenant.stop();
  }
}

/** Starts the program. Its process ID is needed to read its memory. */
async function begin() {
  const program = join(targetFolder(), 'release', 'latchkey-mock-tenant');
  const child = spawn(program, ['--port', '0', '--app-url', APP], { stdio: ['ignore', 'pipe', 'ignore'] });
  const closed = once(child, 'close');
  const line = once(createInterface({ input: child.stdout }), 'line').then(([text]) => text);
  const url = (await Promise.race([line, closed.then(() => '')])).match(/listening on (\S+)/)?.[1];
  if (!url) throw new Failure(`${program} did not start.`);
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
  };
  return { url, pid: child.pid, stop };
}

/**
 * Prints starts and logins a second, and memory, at the 1,000th and at the 100,000th start.
 *
 * @param {Ask} ask
 * @param {{ pid?: number }} tenant
 */
async function manyStarts(ask, tenant) {
  const first = await rates(ask, 0);
  await starts(ask, WINDOW, STARTS - 2 * WINDOW);
  const last = await rates(ask, STARTS - WINDOW);
  for (const [name, { started, loggedIn, memory }] of /** @type {const} */ ([['1,000', first], ['100,000', last]])) {
    console.log(`at the ${name}th start: ${started} starts and ${loggedIn} logins a second${memory ? `, ${memory} MB` : ''}`);
  }
  if (last.started * SLOWER < first.started) throw new Failure(`Starts have become more than ${SLOWER} times slower.`);

  /** @param {Ask} ask @param {number} from */
  async function rates(ask, from) {
    const started = await rate(() => starts(ask, from, WINDOW), WINDOW);
    const loggedIn = await rate(() => several(WINDOW / 4, (i) => login(ask, `login${from + i}@example.com`)), WINDOW / 4);
    return { started, loggedIn, memory: memoryOf(tenant.pid) };
  }
}

/** The rate of `work`, which does `count` things, in things a second. @param {() => Promise<unknown>} work @param {number} count */
async function rate(work, count) {
  const began = performance.now();
  await work();
  return Math.round(count / ((performance.now() - began) / 1000));
}

/** @param {Ask} ask @param {number} from @param {number} count */
const starts = (ask, from, count) => several(count, async (i) =>
  expect(await ask('POST', '/passwordless/start', { client_id: 'latchkey-web', connection: 'email', send: 'code', email: `start${from + i}@example.com` }), 200, 'start'));

/** Runs `one` for each number below `count`, many at a time. @param {number} count @param {(i: number) => Promise<unknown>} one */
async function several(count, one) {
  let next = 0;
  const worker = async () => { while (next < count) await one(next++); };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The resident memory of a process in MB. `undefined` if the system does not tell it. @param {number | undefined} pid */
function memoryOf(pid) {
  try {
    const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}

/** @typedef {(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: any }>} Ask */

/**
 * Logs in many times. Returns the milliseconds of each login.
 *
 * @param {Ask} ask
 */
async function logins(ask) {
  /** @type {number[]} */
  const times = [];
  let next = 0;
  const worker = async () => {
    while (next < LOGINS) {
      const address = `load${next++}@example.com`;
      const began = performance.now();
      const used = await login(ask, address);
      times.push(performance.now() - began);
      const again = await authenticate(ask, address, used);
      if (again.status !== 403) throw new Failure(`The code of ${address} worked twice.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return times;
}

/**
 * Logs in once. Returns the code.
 *
 * @param {Ask} ask
 * @param {string} address
 */
async function login(ask, address) {
  expect(await ask('POST', '/passwordless/start', { client_id: 'latchkey-web', connection: 'email', send: 'code', email: address }), 200, 'start');
  const mails = expect(await ask('GET', `/_mock/outbox?to=${address}`), 200, 'outbox').body;
  if (mails.length !== 1) throw new Failure(`${mails.length} codes came for ${address}, not 1.`);
  const [{ code }] = mails;
  const ticket = expect(await authenticate(ask, address, code), 200, 'authenticate');
  const cookie = (ticket.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
  const query = new URLSearchParams({ client_id: 'latchkey-web', response_type: 'code', redirect_uri: `${APP}/callback`, scope: 'openid email', state: 's', realm: 'email', login_ticket: ticket.body.login_ticket });
  const redirect = expect(await ask('GET', `/authorize?${query}`, undefined, { cookie }), 302, 'authorize');
  const authorization = new URL(redirect.headers.location ?? '').searchParams.get('code');
  expect(await ask('POST', '/oauth/token', { grant_type: 'authorization_code', client_id: 'latchkey-web', client_secret: 'latchkey-web-secret', redirect_uri: `${APP}/callback`, code: authorization }), 200, 'token');
  return code;
}

/** @param {Ask} ask @param {string} username @param {string} otp */
const authenticate = (ask, username, otp) =>
  ask('POST', '/co/authenticate', { client_id: 'latchkey-web', credential_type: GRANT, username, otp, realm: 'email' }, { origin: APP });

/**
 * Returns `response` if it has the status, and fails otherwise.
 *
 * @template {{ status: number, body: unknown }} R
 * @param {R} response
 * @param {number} status
 * @param {string} name of the request
 */
function expect(response, status, name) {
  if (response.status !== status) throw new Failure(`${name} answered ${response.status}, not ${status}: ${JSON.stringify(response.body)}`);
  return response;
}

/**
 * A function that sends requests to the tenant.
 *
 * @param {string} base
 * @param {Agent} agent
 * @returns {Ask}
 */
function asker(base, agent) {
  return (method, path, body, headers = {}) => new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const typed = body === undefined ? headers : { ...headers, 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(text)}` };
    const sent = request(base + path, { method, agent, headers: typed }, (response) => {
      let received = '';
      response.setEncoding('utf8').on('data', (chunk) => { received += chunk; }).on('end', () => {
        const json = response.headers['content-type']?.startsWith('application/json');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: json ? JSON.parse(received) : received });
      });
    });
    sent.on('error', reject).end(text);
  });
}
