// @ts-check
/** The pages that the server makes from `templates/*.html`. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./problems.mjs').Problem} Problem */
/** @typedef {import('./sessions.mjs').Session} Session */

/** The claims that the pages show, in their order. */
export const KEPT_CLAIMS = ['name', 'nickname', 'email', 'email_verified', 'updated_at', 'sub', 'iss', 'aud', 'iat', 'exp', 'sid'];

/** Markup that is safe to send. */
class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Replaces each `{{name}}` with its value. Values are escaped, unless they are `Html`.
 *
 * @param {string} template
 * @param {Record<string, string | Html>} values
 */
function fill(template, values) {
  return new Html(template.replace(/\{\{([\w-]+)\}\}/g, (_, name) => {
    const value = values[name] ?? '';
    return value instanceof Html ? value.text : escaped(value);
  }));
}

/** The pages of an app. @param {Settings} settings */
export function pagesOf(settings) {
  const read = (/** @type {string} */ name) => readFileSync(join(settings.templates, `${name}.html`), 'utf8');
  const templates = Object.fromEntries(['layout', 'logged-out', 'logged-in', 'code', 'problem', 'notice', 'inbox', 'fragment'].map((name) => [name, read(name)]));
  const make = (/** @type {string} */ name, /** @type {Record<string, string | Html>} */ values) => fill(/** @type {string} */ (templates[name]), values);
  const page = (/** @type {string} */ title, /** @type {Html} */ body) => make('layout', { title, body }).text;
  const inbox = settings.isLocal ? make('inbox', { domain: settings.domain }) : '';

  return {
    /** The start page of somebody who is not logged in. @param {string | undefined} notice */
    loggedOut: (notice) => page('Latchkey sample', make('logged-out', { inbox, notice: notice ? make('notice', { text: notice }) : '' })),

    /** The start page of somebody who is logged in. @param {Session} session */
    loggedIn(session) {
      const claim = (/** @type {string} */ name) => (typeof session.claims[name] === 'string' ? session.claims[name] : '');
      const name = claim('name') || claim('nickname') || claim('email') || claim('sub');
      // The tenant uses the e-mail address as the name of a person without one. The page shows the address once.
      const isOnce = claim('email') === name;
      return page('You are logged in', make('logged-in', {
        'initial': [...name].slice(0, 1).join('').toUpperCase(),
        name,
        'name-id': isOnce ? 'who-email' : 'who-name',
        'email-line': isOnce ? '' : fill('<p id="who-email" class="quiet">{{email}}</p>', { email: claim('email') }),
        'since': fill('<time id="who-since" datetime="{{machines}}">{{people}}</time>', { machines: new Date(session.loggedInAt).toISOString(), people: forPeople(session.loggedInAt) }),
        'claims': claimRows(session.claims),
        'csrf-token': session.csrfToken,
      }));
    },

    /**
     * The page that says where the code was sent, with an empty field for it.
     *
     * @param {{ address: string, sentAgain: boolean }} login
     * @param {Problem} [problem]
     */
    code(login, problem) {
      const sentAgain = '      <p class="note note--ok" id="sent-again" role="status">A new code is on its way. The one before no longer works.</p>\n';
      const told = '      <p class="note note--error" id="problem" role="alert">{{text}}</p>\n';
      return page(problem?.title ?? 'Enter your code', make('code', {
        'address': login.address,
        'notice': problem ? fill(told, { text: problem.text }) : login.sentAgain ? fill(sentAgain, {}) : '',
        'described-by': problem ? 'lead problem' : 'lead',
        // The field is marked only if its value was wrong, not if a server failed.
        'invalid': `${problem !== undefined && problem.status < 500}`,
        'form-page': '/inline.html',
        inbox,
      }));
    },

    /** The page about an error. @param {Problem} problem */
    problem: (problem) => page(problem.title, make('problem', {
      'title': problem.title,
      'text': problem.text,
      'quote': problem.quote ? fill('<blockquote id="quote">{{quote}}</blockquote>', { quote: problem.quote }) : '',
      'way-on': problem.wayOn,
      'way-to': problem.wayTo,
    })),

    /** The page for a callback without a query. Its script reads the fragment. */
    fragment: () => page('This address is not complete', make('fragment', {})),
  };
}

/** @param {Record<string, unknown>} claims */
function claimRows(claims) {
  const rows = KEPT_CLAIMS.filter((name) => claims[name] !== undefined).map((name) => {
    const value = claims[name];
    // Times in a token are seconds since 1970, so the page shows them as dates.
    const shown = typeof value === 'number' ? `${value} (${forPeople(value * 1000)})` : typeof value === 'string' ? value : JSON.stringify(value);
    return fill('<tr data-claim="{{name}}"><th scope="row">{{name}}</th><td>{{value}}</td></tr>\n', { name, value: shown }).text;
  });
  return new Html(rows.join(''));
}

/** @param {number} ms since 1970 */
function forPeople(ms) {
  const parts = new Intl.DateTimeFormat('en-US', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' }).formatToParts(ms);
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value;
  return `${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')} UTC`;
}
