// @ts-check
/** Where a module finds the program as plain JavaScript: bundlers see the name, and take the file along. */

export const loadPlain = () => import('latchkey-plain-sdk');
