// @ts-check
/**
 * `npm run fuzz -- [--seconds N] [TARGET ...]` builds the libFuzzer targets in every crate's folder `fuzz` and runs them at the same time,
 * by default for 60 seconds. New inputs that they find are kept in cargo's target folder for the next run.
 *
 * `npm run fuzz -- TARGET --input FILE ...` runs a target with these inputs alone, for example to reproduce a failure.
 *
 * cargo-fuzz does the same, but needs a nightly compiler. The coverage that libFuzzer needs comes from a pass of LLVM. The stable
 * compiler has this pass, too.
 */

import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root, targetFolder } from './lib/paths.mjs';
import { Failure, output, run, say, script } from './lib/run.mjs';

/** The flags count the visits of every edge of the control flow, and make overflows panic. */
const RUSTFLAGS = [
  '-Cpasses=sancov-module', '-Cllvm-args=-sanitizer-coverage-level=4', '-Cllvm-args=-sanitizer-coverage-inline-8bit-counters',
  '-Cllvm-args=-sanitizer-coverage-pc-table', '-Cdebug-assertions', '-Coverflow-checks', '--cfg', 'fuzzing',
].join(' ');

/** The default of `npm run fuzz`, in seconds. */
const SECONDS = 60;

/** The time limit of one input in seconds. It allows for other programs on the machine. */
const PATIENCE = 25;

/** The folder for inputs that made a target fail. */
const ARTIFACTS = join(targetFolder(), 'fuzz', 'artifacts');

/** A fuzz target: its name, and the folder `fuzz` of its crate. @typedef {{ name: string, folder: string }} Target */

if (import.meta.filename === process.argv[1]) {
  await script(async () => {
    const { values, positionals } = parseArgs({
      options: { seconds: { type: 'string', default: `${SECONDS}` }, input: { type: 'string', multiple: true } }, allowPositionals: true,
    });
    const seconds = Number(values.seconds);
    if (!Number.isInteger(seconds) || seconds < 1) throw new Failure(`\`--seconds\` is "${values.seconds}": give a whole number.`);
    await fuzz({ seconds, names: positionals, inputs: values.input, learn: true });
  });
}

/**
 * Builds the targets and runs them. If one fails, the failure names the input.
 *
 * @param {{ seconds: number, names?: string[], inputs?: string[], learn?: boolean }} options `names` are those of the targets, by
 *   default all; `inputs` are run instead of generated ones; with `learn`, inputs that reach new code are kept for the next run,
 *   and without it each run begins with the seeds alone, in the same order
 */
export async function fuzz({ seconds, names = [], inputs = [], learn = false }) {
  const all = targets();
  const unknown = names.filter((name) => !all.some((target) => target.name === name));
  if (unknown.length > 0) throw new Failure(`There is no fuzz target ${unknown.join(', ')}: there are ${all.map(({ name }) => name).join(', ')}.`);
  const chosen = all.filter(({ name }) => names.length === 0 || names.includes(name));
  if (inputs.length > 0 && chosen.length !== 1) throw new Failure('Name the one target that is to have these inputs.');

  const triple = output('rustc', ['-vV'])?.match(/^host: (.*)$/m)?.[1];
  if (!triple) throw new Failure('`rustc -vV` does not say for which machine it compiles: is Rust installed?');
  const built = join(targetFolder(), 'fuzz');
  for (const folder of new Set(chosen.map((target) => target.folder))) {
    await run('cargo', ['build', '--quiet', '--release', '--target', triple], {
      cwd: folder,
      // With little optimisation the targets compile in half the time, and a short run finds more.
      env: { RUSTFLAGS, CARGO_TARGET_DIR: built, CARGO_PROFILE_RELEASE_OPT_LEVEL: '1' },
      hint: 'its output is above; libFuzzer needs a C++ compiler (g++ or clang++)',
    });
  }
  const results = await Promise.allSettled(chosen.map((target) => (
    runTarget(target, join(built, triple, 'release', target.name), { inputs, seconds, learn })
  )));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [/** @type {Error} */ (result.reason)] : []));
  if (failures.length > 0) throw new Failure(failures.map(({ message }) => message).join('\n'));
}

/** All fuzz targets: each file in the folder `fuzz_targets` of a crate. @returns {Target[]} */
function targets() {
  const crates = join(root, 'crates');
  return readdirSync(crates).flatMap((crate) => {
    const folder = join(crates, crate, 'fuzz');
    const files = existsSync(folder) ? readdirSync(join(folder, 'fuzz_targets')) : [];
    return files.sort().map((file) => ({ name: basename(file, '.rs'), folder }));
  });
}

/**
 * Runs one target and prints how many inputs it had.
 *
 * @param {Target} target
 * @param {string} program
 * @param {{ inputs: string[], seconds: number, learn: boolean }} options as for `fuzz`
 */
async function runTarget({ name, folder }, program, { inputs, seconds, learn }) {
  const corpus = join(targetFolder(), 'fuzz', learn ? 'corpus' : 'short', name);
  if (!learn) rmSync(corpus, { recursive: true, force: true });
  for (const path of [corpus, ARTIFACTS]) mkdirSync(path, { recursive: true });
  const seeds = join(folder, 'seeds', name);
  const sources = inputs.length > 0
    ? inputs.map((input) => resolve(input))
    : [`-max_total_time=${seconds}`, corpus, ...(existsSync(seeds) ? [seeds] : [])];
  let text = '';
  try {
    await run(program, ['-seed=1', `-timeout=${PATIENCE}`, `-artifact_prefix=${ARTIFACTS}/${name}-`, '-print_final_stats=1', ...sources], {
      seconds: seconds + 10 * PATIENCE, quiet: true, onOutput: (more) => { text += more; },
    });
  } catch {
    const again = text.match(/Test unit written to (.*)/)?.[1] ?? inputs.join(' --input ');
    const end = text.slice(Math.max(0, text.search(/^(thread '|==\d+==)/m)));
    throw new Failure(`${end}\nThe fuzz target ${name} of ${relative(root, folder)} failed. Again: npm run fuzz -- ${name} --input ${again}\n`
      + `Once it is mended, keep that file in ${relative(root, seeds)}, which every run begins with.`);
  }
  say(`  ${name}: ${inputs.length || Number(text.match(/number_of_executed_units: (\d+)/)?.[1]).toLocaleString('en')} inputs`);
}
