// @ts-check
/**
 * `npm run test:browsers -- [chromium] [firefox] [webkit]`: logs in, walks with the keyboard and looks at every screen in three
 * engines: Chromium, Firefox ESR and WebKitGTK, from Debian's packages. Ends with one line for all of them. `npm test` does the
 * same and much more in Chromium alone.
 */

import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './lib/paths.mjs';
import { Failure, run, say, script } from './lib/run.mjs';
import { buildServers } from './lib/servers.mjs';
import { setUp, setUpEngines } from './setup.mjs';

const ENGINES = ['chromium', 'firefox', 'webkit'];

await script(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !ENGINES.includes(name));
  if (unknown) throw new Failure(`There is no engine "${unknown}": there are ${ENGINES.join(', ')}.`);
  const engines = ENGINES.filter((name) => asked.length === 0 || asked.includes(name));
  await setUp(['rust', 'wasm', 'packages', 'browser']);
  await setUpEngines(engines);
  await Promise.all([buildServers(), build()]);
  const results = [];
  for (const engine of engines) results.push(await tested(engine));
  console.log(`\n${results.map(({ engine, passed, failed }) => `${engine}: ${passed} passed, ${failed} failed`).join('; ')}`);
  if (results.some(({ passed, failed }) => failed > 0 || passed === 0)) throw new Failure('Not all engines pass.');
});

/** Runs the journeys in one engine. @param {string} engine */
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
