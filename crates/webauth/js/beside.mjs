// @ts-check
/** Where the files are that a script loads on demand. */

/** The script that this is part of: known only while it runs for the first time. */
const script = /** @type {HTMLScriptElement | null | undefined} */ (globalThis.document?.currentScript)?.src;

/** The address of a file in the script's folder. @param {string} file */
export const beside = (file) => new URL(file, script || document.baseURI).href;
