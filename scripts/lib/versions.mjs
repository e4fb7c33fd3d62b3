// @ts-check
/** Reads and sets the version, which the crates and the npm package share, and dates the changelog. */

import { Failure } from './run.mjs';

/** A version with or without a suffix, such as `1.2.3` and `1.2.3-beta.1` (https://semver.org). */
const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?$/;

/** The heading of the changes since the last release. */
const UNRELEASED = '## Unreleased';

/** @param {string} text @returns {[numbers: number[], suffix: string]} */
function parsed(text) {
  const match = text.match(VERSION);
  if (!match) throw new Failure(`"${text}" is not a version: give three numbers, as in 1.2.3, or with a suffix, as in 1.2.3-beta.1.`);
  return [match.slice(1, 4).map(Number), match[4] ?? ''];
}

/**
 * Whether version `next` is newer than `current`. A version with a suffix is older than the same one without.
 *
 * @param {string} next
 * @param {string} current
 */
export function isNewer(next, current) {
  const [[numbers, suffix], [others, other]] = [parsed(next), parsed(current)];
  const at = numbers.findIndex((number, index) => number !== others[index]);
  if (at >= 0) return numbers[at] > others[at];
  if (!suffix || !other) return !suffix && Boolean(other);
  return suffix.localeCompare(other, 'en', { numeric: true }) > 0;
}

/** The version in a workspace's `Cargo.toml`. @param {string} manifest */
export function versionOf(manifest) {
  const version = manifest.match(/^\[workspace\.package\]$[^[]*?^version = "([^"]+)"$/m)?.[1];
  if (!version) throw new Failure('Cargo.toml has no `version` under `[workspace.package]`: restore it from the repository.');
  return version;
}

/**
 * A `Cargo.toml` with another version, for the workspace and for the dependencies between its crates.
 *
 * @param {string} manifest
 * @param {string} from
 * @param {string} to
 */
export function withVersion(manifest, from, to) {
  const [old, now] = [`version = "${from}"`, `version = "${to}"`];
  return manifest.split('\n').map((line) => (line === old || (line.startsWith('latchkey-') && line.includes('path = ')) ? line.replace(old, now) : line)).join('\n');
}

/**
 * The changelog of a release: the unreleased changes move under the version and its date.
 *
 * @param {string} changelog
 * @param {string} version
 * @param {string} date such as 2026-12-01
 */
export function dated(changelog, version, date) {
  const [before, after, ...more] = changelog.split(`\n${UNRELEASED}\n`);
  if (after === undefined || more.length > 0) throw new Failure(`CHANGELOG.md needs the heading "${UNRELEASED}" once.`);
  const changes = after.split(/^## /m)[0].replace(/^###.*$/gm, '').trim();
  if (!changes) throw new Failure(`CHANGELOG.md says nothing under "${UNRELEASED}": a release needs a change that a user notices.`);
  return `${before}\n${UNRELEASED}\n\n## ${version} - ${date}\n${after}`;
}
