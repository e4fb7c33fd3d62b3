// @ts-check
/** A small OpenID provider on loopback whose responses a test chooses. It uses none of our code. */

import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';

const KID = 'key-1';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** @typedef {{ status: number, body: string } | 'redirect' | 'silence'} TokenResponse */

/** Starts a tenant; `discovery` is laid over what its discovery document says. @param {Record<string, unknown>} [discovery] */
export async function startScriptedTenant(discovery = {}) {
  const tenant = {
    url: '',
    /** The token endpoint's response. @type {TokenResponse} */
    token: { status: 500, body: '' },
    /** The forms that the token endpoint got. @type {URLSearchParams[]} */
    exchanges: [],
    /** Lets the next exchange give an ID token with these claims. @param {object} claims @param {{ forged?: boolean }} [options] */
    answerWith(claims, { forged = false } = {}) {
      const token = { access_token: 'an-access-token', id_token: signed(claims, forged), token_type: 'Bearer', expires_in: 86_400, scope: 'openid profile email' };
      tenant.token = { status: 200, body: JSON.stringify(token) };
    },
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url === '/.well-known/openid-configuration') return json(response, 200, JSON.stringify({ ...document(tenant.url), ...discovery }));
    if (request.url === '/.well-known/jwks.json') return json(response, 200, JSON.stringify({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: KID, alg: 'RS256', use: 'sig' }] }));
    if (request.url !== '/oauth/token') return json(response, 404, '{}');
    tenant.exchanges.push(new URLSearchParams(body));
    if (tenant.token === 'silence') return;
    if (tenant.token === 'redirect') return response.writeHead(307, { location: 'http://127.0.0.1:9/steal' }).end();
    json(response, tenant.token.status, tenant.token.body);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  tenant.url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  return tenant;
}

/** @param {string} url */
const document = (url) => ({
  issuer: `${url}/`,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/oauth/token`,
  jwks_uri: `${url}/.well-known/jwks.json`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
});

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} body */
const json = (response, status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body);

/** @param {object} claims @param {boolean} forged */
function signed(claims, forged) {
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: KID })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(text), keys.privateKey);
  if (forged) signature[0] = (signature[0] ?? 0) ^ 1;
  return `${text}.${signature.toString('base64url')}`;
}
