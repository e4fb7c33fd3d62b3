// @ts-check
/** `GET /callback`: the tenant sends the browser here, with a code or an error. */

import { isLocalPath } from './local-path.mjs';
import { malformed } from './problems.mjs';
import { newSession } from './sessions.mjs';

/** The longest query taken, in characters. */
const MAX_QUERY = 4096;

/** @typedef {import('./state.mjs').App} App */

/**
 * Answers the callback: a redirect to a clean address with a session; what goes wrong is thrown.
 *
 * @param {App} app
 * @returns {import('./state.mjs').Handler}
 */
export const receive = ({ settings, tenant, transactions, sessions, pages }) => async (request, response) => {
  const callback = new URL(request.originalUrl, settings.baseUrl);
  // The response may be in the fragment, which no server sees.
  if (callback.search === '') {
    response.status(400).send(pages.fragment());
    return;
  }
  // 1. One code or one error, and one state.
  const state = checkedState(callback);
  // 2. The login this browser began; its cookie is gone from here on.
  const transaction = await transactions.take(request, response, state);
  // 3. An error counts only with the right state. 4. The issuer (RFC 9207). 5. Code, secret and code verifier for an ID token.
  const claims = await tenant.exchange(callback, transaction);
  // 6. A session under a new id. 7. The code leaves the address bar and the history.
  sessions.begin(request, response, newSession(claims));
  response.redirect(303, isLocalPath(transaction.returnTo) ? transaction.returnTo : '/');
};

/** @param {URL} callback */
function checkedState({ search, searchParams }) {
  if (search.length > MAX_QUERY) throw malformed('is too long');
  const [code, error, state] = ['code', 'error', 'state'].map((name) => searchParams.get(name));
  if (['code', 'error', 'error_description', 'iss', 'state'].some((name) => searchParams.getAll(name).length > 1)) throw malformed('has a parameter twice');
  if (!state) throw malformed('has no state');
  if (code && error) throw malformed('has both a code and an error');
  if (!code && !error) throw malformed('has neither a code nor an error');
  return state;
}
