// @ts-check
/** The app's settings: from the environment, and from the file `.env` for variables that the environment does not have. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadEnvFile } from 'node:process';
import { fileURLToPath } from 'node:url';

/** The mock tenant's built-in client. Its secret is public. */
const MOCK = { id: 'latchkey-web', secret: 'latchkey-web-secret' };

/** The shortest session secret that is accepted, in characters. */
const MIN_SESSION_SECRET = 32;

const here = dirname(fileURLToPath(import.meta.url));

/**
 * @typedef {object} Settings
 * @property {string} baseUrl the address people open this app at, without a slash at the end
 * @property {string} clientID
 * @property {string} clientSecret
 * @property {string} dist the folder with the built package
 * @property {string} domain the tenant's origin, without a slash at the end
 * @property {boolean} isLocal whether the tenant is on this machine
 * @property {number} loginSeconds how long a person may take from opening the page to the end of the login
 * @property {number} port
 * @property {string | undefined} sessionSecret
 * @property {string} templates
 * @property {string} www the folder with the pages
 */

/** Sets the variables of `.env` in the current folder that the environment does not have. */
export function readEnvFile() {
  if (existsSync('.env')) loadEnvFile('.env');
}

/**
 * Reads and checks the settings. `errors` has a sentence for each setting that is missing or malformed.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ settings: Settings, errors: string[] }}
 */
export function readSettings(environment) {
  /** @type {string[]} */
  const errors = [];
  const number = (/** @type {string} */ name, /** @type {number} */ standard, /** @type {number} */ least, /** @type {number} */ most) => {
    const text = environment[name] || `${standard}`;
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most) errors.push(`${name} is ${JSON.stringify(text)}: set it to a number from ${least} to ${most}`);
    return Number(text);
  };
  const port = number('PORT', 3000, 1, 65_535);
  const loginSeconds = number('LOGIN_SECONDS', 1800, 1, 86_400);

  const given = environment.AUTH0_DOMAIN ?? 'http://localhost:4000';
  const domain = originOf(given.includes('://') ? given : `https://${given}`, 'me.auth0.com or http://localhost:4000');
  if ('problem' in domain) errors.push(`the domain ${JSON.stringify(given)} ${domain.problem} (set AUTH0_DOMAIN)`);
  const address = environment.BASE_URL || `http://localhost:${port}`;
  const base = originOf(address, 'https://app.example.com or http://localhost:3000');
  if ('problem' in base) errors.push(`the base URL ${JSON.stringify(address)} ${base.problem} (set BASE_URL)`);

  const isLocal = 'problem' in domain || domain.isLocal;
  const own = (/** @type {string} */ name, /** @type {string} */ mocks, /** @type {string} */ what) => {
    const text = environment[name] ?? (isLocal ? mocks : '');
    if (text === '' || (text === mocks && !isLocal)) {
      errors.push(`the ${what.toLowerCase()} is missing: set ${name} to the ${what} in the application's settings at the tenant`);
    }
    return text;
  };
  const clientID = own('AUTH0_CLIENT_ID', MOCK.id, 'Client ID');
  const clientSecret = own('AUTH0_CLIENT_SECRET', MOCK.secret, 'Client Secret');
  const sessionSecret = environment.SESSION_SECRET || undefined;
  if (sessionSecret && sessionSecret.length < MIN_SESSION_SECRET) {
    errors.push(`the session secret is shorter than ${MIN_SESSION_SECRET} characters: set SESSION_SECRET to what \`openssl rand -hex 32\` prints, or leave it out`);
  }
  const www = environment.WWW_FOLDER ?? 'www';
  if (!existsSync(www)) errors.push(`there is no folder ${JSON.stringify(www)} with the pages; start from the folder that has it, or set WWW_FOLDER`);

  const settings = {
    baseUrl: 'problem' in base ? '' : base.origin,
    clientID,
    clientSecret,
    dist: environment.DIST_FOLDER ?? firstThatExists('dist', 'node_modules/latchkey/dist'),
    domain: 'problem' in domain ? '' : domain.origin,
    isLocal,
    loginSeconds,
    port,
    sessionSecret,
    templates: firstThatExists(join(here, 'templates'), join(here, '..', 'templates')),
    www,
  };
  return { settings, errors };
}

/** @param {...string} folders */
const firstThatExists = (...folders) => folders.find((folder) => existsSync(folder)) ?? /** @type {string} */ (folders[0]);

/**
 * The origin of an address. Only addresses of this machine may be plain http.
 *
 * @param {string} text
 * @param {string} example
 * @returns {{ origin: string, isLocal: boolean } | { problem: string }}
 */
function originOf(text, example) {
  if (!URL.canParse(text)) return { problem: `is not a web address such as ${example}` };
  const url = new URL(text);
  const isLocal = /^((.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (!['http:', 'https:'].includes(url.protocol)) return { problem: `is not a web address such as ${example}` };
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) return { problem: 'must be scheme, host and port alone' };
  if (url.protocol === 'http:' && !isLocal) return { problem: 'is plain http, which is allowed for localhost alone; use https' };
  return { origin: url.origin, isLocal };
}
