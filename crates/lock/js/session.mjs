// @ts-check
/** Compares the tenant's session with the last login. */

/**
 * The time limit for the tenant's response, in milliseconds, as in Lock. A tenant that does not list the
 * page's origin never responds.
 */
export const PATIENCE_MS = 5000;

/**
 * Whether a user is the one of the last login: of that connection, and with that address or number. The same
 * address at another connection is another user.
 *
 * @param {Record<string, any> | null} claims of the ID token
 * @param {string} connection
 * @param {string} [to] the address or number that a code or a link was sent to
 */
export function isSame(claims, connection, to) {
  // `sub` is `email|5f7c...`, `google-oauth2|1234` or `oauth2|acme|1234`.
  const kinds = String(claims?.sub).split('|').slice(0, -1);
  if (!to) return kinds.includes(connection);
  const [kind, names] = to.includes('@') ? ['email', [claims?.email]] : ['sms', [claims?.phone_number, claims?.name]];
  return kinds[0] === kind && names.some((name) => comparable(String(name)) === comparable(to));
}

/**
 * Normalises a recipient. An address gets lower case and an ASCII domain, because a tenant may store either
 * form of the domain.
 *
 * @param {string} to
 */
function comparable(to) {
  const [, local, domain] = /^(.*)@(.*)$/s.exec(to) ?? [];
  if (domain === undefined) return to;
  try {
    return `${local}@${new URL(`http://${domain}`).hostname}`.toLowerCase();
  } catch {
    return to.toLowerCase();
  }
}

/**
 * The session data that auth0.js and Lock report.
 *
 * @param {Record<string, any>} claims
 * @param {string} connection
 * @param {string} clientID
 */
export const session = ({ sub, email, name }, connection, clientID) => ({
  sso: true, lastUsedConnection: { name: connection }, lastUsedUserID: sub, lastUsedUsername: email ?? name, lastUsedClientID: clientID, sessionClients: [clientID],
});
