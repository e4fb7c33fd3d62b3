// @ts-check
/** Starts a tenant, a browser, and an application with Auth0's original clients. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { generate } from 'selfsigned';
import { root } from '../../scripts/lib/paths.mjs';
import { startWorld } from '../e2e/harness.mjs';

const require = createRequire(import.meta.url);

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof startVendorWorld>>} VendorWorld */

/**
 * Starts the servers of the end-to-end tests, and an application that serves `pages` and whose origin all clients allow.
 *
 * @param {{ module: string, pages: (tenant: string) => Record<string, string>, tenantArgs?: string[], secure?: boolean }} options
 *   `module` is the source of the page's script bundle. `pages` has the HTML by path. With `secure` the application is also
 *   served over TLS
 */
export async function startVendorWorld({ module, pages, tenantArgs, secure = false }) {
  const script = await bundle(module);
  const world = await startWorld({ tenantArgs });
  const respond = listener(script, pages(world.tenant.url));
  const servers = [createServer(respond)];
  if (secure) {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
    servers.unshift(/** @type {any} */ (createSecureServer({ key, cert }, respond)));
  }
  const ports = await Promise.all(servers.map((server) => new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port));
  })));
  const urls = ports.map((port, index) => `http${secure && index === 0 ? 's' : ''}://localhost:${port}`);
  const [url, insecureUrl = url] = urls;
  const allow = async () => {
    for (const client of ['latchkey-web', 'latchkey-spa']) {
      await world.control('PATCH', `clients/${client}`, {
        callbacks: urls.map((origin) => `${origin}/callback`), web_origins: urls, allowed_origins: urls,
        allowed_logout_urls: [`${url}/bye`],
      });
    }
  };
  await allow();
  return {
    ...world,
    /** The application's origin. */
    url,
    /** Its origin without TLS. For browsers it is another site than `url` with TLS. */
    insecureUrl,
    /** Resets the tenant, and allows the application's origin. */
    async reset() {
      await world.control('POST', 'reset');
      await allow();
    },
    /** Returns the newest message to an address. @param {string} address */
    async message(address) {
      const found = await world.control('GET', `outbox?to=${encodeURIComponent(address)}&wait=5`);
      return found.at(-1);
    },
    async stop() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await world.stop();
    },
  };
}

/**
 * Responds with the application's pages and scripts.
 *
 * @param {string} script
 * @param {Record<string, string>} html by path
 * @returns {import('node:http').RequestListener}
 */
const listener = (script, html) => (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const isEnglish = /^\/js\/lock\/[\d.]+\/en\.js$/.test(pathname);
  const page = html[pathname];
  if (pathname === '/bundle.js' || isEnglish) {
    response.setHeader('content-type', 'text/javascript').end(isEnglish ? english() : script);
  } else if (page === undefined) {
    response.writeHead(404).end();
  } else {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body><script src="/bundle.js"></script>${page}`);
  }
};

/** Bundles the module `contents`. @param {string} contents */
async function bundle(contents) {
  const result = await build({
    stdin: { contents, resolveDir: root, sourcefile: 'app.js' },
    bundle: true, minify: true, write: false, format: 'iife', target: 'es2020', logLevel: 'error', legalComments: 'none',
    mainFields: ['browser', 'module', 'main'], define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  return result.outputFiles[0].text;
}

/** Lock's English texts, which it loads from Auth0's CDN by default. */
function english() {
  const dictionary = require(`${root}/node_modules/auth0-lock/lib/i18n/en.js`).default;
  return `Auth0.registerLanguageDictionary("en", ${JSON.stringify(dictionary)});`;
}

/** The version of an installed package. @param {string} name */
export const installed = (name) => /** @type {string} */ (JSON.parse(readFileSync(`${root}/node_modules/${name}/package.json`, 'utf8')).version);
