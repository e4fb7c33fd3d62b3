#!/usr/bin/env node
// @ts-check
/** `npx latchkey-mock-tenant`: runs the program for this machine, with the same arguments, input, output and exit code. */

import { spawn } from 'node:child_process';
import { program } from './index.mjs';

/** @type {string} */
let path;
try {
  path = program();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const child = spawn(path, process.argv.slice(2), { stdio: 'inherit' });
// A signal to this process has to end the program, too. Ctrl-C at a terminal reaches both processes, so this one only waits.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`${path} could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exitCode = code ?? 1;
  }
});
