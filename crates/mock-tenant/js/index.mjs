// @ts-check
/** Starts and controls a mock tenant from Node.js, for tests of an application, e.g. with Playwright. `index.d.ts` has the docs. */

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Time the program has until it listens, in milliseconds. */
const START_MS = 10_000;

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

  /** When this object was constructed. `performance.now()` is not affected by changes of the system clock. */
  #constructedAt = performance.now();

  /** The id of the newest message that `message` returned, by recipient. @type {Map<string, string>} */
  #lastReturned = new Map();

  /** @param {string} [url] @param {{ controlToken?: string }} [options] */
  constructor(url = 'http://localhost:4000', { controlToken } = {}) {
    this.url = url.replace(/\/+$/, '');
    this.#token = controlToken;
  }

  /** @param {import('./index.d.ts').StartOptions} [options] */
  static async start({ command, appUrl, args = [], env } = {}) {
    command ??= await installedProgram() ?? 'latchkey-mock-tenant';
    const child = spawn(command, ['--port', '0', ...(appUrl ? ['--app-url', appUrl] : []), ...args], {
      env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await listening(child, command);
    const tenant = new MockTenant(url);
    tenant.#child = child;
    return tenant;
  }

  /**
   * The request contains the age of this object and no point in time, because the tenant's clock may differ from this machine's.
   *
   * @param {string} to
   * @param {import('./index.d.ts').MessageOptions} [options]
   */
  async message(to, { after, wait = 10 } = {}) {
    const last = after === undefined ? this.#lastReturned.get(to) : after;
    const query = new URLSearchParams({ to, wait: `${wait}` });
    if (last) query.set('after', typeof last === 'string' ? last : last.id);
    if (after === undefined) query.set('within_ms', `${Math.ceil(performance.now() - this.#constructedAt)}`);
    const messages = await this.call('GET', `outbox?${query}`);
    if (messages.length === 0) throw new MockTenantError(`Nothing ${last ? 'more ' : ''}was sent to ${to} within ${wait} s; did the application ask this tenant?`, 0);
    this.#lastReturned.set(to, messages.at(-1).id);
    return messages.at(-1);
  }

  /** @param {string} [to] */
  messages(to) {
    return this.call('GET', to === undefined ? 'outbox' : `outbox?${new URLSearchParams({ to })}`);
  }

  /** @param {string} to */
  async expireCode(to) {
    await this.call('POST', 'codes/expire', { to });
  }

  /** @param {string | import('./index.d.ts').Message} [which] */
  async forget(which) {
    if (typeof which === 'object') await this.call('DELETE', `outbox/${encodeURIComponent(which.id)}`);
    else await this.call('DELETE', which === undefined ? 'outbox' : `outbox?${new URLSearchParams({ to: which })}`);
  }

  /** @param {string} to */
  async testMail(to) {
    await this.call('POST', 'email-provider/test', { to });
  }

  /** @param {string} connection @param {import('./index.d.ts').PreviewRequest} [request] */
  preview(connection, request = {}) {
    return this.call('POST', `connections/${encodeURIComponent(connection)}/preview`, request);
  }

  /** @param {number} seconds */
  advance(seconds) {
    return this.call('POST', 'clock', { advance_s: seconds });
  }

  /** @param {boolean} [frozen] */
  freeze(frozen = true) {
    return this.call('POST', 'clock', { freeze: frozen });
  }

  realTime() {
    return this.call('POST', 'clock', { reset: true });
  }

  /** @param {...import('./index.d.ts').Fault} faults */
  async fail(...faults) {
    await this.call('POST', 'faults', faults);
  }

  async heal() {
    await this.call('DELETE', 'faults');
  }

  /** @param {Record<string, unknown>} patch */
  settings(patch) {
    return this.call('PATCH', 'settings', patch);
  }

  /** @param {import('./index.d.ts').Application} [application] */
  createClient(application = {}) {
    return this.call('POST', 'clients', application);
  }

  /** The sample web app for an application, as a zip. @param {string} clientID @param {import('./index.d.ts').SampleKind} kind */
  async sample(clientID, kind) {
    const response = await this.#ask('GET', `clients/${encodeURIComponent(clientID)}/sample.zip?kind=${kind}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** @param {string} clientID */
  async deleteClient(clientID) {
    await this.call('DELETE', `clients/${encodeURIComponent(clientID)}`);
  }

  /** @param {{ name: string } & Record<string, unknown>} connection */
  createConnection(connection) {
    return this.call('POST', 'connections', connection);
  }

  /** @param {string} name */
  async deleteConnection(name) {
    await this.call('DELETE', `connections/${encodeURIComponent(name)}`);
  }

  /** @param {import('./index.d.ts').NewUser} user */
  createUser(user) {
    return this.call('POST', 'users', user);
  }

  /** @param {string} userID @param {import('./index.d.ts').UserChange} patch */
  user(userID, patch) {
    return this.call('PATCH', `users/${encodeURIComponent(userID)}`, patch);
  }

  /** @param {string} userID */
  async deleteUser(userID) {
    await this.call('DELETE', `users/${encodeURIComponent(userID)}`);
  }

  /** @param {string} clientID @param {Record<string, unknown>} patch */
  client(clientID, patch) {
    return this.call('PATCH', `clients/${encodeURIComponent(clientID)}`, patch);
  }

  /** @param {string} name @param {Record<string, unknown>} patch */
  connection(name, patch) {
    return this.call('PATCH', `connections/${encodeURIComponent(name)}`, patch);
  }

  keys() {
    return this.call('GET', 'keys');
  }

  rotateKeys() {
    return this.call('POST', 'keys/rotate');
  }

  /** @param {string} kid */
  async revokeKey(kid) {
    await this.call('DELETE', `keys/${encodeURIComponent(kid)}`);
  }

  captchas() {
    return this.call('GET', 'captchas');
  }

  logs() {
    return this.call('GET', 'logs');
  }

  users() {
    return this.call('GET', 'users');
  }

  snapshot() {
    return this.call('GET', 'snapshot');
  }

  /** @param {import('./index.d.ts').Snapshot} snapshot */
  async restore(snapshot) {
    await this.call('PUT', 'snapshot', snapshot);
  }

  async reset() {
    await this.call('POST', 'reset');
  }

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
   * `GET /_mock/openapi.json` describes the calls.
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
 * Returns the path of the program in the npm package `latchkey-mock-tenant`, looked up from the working directory and then from
 * this file. Returns `undefined` if neither has the package.
 *
 * @returns {Promise<string | undefined>}
 */
async function installedProgram() {
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
 * Resolves with the tenant's origin when the program listens. Ends the program and rejects if it does not listen in time.
 *
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
