// @ts-check
/** Runs commands, and prints progress and failures. */

import { spawn, spawnSync } from 'node:child_process';
import { environment, root } from './paths.mjs';

/** A failure that the person who runs the script can act on. Only its message is printed. */
export class Failure extends Error {}

/** Prints a line of progress. @param {string} text */
export const say = (text) => console.log(`\x1b[1m▸\x1b[0m ${text}`);

/** The milliseconds after a command's end in which its child processes may keep its output open. */
const LINGER_MS = 5_000;

/** The process groups that are running. They end when the script ends. @type {Set<number>} */
const groups = new Set();
process.on('exit', () => groups.forEach(endGroup));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    groups.forEach(endGroup);
    if (process.listenerCount(signal) === 1) process.exit(1);
  });
}

/** Kills a process group. @param {number} group */
function endGroup(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}

/**
 * Runs a command and shows its output, unless `quiet` is set. Rejects with a {@link Failure} if the command cannot be started, fails
 * or takes too long. The processes that the command has started end with it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, seconds?: number, quiet?: boolean, onOutput?: (text: string) => void, hint?: string }} [options]
 *   `seconds` is the time limit (30 minutes by default), `onOutput` gets the output, and `hint` says what to do about a failure
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
 * The trimmed standard output of a command. `undefined` if the command is missing or fails.
 *
 * @param {string} command
 * @param {string[]} args
 */
export function output(command, args) {
  const result = spawnSync(command, args, { cwd: root, env: environment, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs the main function of a script. For a {@link Failure} only the message is printed. For another error the stack is printed, too.
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
