// @ts-check
/** The reference is complete: every option, method, event and kind of error has its entry, with a text. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { anchor, members, types } from '../../scripts/docs/declarations.mjs';
import { kinds } from '../../scripts/docs/errors.mjs';
import { fill } from '../../scripts/docs/fill.mjs';
import { slug } from '../../scripts/docs/markdown.mjs';
import { DESCRIPTIONS } from '../../scripts/docs/texts.mjs';
import { languages } from '../../scripts/docs/languages.mjs';
import { root } from '../../scripts/lib/paths.mjs';

/** Types that no page lists, each with the reason. @type {Record<string, string[]>} */
const UNLISTED = {
  webauth: ['Management', 'UnsupportedError'], // nothing can be asked of them
  lock: [],
  'mock-tenant': ['Clock', 'Snapshot', 'Key', 'UserChange', 'PreviewRequest', 'Preview', 'User', 'MockTenantError'], // what editors show
};

const PAGES = /** @type {Record<string, string>} */ ({ webauth: 'reference-sdk', lock: 'reference-dialog', 'mock-tenant': 'reference-mock' });
const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8');

for (const [crate, page] of Object.entries(PAGES)) {
  test(`${page} has every member of every type of ${crate}, each with a text`, () => {
    const html = fill(read(`docs/site/${page}.md`));
    const missing = [];
    for (const [type, node] of types(crate)) {
      if (UNLISTED[crate].includes(type)) continue;
      for (const member of members(node)) {
        const [, text] = html.match(new RegExp(`<dt id="${anchor(type, member)}">.*?</dt>\\n<dd><p>(.*?)</p></dd>`, 's')) ?? [];
        if (!text) missing.push(`${type}.${member.name}`);
      }
    }
    assert.deepEqual(missing, []);
  });
}

test('the members that TypeScript finds are those that the code knows', () => {
  const found = members(/** @type {import('typescript').InterfaceDeclaration} */ (types('lock').get('Auth0LockPasswordlessOptions'))).map(({ name }) => name);
  for (const name of ['allowedConnections', 'codeLength', 'theme', 'languages']) assert.ok(found.includes(name), name);
  const methods = members(/** @type {import('typescript').ClassDeclaration} */ (types('webauth').get('WebAuth'))).map(({ name }) => name);
  for (const name of ['passwordlessStart', 'popup.authorize', 'handleRedirectCallback']) assert.ok(methods.includes(name), name);
  const events = members(/** @type {import('typescript').InterfaceDeclaration} */ (types('lock').get('Auth0LockPasswordlessEvents'))).map(({ name }) => name);
  assert.ok(events.includes('step changed'));
});

test('every kind of error is there once, with cause and remedy: those of the types, of the Rust code and of the JavaScript', () => {
  const listed = kinds();
  const names = listed.map(({ kind }) => kind);
  assert.equal(new Set(names).size, names.length);
  for (const { kind, cause, remedy } of listed) assert.ok(cause.length > 5 && remedy.length > 10, kind);
  const declared = [...read('crates/webauth/js/index.d.ts').split('export type AuthErrorKind')[1].split(';')[0].matchAll(/'(\w+)'/g)].map(([, kind]) => kind);
  const rust = [...read('crates/webauth/src/error/kind.rs').matchAll(/=> "(\w+)"/g)].map(([, kind]) => kind);
  const folders = ['crates/webauth/js', 'crates/lock/js'];
  const scripts = folders.flatMap((folder) => readdirSync(join(root, folder)).filter((file) => file.endsWith('.mjs')).map((file) => read(`${folder}/${file}`))).join('\n');
  const js = [...scripts.matchAll(/kind: '(\w+)'|'lock\.(popup_\w+)'/g)].map(([, kind, window]) => kind ?? window);
  assert.ok(declared.length > 25 && rust.length > 25 && js.length > 5);
  assert.deepEqual([...declared, ...rust, ...js].filter((kind) => !names.includes(kind)), []);
  // The dialog alone rejects `login()` with this kind.
  assert.deepEqual(names.filter((kind) => kind !== 'cancelled' && !declared.includes(kind)), []);
  const html = fill(read('docs/site/reference-errors.md'));
  for (const kind of names) assert.match(html, new RegExp(`<dt id="${kind}">`));
});

test('no text is kept for a member that is gone', () => {
  const known = new Set(Object.keys(PAGES).flatMap((crate) => [...types(crate)].flatMap(([type, node]) => members(node).flatMap(({ name }) => [name, `${type}.${name}`]))));
  assert.deepEqual(Object.keys(DESCRIPTIONS).filter((name) => !known.has(name)), []);
});

test('the page about languages has all of them', () => {
  const files = readdirSync(join(root, 'crates', 'lock', 'i18n')).filter((file) => file.endsWith('.json'));
  assert.deepEqual(languages().map(([tag]) => `${tag}.json`).sort(), files.sort());
  const page = fill(read('docs/site/languages.md'));
  for (const [tag] of languages()) assert.ok(page.includes(`| \`${tag}\` |`), tag);
  assert.match(read('docs/site/index.md'), new RegExp(`\\b${files.length} languages`));
});

test('a placeholder that means nothing is refused', () => {
  assert.throws(() => fill('<!-- nothing: of the kind -->'), /no part of a page/);
  assert.equal(slug('What the `page` does'), 'what-the-page-does');
});
