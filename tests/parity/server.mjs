// @ts-check
/**
 * An HTTPS server on loopback for all hosts, of the page and of the tenant. It sends scripted responses and records the requests.
 */

import { createServer } from 'node:https';
import { generate } from 'selfsigned';

/**
 * The response to one method and path. `json` or `text` is the body. With `hang` no response is sent. With `drop` the connection
 * is closed, after half of the body if there is one. `cors: false` leaves out the CORS headers.
 *
 * @typedef {{ status?: number, json?: unknown, text?: string, type?: string, headers?: Record<string, string>,
 *   hang?: boolean, drop?: boolean, cors?: boolean }} ScriptedResponse
 */
/** A response, or a function that creates it from the request's URL. @typedef {ScriptedResponse | ((url: URL) => ScriptedResponse)} Scripted */
/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {{ method: string, url: string, headers: Record<string, string>, body: unknown }} Recorded */

/** Request headers that a library sets. The browser sets all others. */
const OWN_HEADERS = ['authorization', 'auth0-client', 'content-type', 'x-request-language', 'x-custom'];

/** Starts the server. Its method `script` sets the responses and deletes the recorded requests. */
export async function startServer() {
  const days = 24 * 60 * 60 * 1000;
  const certificate = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048, notAfterDate: new Date(Date.now() + 2 * days) });
  /** @type {Record<string, Scripted>} */
  let responses = {};
  /** @type {Recorded[]} */
  let requests = [];
  /** @type {string[]} */
  let navigations = [];
  /** @type {Map<string, { body: string | Buffer, type: string }>} */
  const files = new Map();

  const server = createServer({ key: certificate.private, cert: certificate.cert }, async (request, response) => {
    // A browser may repeat a request if a kept-alive connection is dropped.
    response.shouldKeepAlive = false;
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const scripted = () => {
      const found = responses[`${request.method} ${url.pathname}`];
      return typeof found === 'function' ? found(url) : found;
    };
    const file = files.get(`${url.host}${url.pathname}`);
    if (file) {
      response.writeHead(200, { 'content-type': file.type }).end(file.body);
      return;
    }
    if (url.pathname === '/favicon.ico') {
      response.writeHead(404).end();
      return;
    }
    if (request.method === 'OPTIONS') {
      const asked = responses[`${request.headers['access-control-request-method']} ${url.pathname}`];
      const blocked = typeof asked === 'object' && asked.cors === false;
      response.writeHead(204, blocked ? {} : cors(request.headers)).end();
      return;
    }
    if (request.headers['sec-fetch-dest'] === 'document') {
      navigations.push(url.href);
      navigate(scripted(), response);
      return;
    }
    let text = '';
    for await (const chunk of request) text += chunk;
    requests.push({ method: request.method ?? '', url: url.href, headers: ownHeaders(request), body: parsed(text) });
    send(scripted() ?? { status: 404, json: { error: 'unscripted' } }, request, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    port,
    /** @param {string} place host and path @param {string | Buffer} body @param {string} type */
    serve: (place, body, type) => void files.set(place, { body, type }),
    /** @param {string} place */
    withdraw: (place) => void files.delete(place),
    /** @param {Record<string, Scripted>} script */
    script(script) {
      responses = script;
      requests = [];
      navigations = [];
    },
    recorded: () => ({ requests, navigations }),
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}

/** The headers of a request that a library has set. @param {Request} request */
const ownHeaders = ({ headers }) => Object.fromEntries(OWN_HEADERS.flatMap((name) => {
  const value = headers[name];
  return typeof value === 'string' ? [[name, value]] : [];
}));

/**
 * Responds to a navigation. With status 204 the browser stays at the page, which can then be observed further.
 *
 * @param {ScriptedResponse | undefined} page
 * @param {Response} response
 */
function navigate(page, response) {
  if (page?.headers?.location) response.writeHead(302, page.headers).end();
  else if (page?.type === 'text/html') response.writeHead(200, { 'content-type': 'text/html' }).end(page.text);
  else response.writeHead(204).end();
}

/** Sends the scripted response to a request. @param {ScriptedResponse} reply @param {Request} request @param {Response} response */
function send(reply, request, response) {
  if (reply.hang) return;
  const body = reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json));
  const type = reply.type ?? (reply.json === undefined ? 'text/plain' : 'application/json; charset=utf-8');
  if (reply.drop) {
    if (body) {
      response.writeHead(200, { ...cors(request.headers), 'content-type': type, 'content-length': Buffer.byteLength(body) });
      response.write(body.slice(0, body.length / 2), () => setTimeout(() => request.socket.destroy(), 20));
    } else request.socket.destroy();
    return;
  }
  const headers = { ...(reply.cors === false ? {} : cors(request.headers)), ...(body ? { 'content-type': type } : {}), ...reply.headers };
  response.writeHead(reply.status ?? 200, headers).end(body);
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
const cors = (headers) => ({
  'access-control-allow-origin': headers.origin ?? '*',
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
  'access-control-allow-methods': 'GET, POST, PATCH',
  'access-control-expose-headers': 'retry-after',
});

/** @param {string} text */
function parsed(text) {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
