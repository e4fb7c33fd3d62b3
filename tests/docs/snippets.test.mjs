// @ts-check
/** Every snippet of the README and of the documentation holds: types are checked, files are parsed, commands are known. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { transform } from 'esbuild';
import { Liquid } from 'liquidjs';
import { parse, parseFragment } from 'parse5';
import { dist, environment, root } from '../../scripts/lib/paths.mjs';
import { freePort, startTenant } from '../../scripts/lib/servers.mjs';
import { WASM_RUSTFLAGS } from '../../scripts/lib/wasm.mjs';
import { SNIPPETS, codeOf } from './snippets.mjs';

const of = (/** @type {string[]} */ ...languages) => SNIPPETS.filter(({ language }) => languages.includes(language));

/** Names that snippets use without saying where they come from. */
const GIVEN = `
declare const domain: string, clientID: string, redirectUri: string, email: string, verificationCode: string;
declare const webAuth: import('latchkey').WebAuth;
declare module '*?url' { const address: string; export default address; }
declare module '@playwright/test' {
  export function test(name: string, body: (given: { page: import('playwright-core').Page }) => Promise<void>): void;
  export function expect(what: import('playwright-core').Locator): { toBeVisible(): Promise<void> };
}
declare module 'cypress' {
  export function defineConfig(config: { e2e: { baseUrl: string; setupNodeEvents(on: (name: 'task', tasks: Record<string, (argument: string) => Promise<unknown>>) => void): void } }): unknown;
}
interface Chain { click(): Chain; type(text: string): Chain; should(what: string): Chain }
declare const cy: { visit(path: string): void; contains(what: string, text?: string): Chain; get(what: string): Chain; task<T>(name: string, argument: string): { then(body: (result: T) => void): void } };
declare function it(name: string, body: () => void): void;
`;

/** The globals that a page's scripts find. */
const GLOBALS = `
declare const auth0: typeof import('latchkey');
declare const Auth0LockPasswordless: typeof import('latchkey/lock').Auth0LockPasswordless;
`;

/** A project that has the package. */
let project = '';
before(() => {
  project = mkdtempSync(join(tmpdir(), 'latchkey-snippets-'));
  mkdirSync(join(project, 'node_modules', '@types'), { recursive: true });
  symlinkSync(root, join(project, 'node_modules', 'latchkey'));
  for (const name of ['playwright-core', '@types/node']) symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'given.d.ts'), GIVEN);
  writeFileSync(join(project, 'globals.d.ts'), GLOBALS);
});
after(() => rmSync(project, { recursive: true, force: true }));

