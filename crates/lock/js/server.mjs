// @ts-check
/** For servers: renders the dialog's first screen as HTML. `import { firstScreen } from 'latchkey/lock/server'` */

import { firstScreen as html } from 'latchkey-bindings';
import { ready } from 'latchkey-loader';

/**
 * Renders the first screen of a dialog with these options, for the inside of its container. Returns undefined
 * for a dialog that asks for a phone number first. Throws an `Error` that names the wrong argument.
 *
 * @param {any} options of the dialog
 * @param {{ action: string, fields?: Record<string, string>, words?: unknown }} form
 * @returns {string | undefined}
 */
export function firstScreen(options, { action, fields, words }) {
  ready();
  return html(options, action, fields, words);
}
