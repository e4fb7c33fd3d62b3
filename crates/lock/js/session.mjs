// @ts-check
/** Compares the person's session at the tenant with the last login. */

/**
 * The time limit for the tenant's response, in milliseconds, as in Lock. A tenant that does not list the
 * page's origin never responds.
 */
export const PATIENCE_MS = 5000;

/**
 * Whether the user of an ID token is the user of the last login: the connection and the address or number have to
 * be the same. The same address at another connection is another user.
 *
 * @param {Record<string, any> | null} claims of the ID token
 * @param {string} connection
 * @param {string} [to] the recipient of the code or link, if the last login used one
 */
export function isSame(claims, connection, to) {
  // `sub` is `email|5f7c...`, `google-oauth2|1234` or `oauth2|acme|1234`.
  const kinds = String(claims?.sub).split('|').slice(0, -1);
  if (!to) return kinds.includes(connection);
  const [kind, names] = to.includes('@') ? ['email', [claims?.email]] : ['sms', [claims?.phone_number, claims?.name]];
  return kinds[0] === kind && names.some((name) => comparable(String(name)) === comparable(to));
}

/**
 * Normalises a recipient. A tenant may store a domain in Unicode or in ASCII. So an address gets lower case and an
 * ASCII domain.
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
