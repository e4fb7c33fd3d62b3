// @ts-check
/** Which language the first screen speaks, and the files with the words of other languages than English. */

import { ALIASES, FINGERPRINT, LANGUAGES } from 'latchkey-first-screen';

/** How long a language file may take. */
const TIMEOUT_MS = 20_000;

/** What a module says in the place of an address: its languages are modules too, which bundlers find. */
export const MODULES = 'latchkey';

/** The modules, by the addresses that their languages have below `MODULES`. @type {Map<string, () => Promise<any>>} */
const modules = new Map();

/** @param {Record<string, () => Promise<any>>} own the module of each language */
export function bring(own) {
  for (const name in own) modules.set(fileIn(MODULES, name), own[name]);
}

/** The address of a language's file. @param {string} folder the one that has the folder `languages` @param {string} name */
const fileIn = (folder, name) => `${folder}/languages/${name}.json`;

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
  const work = asked.get(address) ?? come(address)
    .catch(() => undefined)
    .then((file) => {
      if (file) files.set(address, file);
      else asked.delete(address);
      return file;
    });
  asked.set(address, work);
  return work;
}

/** @param {string} address @returns {Promise<any>} */
async function come(address) {
  const module = modules.get(address);
  if (module) return (await module()).default;
  const response = await fetch(address, { signal: AbortSignal.timeout?.(TIMEOUT_MS) });
  return response.ok ? response.json() : undefined;
}

/**
 * Takes the words that a page brings along (the option `languages`), so that nothing has to be loaded for them. Those of another
 * version are left aside: the right ones are loaded instead.
 *
 * @param {any} options
 * @param {string} base as for {@link chosen}
 */
export function take(options, base) {
  const folder = folderOf(options, base);
  for (const [name, file] of Object.entries(options.languages ?? {})) {
    if (folder && file?.[0] === FINGERPRINT) files.set(fileIn(folder, name), file);
  }
}

/**
 * The folder that has the folder `languages`.
 *
 * @param {any} options
 * @param {string} base
 * @returns {string | undefined}
 */
const folderOf = ({ languageBaseUrl, assetsUrl }, base) =>
  [languageBaseUrl, assetsUrl, base].find((address) => typeof address === 'string' && address)?.replace(/\/+$/, '');

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
export function chosen(options, base) {
  const { language } = options;
  const wanted = typeof language === 'string' && language;
  const found = wanted ? findLanguage(wanted) : navigator.languages.map(findLanguage).find(Boolean);
  const folder = folderOf(options, base);
  if (!found) return { language: wanted || 'en' };
  return found === 'en' || !folder ? { language: found } : { language: found, address: fileIn(folder, found) };
}
