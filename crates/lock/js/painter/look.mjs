// @ts-check
/**
 * Reads the look of the first screen from a page's options, as the facts that the painter's data depends on.
 * The dialog parses all options itself when it has loaded (`src/options/`). `tests/lock/painter.test.mjs`
 * compares the two.
 */

import { BRANDS } from 'latchkey-first-screen';

/** In windows narrower than this, in pixels, no field is focused on opening. So the keyboard stays hidden, as in Lock. */
const NARROW = 380;

/**
 * The button of a social connection.
 *
 * @typedef {{ connection: string, name: string, icon?: string, primaryColor?: string, foregroundColor?: string }} Social
 */

/** @param {unknown} value @returns {string | undefined} the text, unless it is empty or not a string */
export const text = (value) => (typeof value === 'string' && value ? value : undefined);

/**
 * The channels by which messages are sent, the preferred one first, and the buttons of social connections.
 *
 * @param {any} options
 * @returns {{ channels: string[], social: Social[] }}
 */
export function methodsOf({ allowedConnections, useCustomPasswordlessConnection, theme }) {
  /** @type {string[]} */
  const channels = [];
  /** @type {Social[]} */
  const social = [];
  for (const connection of Array.isArray(allowedConnections) ? allowedConnections : []) {
    if (typeof connection !== 'string') continue;
    const isFirst = channels.length + social.length === 0;
    const channel = channelOf(connection) ?? (useCustomPasswordlessConnection && isFirst ? 'email' : undefined);
    if (!channel) social.push(button(connection, theme?.authButtons?.[connection]));
    else if (!channels.includes(channel)) channels.push(channel);
  }
  return channels.length + social.length > 0 ? { channels, social } : { channels: ['email'], social };
}

/** @param {string} connection */
function channelOf(connection) {
  if (/sms|phone/i.test(connection)) return 'phone';
  return /email/i.test(connection) ? 'email' : undefined;
}

/** @param {string} connection @param {any} look @returns {Social} */
function button(connection, look) {
  const spaced = connection.replace(/[-_]/g, ' ');
  return {
    connection,
    name: text(look?.displayName) ?? BRANDS[connection] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1),
    icon: text(look?.icon),
    primaryColor: text(look?.primaryColor),
    foregroundColor: text(look?.foregroundColor),
  };
}

/** @param {any} options @returns {string | undefined} the id of the dialog's container */
export const containerOf = (options) => text(options.container);

/** @param {any} options @returns {boolean} whether the person may close the dialog */
export const isClosable = (options) => !containerOf(options) && options.closable !== false;

/**
 * The page's message above the field. Undefined if the page has no message, or one that cannot be shown.
 *
 * @param {any} options
 * @returns {{ tone: string, text: string } | undefined}
 */
export function flashOf({ flashMessage }) {
  const tone = /** @type {Record<string, string>} */ ({ error: 'error', success: 'ok', info: 'info' })[flashMessage?.type];
  const message = text(flashMessage?.text);
  return tone && message ? { tone, text: message } : undefined;
}

/**
 * The facts about the first screen that stay the same while it is shown.
 *
 * @param {any} options
 * @returns {Record<string, string>}
 */
export function factsOf(options) {
  const { channels, social } = methodsOf(options);
  const { theme = {}, mustAcceptTerms, showTerms } = options;
  const isInline = Boolean(containerOf(options));
  const isFocused = typeof options.autofocus === 'boolean' ? options.autofocus : !isInline && innerWidth >= NARROW;
  const logo = typeof theme.logo === 'string' ? theme.logo && 'image' || 'none' : 'mark';
  return {
    place: isInline ? 'inline' : isClosable(options) ? 'over' : 'fixed',
    channels: channels.join('+') || 'none',
    social: social.length > 0 ? 'yes' : 'no',
    terms: mustAcceptTerms === true ? 'box' : showTerms !== false ? 'text' : 'none',
    logo,
    title: theme.hideMainScreenTitle ? 'hidden' : 'shown',
    button: theme.labeledSubmitButton === false ? 'arrow' : 'words',
    autofocus: isFocused ? 'yes' : 'no',
    autocomplete: options.allowAutocomplete === false ? 'off' : 'on',
    avatar: options.avatar ? 'yes' : 'no',
    email: text(options.prefill?.email) ? 'given' : 'none',
    number: text(options.prefill?.phoneNumber) ? 'given' : 'none',
    sends: options.passwordlessMethod === 'link' ? 'link' : 'code',
    scheme: ['dark', 'light'].includes(theme.scheme) ? theme.scheme : 'auto',
  };
}
