// @ts-check
/**
 * How many codes this app has sent. Calls with the client's secret are outside of the tenant's 50 an hour for each IP address, so
 * the app has to keep people from sending mails in its name: by the address they come from, and by the recipient.
 */

import { isIPv6 } from 'node:net';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { tooMany } from './problems.mjs';

const HOUR_S = 3600;

/** Messages an hour for one IP address: what the tenant gives each browser. */
const BY_IP = 50;

/** Messages an hour to one recipient. */
const BY_RECIPIENT = 5;

export class Limits {
  #byIP = new RateLimiterMemory({ points: BY_IP, duration: HOUR_S });
  #byRecipient = new RateLimiterMemory({ points: BY_RECIPIENT, duration: HOUR_S });

  /** Counts a message, or throws. @param {string} ip @param {string} recipient */
  async count(ip, recipient) {
    for (const [limiter, key] of /** @type {const} */ ([[this.#byIP, network(ip)], [this.#byRecipient, recipient.toLowerCase()]])) {
      await limiter.consume(key).catch(({ msBeforeNext }) => { throw tooMany(Math.ceil(msBeforeNext / 1000)); });
    }
  }
}

/** One person has all addresses of an IPv6 network of 64 bits. @param {string} ip */
function network(ip) {
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = head.split(':').filter(Boolean);
  const end = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - groups.length - end.length)).fill('0');
  return [...groups, ...zeros, ...end].slice(0, 4).join(':');
}
