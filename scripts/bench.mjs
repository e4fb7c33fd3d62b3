// @ts-check
/**
 * `npm run bench` measures how soon a login page can be used: the pages of Latchkey, Lock, Hanko and a bare field take turns in one
 * run. Then it puts the mock tenant under load. `docs/figures.md` says what is measured and how. Options follow `--`, as in
 * `npm run bench -- --write`:
 *
 * - `--runs N`: the number of measured rounds, 7 by default;
 * - `--write`: writes the figures of the pages into `docs/figures.md`;
 * - `--strict`: exits with code 1 if a budget does not hold;
 * - `--no-tenant`: leaves out the mock tenant.
 */

import { availableParallelism, loadavg } from 'node:os';
import { commandLine } from './bench/command-line.mjs';
import { writeFigures } from './bench/figures.mjs';
import { report, verdicts } from './bench/report.mjs';
import { loadTenant } from './bench/tenant.mjs';
import { build } from './build.mjs';
import { Failure, say, script } from './lib/run.mjs';
import { browser, setUp } from './setup.mjs';

await script(async () => {
  const { runs, write, strict, tenant } = options();
  await setUp(['rust', 'wasm', 'packages', 'browser']);
  await build();
  warnWhenBusy();
  // Imported here, because it needs npm's packages, which the set-up installs.
  const { measurePages } = await import('./bench/pages.mjs');
  const results = await measurePages({ runs, chromiumPath: browser().chromium });
  const text = report(results);
  console.log(`\n${text}\n`);
  if (write) writeFigures('times', text);
  if (tenant) await loadTenant();
  const missed = verdicts(results).filter(({ holds }) => !holds);
  if (strict && missed.length > 0) throw new Failure(`These budgets do not hold: ${missed.map(({ what }) => what).join('; ')}.`);
});

/** The options of the command line. */
function options() {
  const values = commandLine({
    runs: { type: 'string', default: '7' },
    write: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    'no-tenant': { type: 'boolean', default: false },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Failure(`--runs takes a whole number from 1 on, not "${values.runs}".`);
  return { runs, write: values.write, strict: values.strict, tenant: !values['no-tenant'] };
}

/** Warns if other programs use the machine, because they falsify times. It reads the load of the last minute, which includes builds. */
function warnWhenBusy() {
  const [load] = loadavg();
  if (load > availableParallelism() / 2) say(`the machine was busy in the last minute (load ${load.toFixed(1)}): take these times as noise`);
}
