// @ts-check
/** The words of the first screen: the page's own (`languageDictionary`), those of the language's file, or English. */

import { FINGERPRINT, LANGUAGES, RIGHT_TO_LEFT, WORDS } from 'latchkey-first-screen';

/** @typedef {{ language: string, direction: string, say: (path: string) => string }} Words */

/**
 * @param {any} dictionary the page's own words, nested as in Lock
 * @param {string} language as {@link import('../language.mjs').chosen} has it
 * @param {any} file the content of the language's file, if it has come
 * @returns {Words}
 */
export function wordsOf(dictionary, language, file) {
  const isFile = Array.isArray(file) && file[0] === FINGERPRINT;
  const hasOwn = Object.keys(dictionary ?? {}).length > 0;
  // The page's own words, without a file of ours, are in the language that it asked for.
  const spoken = isFile || language === 'en' ? LANGUAGES[language] : hasOwn ? language : 'en';
  const own = (/** @type {string} */ path) => path.split('.').reduce((inner, name) => inner?.[name], dictionary);
  return {
    language: spoken,
    direction: RIGHT_TO_LEFT.includes(spoken.split(/[-_]/)[0].toLowerCase()) ? 'rtl' : 'ltr',
    say(path) {
      const [at, english] = WORDS[path];
      const words = own(path);
      return typeof words === 'string' ? words : isFile ? file[at + 1] : english;
    },
  };
}

/**
 * A text in two: before and after its first `%s` or `%d`. `%%` is a per cent sign.
 *
 * @param {string} text
 * @returns {{ before: string, after: string, hasPlace: boolean }}
 */
export function around(text) {
  const [, before = '', after] = /^((?:[^%]|%%|%(?![sd%]))*)%[sd](.*)$/s.exec(text) ?? [undefined, text, undefined];
  const plain = (/** @type {string} */ part) => part.replaceAll('%%', '%');
  return { before: plain(before), after: plain(after ?? ''), hasPlace: after !== undefined };
}
