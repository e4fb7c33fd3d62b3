// @ts-check
/** Prints what each shipped file weighs, and fails when one is over its budget. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { dist } from './lib/paths.mjs';
import { Failure, script } from './lib/run.mjs';

/** Bytes after brotli 11. `aim` is where we want to be, `budget` where the build fails. */
const BUDGETS = [
  { file: 'webauth.min.js', budget: 36_000, aim: 22_500, peer: 'auth0.min.js 10.2.1: 45,002' },
  { file: 'lock.min.js', budget: 76_000, aim: 51_000, peer: 'auth0-lock 14.3.0 (passwordless): 255,188' },
  // Our own limit: nobody waits for it, but everybody loads it.
  { file: 'lock.more.js', budget: 46_000 },
  // With the first screen that a server sends.
  { file: 'lock.css' },
  { file: 'webauth.slim.js' },
  { file: 'webauth.slim.wasm' },
  { file: 'lock.slim.js' },
  { file: 'lock.slim.wasm' },
];
/** The same for every language file. */
const LANGUAGE_BUDGET = 2_300;

/** @param {Buffer} bytes */
export const weigh = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length,
});

/** @param {number} bytes */
const shown = (bytes) => bytes.toLocaleString('en').padStart(10);

if (import.meta.filename === process.argv[1]) await script(main);

async function main() {
  const languages = join(dist, 'languages');
  const files = [
    ...BUDGETS,
    ...(existsSync(languages) ? readdirSync(languages) : []).map((file) => ({ file: join('languages', file), budget: LANGUAGE_BUDGET })),
  ];
  const over = [];
  console.log(`${'file'.padEnd(22)}${'raw'.padStart(10)}${'gzip'.padStart(10)}${'brotli'.padStart(10)}${'budget'.padStart(10)}${'aim'.padStart(10)}`);
  for (const { file, budget, aim, peer } of /** @type {{ file: string, budget?: number, aim?: number, peer?: string }[]} */ (files)) {
    const path = join(dist, file);
    if (!existsSync(path)) throw new Failure(`dist/${file} is missing: run \`npm run build\` first.`);
    const { raw, gzip, brotli } = weigh(readFileSync(path));
    console.log(file.padEnd(22) + [raw, gzip, brotli].map(shown).join('') + [budget, aim].map((b) => (b ? shown(b) : ' '.repeat(10))).join('') + (peer ? `   ${peer}` : ''));
    if (budget && brotli > budget) over.push(`${file} is ${(brotli - budget).toLocaleString('en')} bytes over its budget of ${budget.toLocaleString('en')}`);
  }
  if (over.length > 0) throw new Failure(`${over.join('; ')}. \`twiggy top\` on the module in the target folder shows what grew.`);
}
