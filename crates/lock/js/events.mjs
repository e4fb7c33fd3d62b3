// @ts-check
/** The dialog's events, under Lock's names and in Lock's form. */

/** The events of this dialog. Lock's other names are accepted, but are never emitted. */
export const EVENTS = [
  'show', 'hide', 'authenticated', 'authorization_error', 'hash_parsed', 'unrecoverable_error', 'socialOrEmail ready', 'socialOrEmail submit',
  'socialOrPhoneNumber ready', 'socialOrPhoneNumber submit', 'vcode ready', 'vcode submit', 'federated login', 'code sent',
  'code resent', 'link sent', 'link resent', 'step changed', 'signed in elsewhere', 'cancelled', 'ssodata fetched',
];

/**
 * Converts an error to Lock's form: Lock renames one code, and has each code under two names.
 *
 * @param {any} error
 */
export function asInLock(error) {
  const code = error.code === 'access_denied' ? 'invalid_user_password' : error.code;
  return { ...error, code, error: code };
}
