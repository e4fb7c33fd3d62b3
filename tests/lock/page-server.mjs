// @ts-check
/** The server of the page for dialogs: a page with the script tag or with a module, and the files of `dist/`. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { dist, root } from '../../scripts/lib/paths.mjs';

const TYPES = /** @type {Record<string, string>} */ ({ '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' });

/** A minimal page with a button and a container. */
export const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>A page</title><link rel="icon" href="data:,"></head>
<body><main><h1>A page</h1><p>Some text of the page.</p><button id="opener">Log in</button><div id="here"></div></main>
<script src="/dist/lock.min.js"></script></body></html>`;

/** The same page with the module, which includes everything. */
const MODULE_PAGE = PAGE.replace('<script src="/dist/lock.min.js"></script>', `<script type="module">
import { Auth0LockPasswordless } from '/dist/lock.js';
Object.assign(window, { Auth0LockPasswordless });</script>`);

/** The same page with the module that loads its wasm as a file. */
const SLIM_PAGE = MODULE_PAGE.replace("import { Auth0LockPasswordless } from '/dist/lock.js';", "import init, { Auth0LockPasswordless } from '/dist/lock.slim.js';\nawait init();");

/** A policy that allows only what the dialog needs. @param {string} tenant */
export const strictPolicy = (tenant) => [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data:", `connect-src 'self' ${tenant}`,
  "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ');

/**
 * Starts the server.
 *
 * @param {number} port
 * @param {{ tenant: string, files: Record<string, { type: string, body: string }> }} options `tenant` is the tenant's address, and
 *   `files` are further files
 * @returns {Promise<() => Promise<void>>} the function that stops the server
 */
export async function startPageServer(port, { tenant, files }) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/dist/') || pathname.startsWith('/node_modules/axe-core/')) {
      sendFile(response, normalize(join(pathname.startsWith('/dist/') ? join(dist, '..') : root, pathname)));
      return;
    }
    const own = files[pathname];
    if (own) {
      response.writeHead(200, { 'content-type': own.type }).end(own.body);
      return;
    }
    // A login in place gets its response in a frame of the tenant, so `?framed` allows that frame.
    const policy = [strictPolicy(tenant), ...searchParams.has('framed') ? [`frame-src ${tenant}`] : []].join('; ');
    const headers = searchParams.has('strict') ? { 'content-security-policy': policy } : {};
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(searchParams.has('module') ? MODULE_PAGE : searchParams.has('slim') ? SLIM_PAGE : PAGE);
  });
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', () => resolve(undefined)); });
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(() => resolve(undefined)); });
  };
}

/** Sends a file. Every origin may read it, as on a CDN. @param {import('node:http').ServerResponse} response @param {string} file */
function sendFile(response, file) {
  readFile(file).then(
    (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'access-control-allow-origin': '*' }).end(bytes),
    () => response.writeHead(404).end(),
  );
}
