// @ts-check
/**
 * Recognizes an authorization response before the page loads the module that reads it. A response that these functions do not
 * recognize is never read. So they have to recognize every response that src/authorization_response.rs recognizes.
 * `tests/package/authorization-responses.test.mjs` holds both to one list of addresses.
 */

/** The members of a fragment that `parseHash` reads: tokens, or an error. */
const TOKENS_OR_ERROR = ['access_token', 'id_token', 'refresh_token', 'error'];

/** The parameters of a fragment or a query. @type {(text: string) => Record<string, string>} */
export const parameters = (text) => Object.fromEntries(new URLSearchParams(text.replace(/^#?\/?/, '')));

/** @type {(text: string, names: string[]) => boolean} */
const hasAny = (text, names) => names.some((name) => name in parameters(text));

/** Whether a fragment has tokens or an error. @param {string} fragment */
export const hasTokensOrError = (fragment) => hasAny(fragment, TOKENS_OR_ERROR);

/** Whether the query or the fragment of an address may be an authorization response. @param {string} address */
export const mayHaveResponse = (address) => address.split(/[?#]/).slice(1).some((text) => hasAny(text, [...TOKENS_OR_ERROR, 'code']));
