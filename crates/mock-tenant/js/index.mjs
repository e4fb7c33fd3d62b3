// @ts-check
/** The mock tenant in tests of one's own: started, read and steered from Node.js, e.g. beside Playwright. */

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How long the program may take until it listens, in milliseconds. */
const START_MS = 10_000;

/** A call that the tenant refused; `message` is its own words. */
export class MockTenantError extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.name = 'MockTenantError';
    this.status = status;
  }
}

export class MockTenant {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;

  /** @type {string | undefined} */
  #token;

  /** When this object was made, in milliseconds of a clock that nobody sets. */
  #made = performance.now();

  /** The newest message that was given out, by whom it was asked for. @type {Map<string, string>} */
  #given = new Map();

  /** @param {string} [url] where a tenant is running @param {{ controlToken?: string }} [options] */
  constructor(url = 'http://localhost:4000', { controlToken } = {}) {
    this.url = url.replace(/\/+$/, '');
    this.#token = controlToken;
  }

  /**
   * Starts a tenant of one's own on a free port.
   *
   * @param {import('./index.d.ts').StartOptions} [options]
   */
  static async start({ command, appUrl, args = [], env } = {}) {
    command ??= await installed() ?? 'latchkey-mock-tenant';
    const child = spawn(command, ['--port', '0', ...(appUrl ? ['--app-url', appUrl] : []), ...args], {
      env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await listening(child, command);
    const tenant = new MockTenant(url);
    tenant.#child = child;
    return tenant;
  }

  /**
   * The newest message to an address or a number; waits for one. Unless `after` says otherwise, only a message counts that was
   * sent since this object was made, and that it has not given out before: neither an earlier run's nor an earlier press's. What
   * the tenant is told is how long ago that was, so its clock and this machine's need not agree.
   *
   * @param {string} to
   * @param {import('./index.d.ts').MessageOptions} [options]
   */
  async message(to, { after, wait = 10 } = {}) {
    const last = after === undefined ? this.#given.get(to) : after;
    const query = new URLSearchParams({ to, wait: `${wait}` });
    if (last) query.set('after', typeof last === 'string' ? last : last.id);
    if (after === undefined) query.set('within_ms', `${Math.ceil(performance.now() - this.#made)}`);
    const messages = await this.call('GET', `outbox?${query}`);
    if (messages.length === 0) throw new MockTenantError(`Nothing ${last ? 'more ' : ''}was sent to ${to} within ${wait} s; did the application ask this tenant?`, 0);
    this.#given.set(to, messages.at(-1).id);
    return messages.at(-1);
  }

  /** All messages, newest last. @param {string} [to] */
  messages(to) {
    return this.call('GET', to === undefined ? 'outbox' : `outbox?${new URLSearchParams({ to })}`);
  }

  /** Ends the life of the code that was sent to an address or a number; moves no clock. @param {string} to */
  async expireCode(to) {
    await this.call('POST', 'codes/expire', { to });
  }

  /** Forgets messages: one, or all to an address, or all. @param {string | import('./index.d.ts').Message} [which] */
  async forget(which) {
    if (typeof which === 'object') await this.call('DELETE', `outbox/${encodeURIComponent(which.id)}`);
    else await this.call('DELETE', which === undefined ? 'outbox' : `outbox?${new URLSearchParams({ to: which })}`);
  }

  /** Sends a test mail through the e-mail provider, and rejects when it is not taken. @param {string} to */
  async testMail(to) {
    await this.call('POST', 'email-provider/test', { to });
  }

  /** How a mail of a connection would look. @param {string} connection @param {import('./index.d.ts').PreviewRequest} [request] */
  preview(connection, request = {}) {
    return this.call('POST', `connections/${encodeURIComponent(connection)}/preview`, request);
  }

  /** Moves the tenant's clock; back, when less than 0. @param {number} seconds */
  advance(seconds) {
    return this.call('POST', 'clock', { advance_s: seconds });
  }

  /** Stops the tenant's clock, or lets it run on. @param {boolean} [frozen] */
  freeze(frozen = true) {
    return this.call('POST', 'clock', { freeze: frozen });
  }

  /** Back to the machine's time. */
  realTime() {
    return this.call('POST', 'clock', { reset: true });
  }

  /** Scripts failures to come. @param {...import('./index.d.ts').Fault} faults */
  async fail(...faults) {
    await this.call('POST', 'faults', faults);
  }

  /** Forgets failures to come. */
  async heal() {
    await this.call('DELETE', 'faults');
  }

  /** Changes the tenant's settings. @param {Record<string, unknown>} patch */
  settings(patch) {
    return this.call('PATCH', 'settings', patch);
  }

  /** A new application. @param {import('./index.d.ts').Application} [application] */
  createClient(application = {}) {
    return this.call('POST', 'clients', application);
  }

  /** The sample web app for an application, as a zip. @param {string} clientID @param {import('./index.d.ts').SampleKind} kind */
  async sample(clientID, kind) {
    const response = await this.#ask('GET', `clients/${encodeURIComponent(clientID)}/sample.zip?kind=${kind}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Forgets an application. @param {string} clientID */
  async deleteClient(clientID) {
    await this.call('DELETE', `clients/${encodeURIComponent(clientID)}`);
  }

  /** A new connection. @param {{ name: string } & Record<string, unknown>} connection */
  createConnection(connection) {
    return this.call('POST', 'connections', connection);
  }

  /** Forgets a connection and its people. @param {string} name */
  async deleteConnection(name) {
    await this.call('DELETE', `connections/${encodeURIComponent(name)}`);
  }

  /** A person who has not logged in yet. @param {import('./index.d.ts').NewUser} user */
  createUser(user) {
    return this.call('POST', 'users', user);
  }

  /** Changes a person. @param {string} userID @param {import('./index.d.ts').UserChange} patch */
  user(userID, patch) {
    return this.call('PATCH', `users/${encodeURIComponent(userID)}`, patch);
  }

  /** Forgets a person, with their sessions and tokens. @param {string} userID */
  async deleteUser(userID) {
    await this.call('DELETE', `users/${encodeURIComponent(userID)}`);
  }

  /** Changes an application. @param {string} clientID @param {Record<string, unknown>} patch */
  client(clientID, patch) {
    return this.call('PATCH', `clients/${encodeURIComponent(clientID)}`, patch);
  }

  /** Changes a connection. @param {string} name @param {Record<string, unknown>} patch */
  connection(name, patch) {
    return this.call('PATCH', `connections/${encodeURIComponent(name)}`, patch);
  }

  /** Signing keys: the current one, the next, previous ones. */
  keys() {
    return this.call('GET', 'keys');
  }

  /** Makes the next key sign, and announces another. */
  rotateKeys() {
    return this.call('POST', 'keys/rotate');
  }

  /** Forgets a previous key. @param {string} kid */
  async revokeKey(kid) {
    await this.call('DELETE', `keys/${encodeURIComponent(kid)}`);
  }

  /** Pictures that wait for their answer, and what they say. */
  captchas() {
    return this.call('GET', 'captchas');
  }

  /** The tenant's log, newest last. */
  logs() {
    return this.call('GET', 'logs');
  }

  /** People who have logged in. */
  users() {
    return this.call('GET', 'users');
  }

  /** All that changes, to come back to with {@link restore}. */
  snapshot() {
    return this.call('GET', 'snapshot');
  }

  /** @param {import('./index.d.ts').Snapshot} snapshot */
  async restore(snapshot) {
    await this.call('PUT', 'snapshot', snapshot);
  }

  /** Everything as at the start. */
  async reset() {
    await this.call('POST', 'reset');
  }

  /** Ends a tenant that {@link MockTenant.start} began. */
  async stop() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  async [Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose')]() {
    await this.stop();
  }

  /**
   * Any call of the control API (`GET /_mock/openapi.json`).
   *
   * @param {string} method
   * @param {string} path below `/_mock/`
   * @param {unknown} [body]
   * @returns {Promise<any>}
   */
  async call(method, path, body) {
    return (await this.#ask(method, path, body)).json();
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async #ask(method, path, body) {
    const response = await fetch(`${this.url}/_mock/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new MockTenantError((await response.json()).error_description, response.status);
    return response;
  }
}

/**
 * The program from the npm package `latchkey-mock-tenant`, where the program that runs this, or this package, has it.
 *
 * @returns {Promise<string | undefined>}
 */
async function installed() {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    /** @type {string} */
    let found;
    try {
      found = createRequire(from).resolve('latchkey-mock-tenant');
    } catch {
      continue;
    }
    return (await import(pathToFileURL(found).href)).program();
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} command
 * @returns {Promise<string>}
 */
function listening(child, command) {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (/** @type {string} */ reason) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new MockTenantError(reason, 0));
    };
    const timer = setTimeout(() => fail(`${command} did not listen within ${START_MS / 1000} s: ${log.trim()}`), START_MS);
    const read = (/** @type {Buffer} */ data) => {
      log += data;
      const url = log.match(/listening on (\S+)/)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`${command} could not be started: ${error.message}`));
    child.once('close', () => fail(log.trim() || `${command} ended at once`));
  });
}
