// @ts-check
/** The server's data about browsers: sessions, and logins that wait for their code. The browser's cookie has only an id. */

import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { cookieOptions, nameOf } from './cookies.mjs';

/** @typedef {import('express').Request} Request */
/** @typedef {import('express').Response} Response */
/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * @typedef {object} Session
 * @property {Record<string, unknown>} claims of the ID token, those that the pages show
 * @property {string} csrfToken is sent with every form, so that another site cannot send one
 * @property {number} loggedInAt in milliseconds since 1970
 */

/** @typedef {{ address: string, sentAgain: boolean }} PendingLogin */

const MINUTE = 60_000;

/** The largest number of values that are kept. Above it, the one that was unused for the longest time is dropped. */
const ROOM = 10_000;

/** A session ends 12 hours after the login, and an hour after its last use. */
const SESSION = { cookie: 'latchkey-session', life: 720 * MINUTE, idle: 60 * MINUTE, maxAge: undefined };

/** A login has to be finished 30 minutes after its code was sent. */
const PENDING = { cookie: 'latchkey-login', life: 30 * MINUTE, idle: undefined, maxAge: 30 * MINUTE };

/** 32 random bytes as text, for a state, a nonce, a code verifier, a session id or a CSRF token. */
export const token = () => randomBytes(32).toString('base64url');

/** The session of a login that has just succeeded. @param {Record<string, unknown>} claims @returns {Session} */
export const newSession = (claims) => ({ claims, csrfToken: token(), loggedInAt: Date.now() });

/** @param {Settings} settings */
export const sessionStore = (settings) => /** @type {Store<Session>} */ (new Store(settings, SESSION));

/** @param {Settings} settings */
export const pendingStore = (settings) => /** @type {Store<PendingLogin>} */ (new Store(settings, PENDING));

/** @template {{}} T */
class Store {
  /**
   * The values by the hash of their id, so that a copy of the memory contains no usable id.
   *
   * @type {LRUCache<string, { value: T, endsAt: number }>}
   */
  #kept;
  #cookie;
  #flags;
  #maxAge;
  #life;

  /**
   * @param {Settings} settings
   * @param {{ cookie: string, life: number, idle: number | undefined, maxAge: number | undefined }} limits in milliseconds
   */
  constructor(settings, { cookie, life, idle, maxAge }) {
    this.#kept = new LRUCache({ max: ROOM, ttl: idle ?? life, updateAgeOnGet: idle !== undefined });
    this.#cookie = nameOf(settings, cookie);
    this.#flags = cookieOptions(settings);
    this.#maxAge = maxAge;
    this.#life = life;
  }

  /** Keeps a value under a new id, and drops the browser's old one. A new id prevents session fixation. @param {Request} request @param {Response} response @param {T} value */
  begin(request, response, value) {
    const before = request.cookies[this.#cookie];
    if (before) this.#kept.delete(hash(before));
    const id = token();
    this.#kept.set(hash(id), { value, endsAt: performance.now() + this.#life });
    response.cookie(this.#cookie, id, { ...this.#flags, maxAge: this.#maxAge });
  }

  /** The value of this browser, if it has not expired. @param {Request} request */
  find(request) {
    const kept = this.#kept.get(hash(request.cookies[this.#cookie] ?? ''));
    return kept && performance.now() < kept.endsAt ? kept.value : undefined;
  }

  /** Drops the value of this browser, and removes its cookie. @param {Request} request @param {Response} response */
  end(request, response) {
    this.#kept.delete(hash(request.cookies[this.#cookie] ?? ''));
    response.clearCookie(this.#cookie, this.#flags);
  }
}

/** @param {string} id */
const hash = (id) => createHash('sha256').update(id).digest('base64');
