// @ts-check
/**
 * Cuts a wasm module in two: what a page starts with, and the rest, which is loaded behind the first screen and joined to it.
 * Both have one memory and one table. Where the cut is stands in the sources: behind it are the functions called `rest`, and
 * whatever only they call; and constant texts that begin and end with LATE. So the first part has to take care that it calls
 * no `rest` too early, where its bindings throw; and that it reads no such text, where zeros are.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { Failure, output, run } from './run.mjs';

/** Functions that stand behind the cut, in either of Rust's ways to mangle names. */
const ENTRY = /^\$"?<?latchkey_lock(?:\[\w+\])?(?:::\w+)+>?::rest(?:::h\w+)?"?$/;

/** A text that stands behind the cut, as bytes of one character each. */
const LATE = /\x02rest\n[^\x03]*\x03/g;

/** A name in the text format. */
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const NAMES = new RegExp(NAME, 'g');
const STRIPPED = ['--strip-debug', '--strip-producers', '--strip-target-features'];

/**
 * What a module has, to be given to the other part: its kind and name, its type, and how the other part calls it.
 *
 * @typedef {{ what: string, type: string, name: string }} Thing
 * @typedef {{ imports: [module: string, long: string, short: string][], exports: [long: string, short: string][] }} Names
 */

/**
 * @param {string} file the module, with names
 * @param {string[]} features arguments of all tools
 * @returns {Promise<{ names: Names, rest: string }>} the short names of the first part, which is in `file` now; the rest's file
 */