/** @param {string} name @param {[where: string, code: string][]} files @param {string[]} flags */
function checkTypes(name, files, flags) {
  const where = new Map(files.map(([at, code], index) => {
    const file = `${name}-${index}${code.startsWith('// ts\n') ? '.ts' : '.js'}`;
    writeFileSync(join(project, file), code);
    return [file, at];
  }));
  const always = ['--noEmit', '--allowJs', '--checkJs', '--skipLibCheck', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', '--types', 'node'];
  try {
    execFileSync(join(root, 'node_modules', '.bin', 'tsc'), [...always, ...flags, ...where.keys()], { cwd: project, encoding: 'utf8' });
  } catch (error) {
    const { stdout = '' } = /** @type {{ stdout?: string }} */ (error);
    assert.fail(stdout.replace(new RegExp(`^${name}-\\d+\\.[jt]s`, 'gm'), (file) => `${where.get(file)} (${file})`) || String(error));
  }
}

test('the types of every JavaScript and TypeScript snippet are right', () => {
  const files = of('js', 'ts').map(({ at, code, language }) => /** @type {[string, string]} */ ([at, `${language === 'ts' ? '// ts\n' : ''}${code}export {};\n`]));
  assert.ok(files.length > 25);
  checkTypes('module', files, ['--strict', '--module', 'esnext', '--moduleResolution', 'bundler', 'given.d.ts']);
});

test('the types of every script in an HTML snippet are right', () => {
  const files = of('html').flatMap(({ at, code }) => [...code.matchAll(/<script>\n(.*?)<\/script>/gs)].map(([, script]) => /** @type {[string, string]} */ ([at, `{\n${script}\n}\n`])));
  assert.ok(files.length > 5);
  checkTypes('script', files, ['--strict', 'false', '--moduleDetection', 'legacy', '--module', 'esnext', '--moduleResolution', 'bundler', 'globals.d.ts']);
});

test('the check of types sees a wrong option', () => {
  const wrong = "import { WebAuth } from 'latchkey';\nnew WebAuth({ domain, clientId: clientID });\n";
  assert.throws(() => checkTypes('wrong', [['here', wrong]], ['--strict', '--module', 'esnext', '--moduleResolution', 'bundler', 'given.d.ts']), /here .*clientID/s);
});

test('every HTML snippet is HTML, and loads files that the package has', () => {
  for (const { at, code } of of('html')) {
    /** @type {string[]} */
    const errors = [];
    const onParseError = (/** @type {{ code: string }} */ error) => { errors.push(error.code); };
    if (/^<!doctype/i.test(code)) parse(code, { onParseError });
    else parseFragment(code, { onParseError });
    assert.deepEqual(errors, [], at);
    for (const [, file] of code.matchAll(/src="latchkey\/([^"]+)"/g)) assert.ok(existsSync(join(dist, file)), `${at}: ${file}`);
  }
});

/** Programs of others that snippets call, each with what may stand behind it. @type {Record<string, RegExp>} */
const PROGRAMS = {
  git: /^clone https:\/\/github\.com\/latchkey-login\/latchkey$/,
  cd: /^[\w./-]+$/,
  mkdir: /^[\w./-]+$/,
  cp: /^(-r )?[\w./ -]+$/,
  curl: /^'http:\/\/localhost:4000\/_mock\/outbox\?to=\S+&wait=\d+'$/,
  python3: /^-m http\.server 3000$/,
  rustup: /^target add wasm32-unknown-unknown$/,
  trunk: /^serve --port 3000$/,
  podman: /^compose -f crates\/mock-tenant\/compose\.yaml up$/,
  'latchkey-mock-tenant': /^--/,
};

test('every command of a snippet is one that is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { packages } = JSON.parse(execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { cwd: root, encoding: 'utf8' }));
  const options = readFileSync(join(root, 'crates', 'mock-tenant', 'README.md'), 'utf8');
  const lines = of('sh').flatMap(({ at, code }) => code.split('\n').filter(Boolean).map((line) => ({ at, line: line.replace(/\s+#.*/, '') })));
  assert.ok(lines.length > 30);
  for (const { at, line } of lines) {
    const [program, ...words] = line.split(' ');
    const rest = words.join(' ');
    const where = `${at}: ${line}`;
    const [, mock] = line.match(/(?:-p latchkey-mock-tenant --|^npx latchkey-mock-tenant|^latchkey-mock-tenant)(.*)/) ?? [];
    for (const [option] of (mock ?? '').matchAll(/--[a-z-]+/g)) assert.ok(option === '--help' || options.includes(`\`${option}`), where);
    if (program === 'npm') known(npm(words, scripts), where);
    else if (program === 'npx') known(['latchkey-mock-tenant', 'vite'].includes(words[0]), where);
    else if (program === 'cargo') known(cargo(words, packages), where);
    else known(PROGRAMS[program]?.test(rest) ?? false, where);
  }
});

/** @param {boolean} is @param {string} where */
const known = (is, where) => assert.ok(is, `${where} is no command that this test knows`);

/** @param {string[]} words @param {Record<string, string>} scripts */
function npm([command, name], scripts) {
  if (command === 'run') return name in scripts;
  return command in scripts || ['init', 'install', 'pack'].includes(command);
}

/** @param {string[]} words @param {{ name: string }[]} packages */
function cargo(words, packages) {
  const [command] = words;
  if (command === 'run') return packages.some(({ name }) => name === words[words.indexOf('-p') + 1]);
  return (command === 'install' && /^trunk@[\d.]+$/.test(words[1]) && words[2] === '--locked') || (command === 'new' && words[1] === 'my-app');
}

test('the files of the Rust page are those that Cargo and this repository know', () => {
  const folder = join(project, 'rust');
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'Cargo.toml'), codeOf('docs/site/start-rust.md', 'Cargo.toml'));
  writeFileSync(join(folder, 'src', 'main.rs'), 'fn main() {}\n');
  const { packages } = JSON.parse(execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { cwd: folder, encoding: 'utf8', env: environment }));
  const ours = JSON.parse(execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { cwd: root, encoding: 'utf8' })).packages;
  const repository = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).repository.url.replace(/^git\+|\.git$/g, '');
  const wanted = packages[0].dependencies.filter((/** @type {{ name: string }} */ { name }) => name.startsWith('latchkey-'));
  assert.equal(wanted.length, 2);
  for (const { name, source, features } of wanted) {
    assert.equal(source, `git+${repository}`);
    const crate = ours.find((/** @type {{ name: string }} */ { name: own }) => own === name);
    for (const feature of features) assert.ok(feature in crate.features, `${name} has no feature ${feature}`);
  }
  assert.ok(codeOf('docs/site/start-rust.md', '.cargo/config.toml').includes(`rustflags = ['--cfg', '${WASM_RUSTFLAGS.split(' ')[1]}']`));
});

