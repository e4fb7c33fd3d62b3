// @ts-check
/** `GET /callback`: the tenant sends the browser here, with a code or an error. */

import { isLocalPath } from './local-path.mjs';
import { malformed } from './problems.mjs';
import { newSession } from './sessions.mjs';

/** The longest query that is accepted, in characters. */
const MAX_QUERY = 4096;

/** @typedef {import('./state.mjs').App} App */

/**
 * Starts a session and redirects to an address without the code. Errors are thrown.
 *
 * @param {App} app
 * @returns {import('./state.mjs').Handler}
 */
export const receive = ({ settings, tenant, transactions, sessions, pages }) => async (request, response) => {
  const callback = new URL(request.originalUrl, settings.baseUrl);
  // The response may be in the fragment, which browsers do not send to servers.
  if (callback.search === '') {
    response.status(400).send(pages.fragment());
    return;
  }
  // 1. One code or one error, and one state.
  const state = checkedState(callback);
  // 2. The login that this browser began. Its cookie is removed, so that the login cannot be finished twice.
  const transaction = await transactions.take(request, response, state);
  // 3. An error is shown only with the right state. 4. The issuer is checked (RFC 9207). 5. The code, the client's secret and the
  // code verifier are exchanged for an ID token.
  const claims = await tenant.exchange(callback, transaction);
  // 6. The session gets a new id. 7. The redirect removes the code from the address bar and from the history.
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
