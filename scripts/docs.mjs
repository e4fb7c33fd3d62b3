// @ts-check
/** `npm run docs`: builds the documentation into `www/docs`, a folder that any static host can serve. */

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, root } from './lib/paths.mjs';
import { Failure, say, script } from './lib/run.mjs';

/** The folder of the built site. Git ignores it. */
export const site = join(root, 'www', 'docs');

/** The files of the package that the playground loads. */
const PLAYED = ['lock.min.js', 'lock.more.js', 'webauth.js', 'languages'];

/**
 * Builds the site. The playground shows the built dialog, so `dist` has to exist.
 *
 * @param {{ tenant?: string }} [options] `tenant`: the address of a mock tenant that the playground may use. Without it the
 *   playground plays the tenant itself
 */
export async function buildDocs({ tenant } = {}) {
  if (!existsSync(join(dist, 'lock.min.js'))) throw new Failure('The package is not built, and the playground shows it: run `npm run build` first.');
  process.chdir(root); // Eleventy looks for everything from there.
  rmSync(site, { recursive: true, force: true });
  // Imported here, because it is one of npm's packages, which `npm start` installs first.
  // @ts-expect-error It has no types.
  const { Eleventy } = await import('@11ty/eleventy');
  const eleventy = new Eleventy('docs/site', 'www/docs', { configPath: 'docs/site/eleventy.config.mjs', quietMode: true });
  await eleventy.write();
  mkdirSync(join(site, 'latchkey'));
  for (const name of PLAYED) cpSync(join(dist, name), join(site, 'latchkey', name), { recursive: true });
  writeFileSync(join(site, 'tenant.json'), JSON.stringify({ domain: tenant ?? null }));
}

if (import.meta.filename === process.argv[1]) {
  await script(async () => {
    await buildDocs();
    say('www/docs: open www/docs/index.html by any web server');
  });
}
