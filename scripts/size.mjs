// @ts-check
/**
 * `npm run size` prints the size of each shipped file, and fails if one is over its budget.
 * `npm run size -- --write` also measures the libraries that Latchkey replaces, and writes the table into `docs/figures.md`.
 */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { commandLine } from './bench/command-line.mjs';
import { table, writeFigures } from './bench/figures.mjs';
import { dist, root } from './lib/paths.mjs';
import { Failure, script } from './lib/run.mjs';

/** @typedef {'hanko' | 'lock' | 'language' | 'auth0'} PeerName */

/**
 * A row of the table: files that a page loads together. Above `budget`, in bytes after brotli 11, the build fails. `aim` is the size
 * that the project wants to reach. `peers` are the libraries that a page would load instead.
 *
 * @typedef {{ files: string[], budget?: number, aim?: number, peers?: PeerName[] }} Line
 */

/** @type {Line[]} */
const BUDGETS = [
  { files: ['lock.min.js'], budget: 15_500, aim: 7_500, peers: ['hanko', 'lock'] },
  { files: ['lock.min.js', 'lock.more.js'], budget: 154_000, aim: 110_000, peers: ['lock'] },
  { files: ['webauth.min.js'], budget: 45_500, aim: 33_000, peers: ['auth0'] },
  { files: ['webauth.full.min.js'], budget: 62_000, aim: 45_000, peers: ['auth0'] },
];
/** The budget of each language file. */
const LANGUAGE_BUDGET = 2_300;

/** @typedef {{ raw: number, gzip: number, brotli: number }} Weight */

/**
 * The size of some bytes: uncompressed, after gzip 9, and after brotli 11.
 *
 * @param {string | Buffer} body
 * @returns {Weight}
 */
function weigh(body) {
  const bytes = Buffer.from(body);
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length,
  };
}

/**
 * The size of several files together. Each is compressed by itself, as a server does it.
 *
 * @param {string[]} files of `dist/`
 * @returns {Weight}
 */
function weighFiles(files) {
  const weights = files.map((file) => {
    const path = join(dist, file);
    if (!existsSync(path)) throw new Failure(`dist/${file} is missing: run \`npm run build\` first.`);
    return weigh(readFileSync(path));
  });
  const sum = (/** @type {keyof Weight} */ form) => weights.reduce((total, weight) => total + weight[form], 0);
  return { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
}

/** The row of the heaviest language file. All language files have the same budget. @returns {Line & { note: string }} */
function languageLine() {
  const folder = join(dist, 'languages');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.js')).map((file) => `languages/${file}`) : [];
  const weights = files.map((file) => ({ file, bytes: weighFiles([file]).brotli })).sort((a, b) => b.bytes - a.bytes);
  if (weights.length === 0) throw new Failure('dist/languages is missing: run `npm run build` first.');
  return { files: [weights[0].file], budget: LANGUAGE_BUDGET, peers: ['language'], note: ', the heaviest language' };
}

/** The rows of the other files for browsers, which have no budget. @returns {Line[]} */
function others() {
  const alone = BUDGETS.filter(({ files }) => files.length === 1).flatMap(({ files }) => files);
  return readdirSync(dist).filter((file) => /(?<!mock-tenant)\.(js|wasm|css)$/.test(file) && !alone.includes(file)).map((file) => ({ files: [file] }));
}

/** The sizes of the libraries that Latchkey replaces. @returns {Promise<Record<PeerName, string>>} */
async function weighPeers() {
  const { hanko, lock, version } = await import('./bench/peers.mjs');
  const shown = (/** @type {string} */ name, /** @type {string | Buffer} */ body) => `${name}: ${figure(weigh(body).brotli)}`;
  const [theirs, elements] = [await lock(), await hanko()];
  return {
    lock: shown(theirs.name, theirs.scripts['/peer.js']),
    language: shown(`${theirs.name}, English`, Object.entries(theirs.answers).find(([path]) => path.endsWith('/en.js'))?.[1].body ?? ''),
    hanko: shown(elements.name, elements.scripts['/peer.js']),
    auth0: shown(`auth0.min.js ${version('auth0-js')}`, readFileSync(join(root, 'node_modules', 'auth0-js', 'dist', 'auth0.min.js'))),
  };
}

/** @param {number | undefined} bytes */
const figure = (bytes) => bytes?.toLocaleString('en') ?? '';

async function main() {
  const { write } = commandLine({ write: { type: 'boolean', default: false } });
  const peers = write ? await weighPeers() : undefined;
  const over = [];
  const rows = [];
  for (const { files, budget, aim, peers: names = [], note = '' } of /** @type {(Line & { note?: string })[]} */ ([...BUDGETS, languageLine(), ...others()])) {
    const { raw, gzip, brotli } = weighFiles(files);
    const name = files.map((file) => `\`${file}\``).join(' + ');
    rows.push([`${name}${note}`, ...[raw, gzip, brotli, budget, aim].map(figure), ...(peers ? [names.map((peer) => peers[peer]).join('; ')] : [])]);
    if (budget && brotli > budget) over.push(`${files.join(' + ')} is ${figure(brotli - budget)} bytes over the budget of ${figure(budget)}`);
  }
  const text = table(['file', 'raw', 'gzip 9', 'brotli 11', 'budget', 'aim', ...(peers ? ['peer, brotli 11'] : [])], rows);
  console.log(text);
  if (write) {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    writeFigures('sizes', `Latchkey ${version}, in bytes. Budgets and aims are for brotli 11.\n\n${text}`);
  }
  if (over.length > 0) throw new Failure(`${over.join('; ')}. \`twiggy top\` on the module in the target folder shows what grew.`);
}

if (import.meta.filename === process.argv[1]) await script(main);
