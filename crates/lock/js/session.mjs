// @ts-check
/** Whether the tenant's session is that of the person who logged in here the last time. */

/** How long the tenant may take, as in Lock. One that does not list the page's origin never answers. */
export const PATIENCE_MS = 5000;

/**
 * Whether a user is the one that the dialog remembers: of that connection, and with that address or number. The same
 * address at another connection is another user.
 *
 * @param {Record<string, any> | null} claims of the ID token
 * @param {string} connection
 * @param {string} [to] address or number, where a code or a link was sent
 */
export function isSame(claims, connection, to) {
  // `email|5f7c...`, `google-oauth2|1234`, `oauth2|acme|1234`
  const kinds = String(claims?.sub).split('|').slice(0, -1);
  if (!to) return kinds.includes(connection);
  const [kind, names] = to.includes('@') ? ['email', [claims?.email]] : ['sms', [claims?.phone_number, claims?.name]];
  return kinds[0] === kind && names.some((name) => comparable(String(name)) === comparable(to));
}

/** A number as it is; an address in lower case, and its domain in ASCII: a tenant may know it in either form. @param {string} to */
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
 * What auth0.js and Lock tell of a session.
 *
 * @param {Record<string, any>} claims
 * @param {string} connection
 * @param {string} clientID
 */
export const session = ({ sub, email, name }, connection, clientID) => ({
  sso: true, lastUsedConnection: { name: connection }, lastUsedUserID: sub, lastUsedUsername: email ?? name, lastUsedClientID: clientID, sessionClients: [clientID],
});
