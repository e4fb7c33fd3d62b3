// @ts-check
/** Which language the first screen speaks, and the files with the words of other languages than English. */

import { ALIASES, LANGUAGES } from 'latchkey-first-screen';

/** How long a language file may take. */
const TIMEOUT_MS = 20_000;

/** The files that were asked for, by address: dialogs on a page share them. @type {Map<string, Promise<any>>} */
const asked = new Map();

/** The files that came. @type {Map<string, any>} */
export const files = new Map();

/**
 * The words of a language; nothing, where they cannot be loaded. What failed is asked for again the next time.
 *
 * @param {string} address
 * @returns {Promise<any>}
 */
export function load(address) {
  const work = asked.get(address) ?? fetch(address, { signal: AbortSignal.timeout?.(TIMEOUT_MS) })
    .then((response) => (response.ok ? response.json() : undefined))
    .catch(() => undefined)
    .then((file) => {
      if (file) files.set(address, file);
      else asked.delete(address);
      return file;
    });
  asked.set(address, work);
  return work;
}

/**
 * The language of ours for a BCP 47 tag such as `pt-BR` or `zh_Hant_TW`: from the whole tag down to its first part.
 *
 * @param {string} tag
 * @returns {string | undefined}
 */
export function findLanguage(tag) {
  for (let part = tag.replaceAll('_', '-').toLowerCase(); part; part = part.slice(0, Math.max(0, part.lastIndexOf('-')))) {
    const name = ALIASES[part] ?? part;
    if (name in LANGUAGES) return name;
  }
}

/**
 * The language that a dialog speaks, and the address of the file with its words, where it needs one.
 *
 * @param {any} options
 * @param {string} base the address of the folder that has the folder `languages`
 * @returns {{ language: string, address?: string }}
 */
export function chosen({ language, languageBaseUrl, assetsUrl }, base) {
  const wanted = typeof language === 'string' && language;
  const found = wanted ? findLanguage(wanted) : navigator.languages.map(findLanguage).find(Boolean);
  const folder = [languageBaseUrl, assetsUrl, base].find((address) => typeof address === 'string' && address)?.replace(/\/+$/, '');
  if (!found) return { language: wanted || 'en' };
  return found === 'en' || !folder ? { language: found } : { language: found, address: `${folder}/languages/${found}.json` };
}