test('the mock tenant takes the configuration of the page about teams', async () => {
  const file = join(project, 'tenant.toml');
  writeFileSync(file, codeOf('docs/site/team.md', 'tenant.toml'));
  const tenant = await startTenant({ port: await freePort(), appUrl: 'http://localhost:3000', quiet: true, args: ['--config', file] });
  try {
    const users = await (await fetch(`${tenant.url}/_mock/users`)).json();
    const nora = users.find((/** @type {{ email: string }} */ { email }) => email === 'nora@example.com');
    assert.deepEqual([nora?.name, nora?.roles], ['Nora', ['admin']]);
    const answer = await fetch(`${tenant.url}/authorize?client_id=shop&response_type=code&redirect_uri=http://localhost:5173/&state=s`, { redirect: 'manual' });
    assert.equal(answer.status, 302);
  } finally {
    await tenant.stop();
  }
});

test('every other snippet is what its fence says', async () => {
  for (const { code, at } of of('json')) assert.doesNotThrow(() => JSON.parse(code), at);
  for (const { code, at } of of('css')) assert.deepEqual((await transform(code, { loader: 'css' })).warnings, [], at);
  for (const { code, at } of of('http')) {
    const [name, ...value] = code.trim().split(': ');
    assert.doesNotThrow(() => new Headers([[name, value.join(': ')]]), at);
  }
  for (const { code, at } of of('liquid')) {
    const mail = (/** @type {string} */ language) => new Liquid().parseAndRender(code, { code: '421377', request_language: language });
    assert.match(await mail('nl-BE'), /verificatiecode: 421377/, at);
    assert.match(await mail('en'), /your code: 421377/, at);
  }
  const languages = [...new Set(SNIPPETS.map(({ language }) => language))].sort();
  assert.deepEqual(languages, ['css', 'html', 'http', 'js', 'json', 'liquid', 'rust', 'sh', 'toml', 'ts']);
});

test('every page with Rust is compiled as a test of its crate', () => {
  const pages = [...new Set(of('rust').map(({ page }) => page))].sort();
  const compiled = ['lock', 'mock-tenant'].flatMap((crate) => [...readFileSync(join(root, 'crates', crate, 'src', 'lib.rs'), 'utf8').matchAll(/include_str!\("(?:\.\.\/)+([^"]+)"\)/g)]
    .map(([, path]) => (path === 'README.md' && crate !== 'lock' ? `crates/${crate}/README.md` : path)));
  assert.deepEqual(pages, compiled.sort());
});
