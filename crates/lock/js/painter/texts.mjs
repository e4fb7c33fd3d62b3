// @ts-check
/** The first screen's texts: the page's own (`languageDictionary`), else those of the language's file, else English. */

import { FINGERPRINT, LANGUAGES, RIGHT_TO_LEFT, WORDS } from 'latchkey-first-screen';

/** @typedef {{ language: string, direction: string, get: (path: string) => string }} Texts */

/**
 * @param {any} dictionary the page's own texts, nested as in Lock
 * @param {string} language as {@link import('../language.mjs').chosen} returns it
 * @param {any} file the content of the language's file, if it has loaded
 * @returns {Texts}
 */
export function textsOf(dictionary, language, file) {
  const isFile = Array.isArray(file) && file[0] === FINGERPRINT;
  const hasOwn = Object.keys(dictionary ?? {}).length > 0;
  // Without a file, the page's own texts are in the language that the page asked for.
  const spoken = isFile || language === 'en' ? LANGUAGES[language] : hasOwn ? language : 'en';
  const own = (/** @type {string} */ path) => path.split('.').reduce((inner, name) => inner?.[name], dictionary);
  return {
    language: spoken,
    direction: RIGHT_TO_LEFT.includes(spoken.split(/[-_]/)[0].toLowerCase()) ? 'rtl' : 'ltr',
    get(path) {
      const [at, english] = WORDS[path];
      const text = own(path);
      return typeof text === 'string' ? text : isFile ? file[at + 1] : english;
    },
  };
}

/**
 * Splits a text at its first `%s` or `%d`. `%%` stands for a per cent sign.
 *
 * @param {string} text
 * @returns {{ before: string, after: string, hasPlace: boolean }}
 */
export function around(text) {
  const [, before = '', after] = /^((?:[^%]|%%|%(?![sd%]))*)%[sd](.*)$/s.exec(text) ?? [undefined, text, undefined];
  const plain = (/** @type {string} */ text) => text.replaceAll('%%', '%');
  return { before: plain(before), after: plain(after ?? ''), hasPlace: after !== undefined };
}
