// @ts-check
/** The measured pages: Latchkey's and those of its peers, bundled from npm as a site would do it. Each page opens its login at once. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { dist, root } from '../lib/paths.mjs';

const require = createRequire(import.meta.url);
const origin = 'location.origin';

/**
 * A page to measure: its scripts by path, and the server's other responses by path. `ids` is a pattern for the ids of the whole
 * dialog's elements, if a painted screen comes first. `submits` says that the form asks `/passwordless/start` for a code.
 *
 * @typedef {{
 *   name: string,
 *   scripts: Record<string, string | Buffer>,
 *   body: string,
 *   answers: Record<string, { type: string, body: string }>,
 *   ids?: string,
 *   submits?: boolean,
 * }} Peer
 */

/** The version of an installed package. @param {string} name */
export const version = (name) => JSON.parse(readFileSync(packageFile(name), 'utf8')).version;
/** @param {string} name */
const packageFile = (name) => join(root, 'node_modules', name, 'package.json');

/** @param {string} contents */
async function bundled(contents) {
  const result = await build({
    stdin: { contents, resolveDir: root, sourcefile: 'peer.js' },
    bundle: true, minify: true, write: false, format: 'iife', target: 'es2020', logLevel: 'error', legalComments: 'none',
    mainFields: ['browser', 'module', 'main'], define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  return result.outputFiles[0].text;
}

/** Latchkey's dialog. The ids of the painted screen begin with `lk-p`, those of the dialog with `lk-` and a number. @returns {Peer} */
export function latchkey() {
  return {
    name: `latchkey ${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}`,
    scripts: Object.fromEntries(['lock.min.js', 'lock.more.js'].map((file) => [`/${file}`, readFileSync(join(dist, file))])),
    body: `<script src="/lock.min.js"></script><script>new Auth0LockPasswordless('CID', ${origin}, { allowedConnections: ['email'], passwordlessMethod: 'code', auth: { redirectUrl: ${origin} + '/callback', responseType: 'code' } }).show();</script>`,
    answers: {},
    ids: '^lk-\\d+-',
    submits: true,
  };
}

/** Lock. The same server responds to its start-up calls, without delay. @returns {Promise<Peer>} */
export async function lock() {
  const release = version('auth0-lock');
  const english = require(join(dirname(packageFile('auth0-lock')), 'lib', 'i18n', 'en.js')).default;
  const settings = {
    id: 'CID', tenant: 'localhost', subscription: 'enterprise', authorize: '/authorize', callback: '/callback', hasAllowedOrigins: true,
    strategies: [{ name: 'email', connections: [{ name: 'email' }] }],
  };
  const silent = '<script>const q=new URLSearchParams(location.search);parent.postMessage({type:"authorization_response",response:{error:"login_required",error_description:"Login required",state:q.get("state")}},"*")</script>';
  return {
    name: `auth0-lock ${release}`,
    scripts: { '/peer.js': await bundled('import { Auth0LockPasswordless } from "auth0-lock"; globalThis.Auth0LockPasswordless = Auth0LockPasswordless;') },
    body: `<script src="/peer.js"></script><script>new Auth0LockPasswordless('CID', location.host, { clientBaseUrl: ${origin}, languageBaseUrl: ${origin}, overrides: { __tenant: 'localhost', __token_issuer: ${origin} + '/' }, theme: { logo: '/logo.svg' }, allowedConnections: ['email'], passwordlessMethod: 'code', auth: { redirectUrl: ${origin} + '/callback', responseType: 'code' } }).show();</script>`,
    answers: {
      '/client/CID.js': { type: 'application/javascript', body: `Auth0.setClient(${JSON.stringify(settings)});` },
      [`/js/lock/${release}/en.js`]: { type: 'application/javascript', body: `Auth0.registerLanguageDictionary("en", ${JSON.stringify(english)});` },
      '/user/geoloc/country': { type: 'application/json', body: '{"country_code":"DE","country_name":"Germany"}' },
      '/user/ssodata': { type: 'application/json', body: '{"sso":false}' },
      '/authorize': { type: 'text/html', body: silent },
      '/logo.svg': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>' },
    },
    submits: true,
  };
}

/** A page with only a field, which is the lower limit for every login page. @returns {Peer} */
export const bare = () => ({ name: 'a bare field', scripts: {}, body: '<form><input type="email" autocomplete="email"></form>', answers: {} });

/** Hanko's element. The same server responds to its start-up call, without delay. @returns {Promise<Peer>} */
export async function hanko() {
  const input = { email: { name: 'email', type: 'email', required: true, min_length: 3, max_length: 255 } };
  const state = {
    name: 'login_init', status: 200, csrf_token: 'x', payload: {}, links: [],
    actions: { continue_with_login_identifier: { action: 'continue_with_login_identifier', href: '/login?action=continue_with_login_identifier', description: '', inputs: input } },
  };
  const json = { type: 'application/json', body: JSON.stringify(state) };
  return {
    name: `hanko-elements ${version('@teamhanko/hanko-elements')}`,
    scripts: { '/peer.js': await bundled('import { register } from "@teamhanko/hanko-elements"; globalThis.register = register;') },
    body: `<script src="/peer.js"></script><hanko-login></hanko-login><script>register(${origin});</script>`,
    answers: { '/login': json, '/flow/login': json, '/.well-known/config': { type: 'application/json', body: '{}' } },
  };
}
