// @ts-check
/**
 * `npm run test:browsers -- [chromium] [firefox] [webkit]` tests logins, the keyboard and the look of every screen in three engines
 * from Debian's packages: Chromium, Firefox ESR and WebKitGTK. It ends with one line for all engines. `npm test` runs more tests,
 * in Chromium alone.
 */

import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './lib/paths.mjs';
import { Failure, run, say, script } from './lib/run.mjs';
import { buildServers } from './lib/servers.mjs';
import { setUp, setUpEngines } from './setup.mjs';

const ENGINES = ['chromium', 'firefox', 'webkit'];

await script(async () => {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !ENGINES.includes(name));
  if (unknown) throw new Failure(`There is no engine "${unknown}": there are ${ENGINES.join(', ')}.`);
  const engines = ENGINES.filter((name) => names.length === 0 || names.includes(name));
  await setUp(['rust', 'wasm', 'packages', 'browser']);
  await setUpEngines(engines);
  await Promise.all([buildServers(), build()]);
  const results = [];
  for (const engine of engines) results.push(await tested(engine));
  console.log(`\n${results.map(({ engine, passed, failed }) => `${engine}: ${passed} passed, ${failed} failed`).join('; ')}`);
  if (results.some(({ passed, failed }) => failed > 0 || passed === 0)) throw new Failure('Not all engines pass.');
});

/** Runs the tests in one engine and counts them. @param {string} engine */
async function tested(engine) {
  say(engine);
  let text = '';
  const options = ['--test-concurrency=1', '--test-force-exit', '--test-timeout=900000', '--test-reporter=spec'];
  await run(process.execPath, ['--test', ...options, join(root, 'tests', 'engines', 'journeys.test.mjs')], {
    env: { LATCHKEY_ENGINE: engine }, onOutput: (more) => { text += more; },
  }).catch(() => {});
  const count = (/** @type {string} */ word) => Number(text.match(new RegExp(`^ℹ ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  return { engine, passed: count('pass'), failed: count('fail') };
}