export async function split(file, features) {
  const rest = file.replace('.wasm', '.rest.wasm');
  const { whole, late } = parted(await formsOf(file, features));
  const entries = whole.flatMap((form) => definedIn(form) ?? []).filter((name) => ENTRY.test(name));
  if (entries.length === 0) throw new Failure('No function of the dialog is called `rest`: see ENTRY in scripts/lib/split.mjs.');
  if (late.length === 0) throw new Failure('No text of the dialog is marked as late: see LATE in scripts/lib/split.mjs.');
  const things = whole.flatMap(thingOf).map((thing, index) => ({ ...thing, name: `x${index}` }));

  // The first part: it gives out its memory and the like, asks for the entries, and loses what nothing calls any longer.
  const asked = entries.map((name, index) => ` (import "./rest" "e${index}" (func ${name} ${typeOf(whole, name)}))\n`);
  const state = things.filter(({ what }) => !what.startsWith('func')).map(exported);
  await assemble([...asked, ...state, ...whole.filter((form) => !entries.includes(definedIn(form) ?? ''))], file, features);
  await run('wasm-opt', [...features, '-g', '--remove-unused-module-elements', file, '-o', file]);
  const first = await formsOf(file, features);

  // The rest: the functions that are left, and what they need of the first part.
  const inFirst = new Set(first.map(definedIn));
  const own = whole.filter((form) => definedIn(form) && !inFirst.has(definedIn(form)));
  await assemble([
    ...whole.filter((form) => form.startsWith(' (type')),
    ...things.filter(({ what }) => !own.some((form) => what === `func ${definedIn(form)}`)).map(({ what, type, name }) => ` (import "a" "${name}" (${what} ${type}))\n`),
    ...own,
    ...late,
    ...entries.map((name, index) => exported({ what: `func ${name}`, type: '', name: `e${index}` })),
  ], rest, features);
  await run('wasm-opt', [...features, ...STRIPPED, '--remove-unused-module-elements', rest, '-o', rest]);
  const restForms = await formsOf(rest, features);

  // The first part gives out just that, calls of JavaScript among it that only the rest makes; under short names.
  const needed = new Set(restForms.map((form) => form.match(/^ \(import "a" "(\w+)"/)?.[1]));
  const imported = new Set(first.filter(isImport).map(nameIn));
  const calls = whole.filter((form) => isImport(form) && !imported.has(nameIn(form)));
  const given = things.filter(({ name }) => needed.has(name));
  await assemble([
    ...calls.filter((form) => given.some(({ what }) => what === `func ${nameIn(form)}`)),
    ...first.filter((form) => !/^ \(export "x\d+"/.test(form)),
    ...given.map(exported),
  ], file, features);
  const printed = output('wasm-opt', ['-Oz', '--minify-imports-and-exports-and-modules', ...features, ...STRIPPED, file, '-o', file]);
  if (!printed) throw new Failure(`wasm-opt failed on ${file}: run it by hand to see why.`);
  /** @type {Names} */
  const names = JSON.parse(printed);
  const short = new Map([...names.exports, ...names.imports.map(([, long, name]) => /** @type {const} */ ([long, name]))]);
  const renamed = restForms.map((form) => form.replace(/^( \((?:import "a"|export) )"([xe]\d+)"/, (_, before, long) => `${before}"${short.get(long)}"`));
  await assemble(renamed, rest, features);
  await run('wasm-opt', [...features, ...STRIPPED, rest, '-o', rest]);
  return { names, rest };
}

/**
 * The forms of a module with the late texts taken out of its data, and the data that puts them where they were.
 *
 * @param {string[]} forms
 */
function parted(forms) {
  /** @type {string[]} */
  const late = [];
  const whole = forms.flatMap((form) => {
    const [, offset, text] = form.match(DATA) ?? [];
    if (text === undefined) return [form];
    const bytes = unescaped(text);
    const data = (/** @type {number} */ from, /** @type {number} */ to) => ` (data (i32.const ${Number(offset) + from}) "${escaped(bytes.slice(from, to))}")\n`;
    /** @type {string[]} */
    const left = [];
    let from = 0;
    for (const { index, 0: { length } } of bytes.matchAll(LATE)) {
      left.push(data(from, index));
      late.push(data(index, index + length));
      from = index + length;
    }
    return from ? [...left, data(from, bytes.length)] : [form];
  });
  return { whole, late };
}

/** Data at a place in memory. */
const DATA = new RegExp(`^ \\(data (?:${NAME} )?\\(i32\\.const (\\d+)\\) "([^]*)"\\)\\s*$`);
/** One character a byte. @param {string} text in the text format */
const unescaped = (text) => text.replace(/\\(?:([tnr"'\\])|([0-9a-f]{2}))/gi, (_, letter, hex) => (hex ? String.fromCharCode(parseInt(hex, 16)) : { t: '\t', n: '\n', r: '\r' }[/** @type {'t'} */ (letter)] ?? letter));
/** In the text format. @param {string} bytes one character a byte */
const escaped = (bytes) => bytes.replace(/[^ !#-[\]-~]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** @param {string} form */
const isImport = (form) => form.startsWith(' (import');
/** The first name in a form. @param {string} form */
const nameIn = (form) => form.match(new RegExp(NAME))?.[0];
/** The function that a form defines. @param {string} form */
const definedIn = (form) => (form.startsWith(' (func') ? nameIn(form) : undefined);
/** Parameters and results of a function that a form defines or imports. @param {string} form */
const signatureIn = (form) => (form.split('\n')[0].match(/\((?:param|result) [^()]*\)/g) ?? []).map((part) => part.replace(NAMES, '')).join(' ');
/** @param {string[]} forms @param {string} name */
const typeOf = (forms, name) => signatureIn(forms.find((form) => definedIn(form) === name) ?? '');
/** @param {Thing} thing */
const exported = ({ what, name }) => ` (export "${name}" (${what}))\n`;

/** What a form defines or imports. @param {string} form @returns {Omit<Thing, 'name'>[]} */
function thingOf(form) {
  const [, state, type] = form.match(new RegExp(`^ \\(((?:memory|table|global) ${NAME}) (\\d[^()]*|\\(mut \\w+\\)|\\w+)`)) ?? [];
  if (state) return [{ what: state, type }];
  return definedIn(form) || isImport(form) ? [{ what: `func ${nameIn(form)}`, type: signatureIn(form) }] : [];
}

/**
 * The top-level forms of a module, in the text format.
 *
 * @param {string} file
 * @param {string[]} features
 */
async function formsOf(file, features) {
  await run('wasm-dis', [...features, file, '-o', `${file}.wat`]);
  const [, ...forms] = readFileSync(`${file}.wat`, 'utf8').trimEnd().replace(/\)$/, '').split(/^(?= \()/m);
  return forms.map((form) => `${form.trimEnd()}\n`);
}

/**
 * The module of these forms; imports have to come before all that is not a type.
 *
 * @param {string[]} forms
 * @param {string} file
 * @param {string[]} features
 */
async function assemble(forms, file, features) {
  const rank = (/** @type {string} */ form) => (form.startsWith(' (type') ? 0 : isImport(form) ? 1 : 2);
  const sorted = [0, 1, 2].flatMap((wanted) => forms.filter((form) => rank(form) === wanted));
  writeFileSync(`${file}.wat`, `(module\n${sorted.join('')})\n`);
  await run('wasm-as', [...features, '-g', `${file}.wat`, '-o', file]);
}
