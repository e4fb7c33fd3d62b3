// @ts-check
/**
 * Logins in progress. Each has an encrypted cookie of its own with the values that the callback has to match, so that several tabs do
 * not disturb each other. The server makes the state and binds it to the browser. If the page's script made the state, the server could
 * not check it, and would accept the code of somebody else's login (login CSRF).
 */

import { createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { LRUCache } from 'lru-cache';
import { cookieOptions, nameOf } from './cookies.mjs';
import { stateMismatch, transactionExpired, transactionMissing, transactionSpent } from './problems.mjs';
import { token } from './sessions.mjs';

/** @typedef {import('express').Request} Request */
/** @typedef {import('express').Response} Response */
/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{ state: string, nonce: string, codeVerifier: string, returnTo: string, exp: number }} Transaction */

/** How many logins one browser may have in progress. Above it, the oldest is dropped. */
const MAX_IN_PROGRESS = 8;

/** How many states are remembered as redeemed. */
const ROOM = 10_000;

const ENCRYPTION = { alg: 'dir', enc: 'A256GCM' };

export class Transactions {
  #prefix;
  #options;
  #life;
  #key;
  /** The states already redeemed, so that a copied cookie cannot redeem one twice. @type {LRUCache<string, true>} */
  #spent;

  /** @param {Settings} settings */
  constructor(settings) {
    this.#prefix = nameOf(settings, 'latchkey-transaction-');
    this.#options = cookieOptions(settings);
    this.#life = settings.loginSeconds;
    this.#spent = new LRUCache({ max: ROOM, ttl: settings.loginSeconds * 1000 });
    // Without a secret in the settings, logins that began before a restart have to begin again.
    this.#key = settings.sessionSecret ? new Uint8Array(hkdfSync('sha256', settings.sessionSecret, '', 'transaction cookies', 32)) : randomBytes(32);
  }

  /** Begins a login, and sets its cookie. @param {Request} request @param {Response} response @param {string} returnTo */
  async begin(request, response, returnTo) {
    const { alive, useless } = await this.#inProgress(request);
    alive.sort((one, other) => one.transaction.exp - other.transaction.exp);
    const surplus = alive.slice(0, Math.max(0, alive.length + 1 - MAX_IN_PROGRESS)).map(({ name }) => name);
    for (const name of [...useless, ...surplus]) response.clearCookie(name, this.#options);

    const exp = Math.floor(Date.now() / 1000) + this.#life;
    const transaction = { state: token(), nonce: token(), codeVerifier: token(), returnTo, exp };
    const value = await new EncryptJWT(transaction).setProtectedHeader(ENCRYPTION).encrypt(this.#key);
    response.cookie(this.#prefix + transaction.state.slice(0, 12), value, { ...this.#options, maxAge: this.#life * 1000 });
    return transaction;
  }

  /** The login that `state` belongs to. It can be taken once, also if it fails afterwards. @param {Request} request @param {Response} response @param {string} state */
  async take(request, response, state) {
    const { alive, expired } = await this.#inProgress(request);
    const all = [...alive, ...expired];
    if (all.length === 0) throw transactionMissing();
    const found = all.find(({ transaction }) => equal(transaction.state, state));
    if (!found) throw stateMismatch();
    response.clearCookie(found.name, this.#options);
    if (expired.includes(found)) throw transactionExpired();
    if (this.#spent.has(state)) throw transactionSpent();
    this.#spent.set(state, true);
    return found.transaction;
  }

  /** The logins of this browser, and the names of cookies that cannot be read or have expired. @param {Request} request */
  async #inProgress(request) {
    /** @typedef {{ name: string, transaction: Transaction }} Found */
    const alive = /** @type {Found[]} */ ([]);
    const expired = /** @type {Found[]} */ ([]);
    const useless = /** @type {string[]} */ ([]);
    for (const [name, value] of Object.entries(request.cookies)) {
      if (!name.startsWith(this.#prefix)) continue;
      try {
        const { payload } = await jwtDecrypt(value, this.#key, { requiredClaims: ['state', 'exp'], contentEncryptionAlgorithms: [ENCRYPTION.enc] });
        alive.push({ name, transaction: /** @type {Transaction} */ (/** @type {unknown} */ (payload)) });
      } catch (error) {
        useless.push(name);
        if (error instanceof errors.JWTExpired) expired.push({ name, transaction: /** @type {Transaction} */ (/** @type {unknown} */ (error.payload)) });
      }
    }
    return { alive, expired, useless };
  }
}

/** The S256 code challenge that goes into the authorization request (RFC 7636). @param {Transaction} transaction */
export const codeChallenge = ({ codeVerifier }) => createHash('sha256').update(codeVerifier).digest('base64url');

/** Compares two texts in a time that does not depend on where they differ. @param {string} one @param {string} other */
export function equal(one, other) {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(/** @type {Buffer} */ (a), /** @type {Buffer} */ (b));
}
