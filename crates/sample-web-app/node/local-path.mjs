// @ts-check
/** The longest path that is accepted, in characters. The path is stored in a cookie. */
const MAX_LENGTH = 256;

/**
 * Whether a text is a path of this app, so that a redirect to it cannot lead to another site. Browsers read `//evil.example`,
 * `/\evil.example` and `/<tab>/evil.example` as another host.
 *
 * @param {unknown} text
 * @returns {text is string}
 */
export function isLocalPath(text) {
  if (typeof text !== 'string' || text.length > MAX_LENGTH || !/^\/(?!\/)[\x21-\x7e]*$/.test(text)) return false;
  if (text.includes('\\') || /%(00|09|0a|0d|5c)|^\/%2f/i.test(text)) return false;
  return new URL(text, 'https://app.invalid').origin === 'https://app.invalid';
}
