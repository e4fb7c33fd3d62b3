// @ts-check
/** Chooses the language of the first screen, and loads the files of languages other than English. */

import { ALIASES, FINGERPRINT, LANGUAGES } from 'latchkey-first-screen';

/** The time limit for loading a language file, in milliseconds. */
const TIMEOUT_MS = 20_000;

/**
 * In the ES and CommonJS modules this text stands for the folder's address. There the languages are modules too,
 * so that bundlers find them.
 */
export const MODULES = 'latchkey';

/** Functions that import the language modules, by address below `MODULES`. @type {Map<string, () => Promise<any>>} */
const modules = new Map();

/** @param {Record<string, () => Promise<any>>} own the module of each language */
export function addModules(own) {
  for (const name in own) modules.set(fileIn(MODULES, name), own[name]);
}

/** The address of a language file. @param {string} folder contains the folder `languages` @param {string} name */
const fileIn = (folder, name) => `${folder}/languages/${name}.json`;

/** The files that were requested, by address. All dialogs of a page share them. @type {Map<string, Promise<any>>} */
const requested = new Map();

/** The files that have loaded. @type {Map<string, any>} */
export const files = new Map();

/**
 * Loads a language file. Resolves with undefined if the file cannot be loaded. The next call tries again.
 *
 * @param {string} address
 * @returns {Promise<any>}
 */
export function load(address) {
  const work = requested.get(address) ?? fetchFile(address)
    .catch(() => undefined)
    .then((file) => {
      if (file) files.set(address, file);
      else requested.delete(address);
      return file;
    });
  requested.set(address, work);
  return work;
}

/** @param {string} address @returns {Promise<any>} */
async function fetchFile(address) {
  const module = modules.get(address);
  if (module) return (await module()).default;
  const response = await fetch(address, { signal: AbortSignal.timeout?.(TIMEOUT_MS) });
  return response.ok ? response.json() : undefined;
}

/**
 * Adds the language files that the page brings itself (the option `languages`), so that they are not loaded.
 * A file of another version is ignored.
 *
 * @param {any} options
 * @param {string} base as for {@link chosen}
 */
export function addFiles(options, base) {
  const folder = folderOf(options, base);
  for (const [name, file] of Object.entries(options.languages ?? {})) {
    if (folder && file?.[0] === FINGERPRINT) files.set(fileIn(folder, name), file);
  }
}

/**
 * The address of the folder that contains the folder `languages`.
 *
 * @param {any} options
 * @param {string} base
 * @returns {string | undefined}
 */
const folderOf = ({ languageBaseUrl, assetsUrl }, base) =>
  [languageBaseUrl, assetsUrl, base].find((address) => typeof address === 'string' && address)?.replace(/\/+$/, '');

/**
 * The dialog's language for a BCP 47 tag such as `pt-BR` or `zh_Hant_TW`. Looks up the whole tag, then
 * shorter prefixes of it.
 *
 * @param {string} tag
 * @returns {string | undefined}
 */
function findLanguage(tag) {
  for (let prefix = tag.replaceAll('_', '-').toLowerCase(); prefix; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('-')))) {
    const name = ALIASES[prefix] ?? prefix;
    if (name in LANGUAGES) return name;
  }
}

/**
 * The language that a dialog speaks, and the address of the language's file. English needs no file.
 *
 * @param {any} options
 * @param {string} base the address of the folder that contains the folder `languages`
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
