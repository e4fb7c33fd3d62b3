// @ts-check
/**
 * Limits how many codes this app sends. The tenant's limit of 50 messages an hour for each IP address does not apply to calls with the
 * client's secret. So the app has limits of its own, for each IP address and for each recipient.
 */

import { isIPv6 } from 'node:net';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { tooMany } from './problems.mjs';

const HOUR_S = 3600;

/** Messages an hour for one IP address. It is the tenant's limit for browsers. */
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

/** The key for an IP address. A person with IPv6 usually has a whole /64 network, so that network counts as one. @param {string} ip */
function network(ip) {
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = head.split(':').filter(Boolean);
  const end = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - groups.length - end.length)).fill('0');
  return [...groups, ...zeros, ...end].slice(0, 4).join(':');
}
