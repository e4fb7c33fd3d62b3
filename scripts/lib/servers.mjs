// @ts-check
/** Runs the mock tenant and the sample web app as child processes, for `npm start` and for the tests. */

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { dist, environment, root, targetFolder } from './paths.mjs';
import { Failure, run } from './run.mjs';

/** The seconds within which a server has to listen. */
const START_SECONDS = 30;

/** Compiles both servers. */
export const buildServers = () =>
  run('cargo', ['build', '--quiet', '-p', 'latchkey-mock-tenant', '-p', 'latchkey-sample-web-app']);

/**
 * Fails if a port cannot be used.
 *
 * @param {number} port
 * @param {string} variable the environment variable that changes the port
 * @returns {Promise<void>}
 */
export function requirePort(port, variable) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => reject(new Failure(error.code === 'EADDRINUSE'
      ? `Port ${port} is taken: stop what listens there, or choose another with ${variable}=PORT.`
      : `Port ${port} cannot be used (${error.code}): choose another with ${variable}=PORT.`)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

/** A port that is free now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/**
 * A running server. `stop` ends it. `ended` resolves when the process has ended for any reason.
 *
 * @typedef {{ url: string, stop: () => Promise<void>, ended: Promise<void>, log: () => string }} Server
 */

/** @param {{ port: number, appUrl: string, quiet?: boolean, profile?: string, args?: string[] }} options @returns {Promise<Server>} */
export const startTenant = ({ port, appUrl, quiet, profile, args = [] }) =>
  start(built('latchkey-mock-tenant', profile), ['--port', `${port}`, '--app-url', appUrl, ...args], { quiet });

/**
 * The options of a sample server. Without `domain`, the server reads the domain from its environment or from `.env`.
 *
 * @typedef {{ port: number, domain?: string, quiet?: boolean, args?: string[], environment?: Record<string, string> }} AppOptions
 */

/** The sample web app, in Rust. @param {AppOptions} options @returns {Promise<Server>} */
export const startApp = ({ port, domain, quiet, args = [], environment: more }) =>
  start(built('latchkey-sample-web-app'), ['--www', join(root, 'www'), '--dist', dist, ...args], { quiet, more: { ...settings(port, domain), ...more } });

/** The sample web app, in Node. @param {AppOptions} options @returns {Promise<Server>} */
export const startNodeApp = ({ port, domain, quiet, environment: more }) =>
  start(process.execPath, [join(root, 'crates', 'sample-web-app', 'node', 'server.mjs')], { quiet, more: { ...settings(port, domain), ...more } });

/** A sample server's environment. With a domain, the server is the mock tenant's client and ignores `.env`. @param {number} port @param {string} [domain] */
const settings = (port, domain) => ({
  PORT: `${port}`,
  ...(domain === undefined ? {} : { AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: 'latchkey-web', AUTH0_CLIENT_SECRET: 'latchkey-web-secret', BASE_URL: '', SESSION_SECRET: '' }),
});

/** @param {string} program @param {string} [profile] the folder of cargo's target folder */
const built = (program, profile = 'debug') => join(targetFolder(), profile, program);

/**
 * Starts a server. Resolves when it listens.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ quiet?: boolean, more?: Record<string, string | undefined>, cwd?: string, ready?: RegExp }} options `quiet` hides the server's log. `ready` matches the address in it
 * @returns {Promise<Server>}
 */
export function start(program, args, { quiet = false, more, cwd = root, ready = /listening on (http\S+)/ }) {
  const child = spawn(program, args, { cwd, env: { ...environment, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const ended = new Promise((resolve) => child.once('close', () => resolve(undefined)));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Failure(`${program} did not listen within ${START_SECONDS} s: ${log.trim()}`));
    }, START_SECONDS * 1000);
    const read = (/** @type {Buffer} */ data) => {
      log += data;
      if (!quiet) process.stderr.write(data);
      const url = log.match(ready)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve({ url, stop, ended, log: () => log });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Failure(`${program} could not be started: ${error.message}`));
    });
    child.once('close', () => {
      clearTimeout(timer);
      reject(new Failure(log.trim() || `${program} ended at once`));
    });
  });
}
