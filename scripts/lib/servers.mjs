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
  start('latchkey-mock-tenant', ['--port', `${port}`, '--app-url', appUrl, ...args], quiet, profile);

/** @param {{ port: number, domain: string, quiet?: boolean, args?: string[] }} options @returns {Promise<Server>} */
export const startApp = ({ port, domain, quiet, args = [] }) =>
  start('latchkey-sample-web-app', ['--port', `${port}`, '--domain', domain, '--www', join(root, 'www'), '--dist', dist, ...args], quiet);

/**
 * Starts a server. Resolves when it listens.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {boolean} [quiet] whether to hide the server's log
 * @param {string} [profile] the folder of cargo's target folder
 * @returns {Promise<Server>}
 */
function start(program, args, quiet = false, profile = 'debug') {
  const child = spawn(join(targetFolder(), profile, program), args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
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
      const url = log.match(/listening on (http\S+)/)?.[1];
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
