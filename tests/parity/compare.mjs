// @ts-check
/** Compares what two libraries did in one call. */

import assert from 'node:assert/strict';

/** The observed effects of a call: thrown error, callback arguments, requests, navigations, cookies. @typedef {Record<string, any>} Observation */
/** @typedef {{ path: string, theirs: unknown, ours: unknown }} Difference */

const RANDOM = /[0-9A-Za-z\-._~]{32}/;
const DATE = /[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4} \([^)]*\)/g;
const TELEMETRY = /eyJ[A-Za-z0-9_-]*(?:=|%3D)*/g;

/**
 * Replaces the values that differ in every run: random ones (state, nonce), dates, and the library's name in the telemetry.
 *
 * @param {Observation} observation
 * @returns {Observation}
 */
export function normalised(observation) {
  let text = JSON.stringify(observation);
  const random = new Set();
  for (const mark of ['\\"?(?:state|nonce)\\"?[:=]\\"?', '%22(?:state|nonce)%22(?::|%3A)%22', 'com\\.auth0\\.auth\\.', '[?&#](?:state|nonce)=']) {
    for (const match of text.matchAll(new RegExp(`${mark}(${RANDOM.source})(?![0-9A-Za-z\\-._~])`, 'g'))) random.add(match[1]);
  }
  for (const value of random) text = text.replaceAll(value, '<random>');
  return JSON.parse(text.replace(DATE, '<date>').replace(TELEMETRY, telemetry));
}

/**
 * Decodes a telemetry value, and replaces the library's name and version in it.
 *
 * @param {string} encoded
 */
function telemetry(encoded) {
  try {
    const value = JSON.parse(Buffer.from(decodeURIComponent(encoded), 'base64url').toString());
    const text = JSON.stringify(value).replaceAll(/"(?:auth0\.js|latchkey)"/g, "'library'").replaceAll(/"(?:10\.2\.1|0\.\d+\.\d+)"/g, "'version'");
    return `<${text.replaceAll('"', "'")}>`;
  } catch {
    return encoded;
  }
}

/**
 * Returns each path at which two values differ.
 *
 * @param {unknown} theirs
 * @param {unknown} ours
 * @param {string} [path]
 * @returns {Difference[]}
 */
function differences(theirs, ours, path = '') {
  const both = [theirs, ours];
  if (both.every((value) => value !== null && typeof value === 'object') && Array.isArray(theirs) === Array.isArray(ours)) {
    const [a, b] = /** @type {Record<string, unknown>[]} */ (both);
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => differences(a[key], b[key], path ? `${path}.${key}` : key));
  }
  return Object.is(theirs, ours) ? [] : [{ path, theirs, ours }];
}

/**
 * Asserts that two observations of one call are equal, except for intended differences.
 *
 * @param {string} name of the call
 * @param {Observation} theirs
 * @param {Observation} ours
 * @param {import('./intended.mjs').Intended[]} intended
 * @param {Set<string>} met gets the names of the intended differences that were found
 */
export function agree(name, theirs, ours, intended, met) {
  const unexpected = differences(theirs, ours).filter((difference) => {
    const known = intended.find(({ when, where, what }) => (
      (when?.test(name) ?? true) && where.test(difference.path) && (what?.(difference.theirs, difference.ours) ?? true)
    ));
    if (known) met.add(known.name);
    return !known;
  });
  assert.deepEqual(unexpected, [], `${JSON.stringify(unexpected, undefined, 1)}\ntheirs: ${JSON.stringify(theirs)}\nours: ${JSON.stringify(ours)}`);
}
