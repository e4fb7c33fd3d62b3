// @ts-check
/** Questions to the browser that are one expression here, and an object that is one expression here. */

export const hidden = () => document.hidden;

export const online = () => navigator.onLine;

/** The languages that the person prefers, best first. */
export const languages = () => navigator.languages.join();

/** @param {string} name @param {string} value */
export const pair = (name, value) => ({ [name]: value });
