// @ts-check
/** The server of a measured page. The page, its scripts and the tenant have one origin. */

import { createServer } from 'node:https';
import { constants, brotliCompressSync } from 'node:zlib';
import { generate } from 'selfsigned';

/** @typedef {import('./peers.mjs').Peer} Peer */

/** A request for a code. `at` is the clock's time when the server had read it, and `email` is the address in it. @typedef {{ at: number, email: unknown }} Start */

/** @type {{ private: string, cert: string } | undefined} */
let certificate;
/** The compressed files, which the servers of all visits share. @type {Map<string | Buffer, Buffer>} */
const cache = new Map();

/**
 * Serves a peer's page. The browser caches none of it.
 *
 * @param {Peer} peer
 */
export async function serve(peer) {
  certificate ??= await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  const files = filesOf(peer);
  /** The requested paths that the server does not have. @type {string[]} */
  const missing = [];
  /** @type {(start: Start) => void} */
  let resolveStarted = () => {};
  /** Resolves with the first request for a code. @type {Promise<Start>} */
  const started = new Promise((resolve) => { resolveStarted = resolve; });
  const server = createServer({ key: certificate.private, cert: certificate.cert }, async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'https://localhost');
    if (request.method === 'POST' && pathname === '/passwordless/start') {
      const email = await emailIn(request);
      resolveStarted({ at: Date.now(), email });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ _id: '1', email, email_verified: false }));
      return;
    }
    const file = files.get(pathname);
    if (!file) {
      missing.push(pathname);
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': file.type, 'content-encoding': 'br', 'cache-control': 'no-store' }).end(file.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `https://localhost:${port}/`,
    missing,
    started,
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}

/** @param {Peer} peer @returns {Map<string, { type: string, body: Buffer }>} */
function filesOf(peer) {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>x</title><link rel="icon" href="data:,"><body>${peer.body}`;
  const files = new Map([['/', { type: 'text/html', body: compressed(html) }]]);
  for (const [path, body] of Object.entries(peer.scripts)) files.set(path, { type: 'text/javascript; charset=utf-8', body: compressed(body) });
  for (const [path, { type, body }] of Object.entries(peer.answers)) files.set(path, { type, body: compressed(body) });
  return files;
}

/** `body`, compressed by brotli at level 11. @param {string | Buffer} body */
function compressed(body) {
  const known = cache.get(body);
  if (known) return known;
  const made = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  cache.set(body, made);
  return made;
}

/** The address in a request's JSON. @param {import('node:http').IncomingMessage} request @returns {Promise<unknown>} */
async function emailIn(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()).email;
  } catch {
    return undefined;
  }
}
