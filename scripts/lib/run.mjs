// @ts-check
/** Runs commands, says what it does, and turns a failure into one sentence. */

import { spawn, spawnSync } from 'node:child_process';
import { environment, root } from './paths.mjs';

/** A failure that a person can act on: its message is all that is printed. */
export class Failure extends Error {}

/** @param {string} text */
export const say = (text) => console.log(`\x1b[1m▸\x1b[0m ${text}`);

/** How long a command's own children may hold its output open after it has ended, in milliseconds. */
const LINGER_MS = 5_000;

/** Process groups that are running, so that nothing outlives us. @type {Set<number>} */
const groups = new Set();
process.on('exit', () => groups.forEach(endGroup));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    groups.forEach(endGroup);
    if (process.listenerCount(signal) === 1) process.exit(1);
  });
}

/** @param {number} group */
function endGroup(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs a command with its output shown, unless told to be `quiet`. Rejects with a {@link Failure} when it cannot start,
 * fails, or takes too long; whatever it started ends with it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, seconds?: number, quiet?: boolean, onOutput?: (text: string) => void, hint?: string }} [options]
 *   `seconds` bounds the run (30 minutes by default); `onOutput` also sees everything printed; `hint` says what to do when it fails.
 * @returns {Promise<void>}
 */
export function run(command, args, { env, cwd = root, seconds = 1800, quiet = false, onOutput, hint = 'its output is above' } = {}) {
  const line = [command, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...environment, ...env },
      stdio: quiet || onOutput ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    const group = child.pid;
    if (group) groups.add(group);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (group) endGroup(group);
    }, seconds * 1000);
    for (const [stream, out] of /** @type {const} */ ([[child.stdout, process.stdout], [child.stderr, process.stderr]])) {
      stream?.on('data', (/** @type {Buffer} */ data) => {
        if (!quiet) out.write(data);
        onOutput?.(data.toString());
      });
    }
    const settled = () => {
      clearTimeout(timer);
      if (!group) return;
      endGroup(group);
      groups.delete(group);
    };
    child.on('error', (error) => {
      settled();
      reject(new Failure(`\`${line}\` could not be started (${error.message}): ${hint}.`));
    });
    child.on('exit', () => setTimeout(() => group && endGroup(group), LINGER_MS).unref());
    child.on('close', (code, signal) => {
      settled();
      if (code === 0) resolve();
      else if (late) reject(new Failure(`\`${line}\` was ended: it took more than ${seconds} s.`));
      else reject(new Failure(`\`${line}\` failed with ${signal ?? `status ${code}`}: ${hint}.`));
    });
  });
}

/**
 * What a command prints, or `undefined` when it is missing or fails.
 *
 * @param {string} command
 * @param {string[]} args
 */
export function output(command, args) {
  const result = spawnSync(command, args, { cwd: root, env: environment, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs a script's main function: a {@link Failure} is printed as its sentence, anything else with its stack.
 *
 * @param {() => Promise<void>} main
 */
export async function script(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
