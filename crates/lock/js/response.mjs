// @ts-check
/** Reads an authorization response in the page's address. */

import { called, defined } from './sdk.mjs';

/**
 * The results of authorization responses in the page's address. A response can be read only once, so its result
 * is kept for the client's other dialogs.
 *
 * @type {Map<string, Promise<any>>}
 */
const parsed = new Map();

/**
 * Kinds of errors after which an authorization response was neither accepted nor rejected, so it may be read
 * again. The list has to agree with `Error::is_passing` in Rust.
 */
const PASSING = ['aborted', 'crypto_unavailable', 'network', 'server_error', 'timeout'];

/**
 * Reads an authorization response from a fragment, emits the events, and removes the fragment from the
 * address. If the tenant's keys cannot be loaded, another call may read the response again.
 *
 * @param {import('./more.mjs').Dialog} dialog
 * @param {string} hash
 * @param {import('./sdk.mjs').Callback} [cb]
 */
export async function readResponse({ lock, options, domain, clientID, sdk }, hash, cb) {
  const { auth, hashCleanup, _enableIdPInitiatedLogin, _enableImpersonation } = options;
  const { redirect, state, nonce } = auth ?? {};
  if (redirect === false) return null;
  const key = `${domain} ${clientID} ${hash}`;
  const work = parsed.get(key) ?? sdk().then((webAuth) => called((done) => webAuth.parseHash(
    defined({ hash, state, nonce, __enableIdPInitiatedLogin: _enableIdPInitiatedLogin ?? _enableImpersonation }), done,
  )));
  parsed.set(key, work);
  const { error, result = null } = await work.then((result) => ({ error: undefined, result }), (error) => ({ error, result: undefined }));
  lock.emit('hash_parsed', error ?? result);
  if (error) lock.emit('authorization_error', error);
  else if (result) lock.emit('authenticated', result);
  const isOfPage = hash === location.hash;
  // A response that may be read again stays in the address. So a reload reads it again, too.
  if (error && PASSING.includes(error.kind)) parsed.delete(key);
  // A router may keep its own state in the history entry, so that state stays.
  else if ((error || result) && isOfPage && hashCleanup !== false) history.replaceState(history.state, '', location.href.split('#')[0]);
  cb?.(error ?? null, result);
  if (error && !cb) throw Object.assign(new Error(error.errorDescription ?? error.error_description ?? error.error), error);
  return result;
}
