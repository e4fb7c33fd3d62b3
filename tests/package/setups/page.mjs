// @ts-check
/** The page that every set-up builds: the SDK, and a button that opens the dialog. */

/**
 * A set-up: one method to install and use the package, tested in a folder of its own.
 *
 * @typedef {object} SetUp
 * @property {string} name
 * @property {string[]} [packages] further npm packages, each with its version
 * @property {Record<string, string | ((home: string) => string)>} files by their path. A function gets the folder of the installed package
 * @property {string[][]} [build] commands
 * @property {string} [folder] that is served. Without it, `serve` starts a server
 * @property {string} [path] of the page on that server. Default: `/`
 * @property {(port: number) => string[]} [serve] the command of a server, such as a development server
 * @property {boolean} [strict] whether the page has a strict content security policy
 * @property {string} [languages] how the language has to be loaded. Default: `module`
 * @property {RegExp} [chatter] console messages of the tool itself
 * @property {boolean} [isTest] whether it is a test runner, so that there is no page
 */

/** Reads the tenant and the callback from the page's URL, so that one build can be used in every run. */
const SET_UP = `const given = new URLSearchParams(location.search);
const domain = given.get('tenant');
const redirectUri = given.get('callback');`;

/** Opens the dialog when the button is clicked, and sets the page's title when the SDK works. */
export const USE = `${SET_UP}
const webAuth = new WebAuth({ domain, clientID: 'latchkey-web', redirectUri, responseType: 'code' });
document.title = new URL(webAuth.client.buildAuthorizeUrl({ state: 's' })).pathname;
const lock = new Auth0LockPasswordless('latchkey-web', domain, { auth: { redirectUrl: redirectUri } });
document.querySelector('#login').addEventListener('click', () => lock.show());
`;

/** The README's code for a bundler. */
export const ENTRY = `import { WebAuth } from 'latchkey';
import { Auth0LockPasswordless } from 'latchkey/lock';
${USE}`;

/** The same with separate wasm files. */
export const SLIM_ENTRY = `import init, { WebAuth } from 'latchkey/slim';
import initLock, { Auth0LockPasswordless } from 'latchkey/lock/slim';
await Promise.all([init(), initLock()]);
${USE}`;

/** The same in a component: \`mount\` creates the dialog and \`unmount\` destroys it. */
export const COMPONENT = `import { WebAuth } from 'latchkey';
import { Auth0LockPasswordless } from 'latchkey/lock';
export function mount() {
  ${SET_UP.replaceAll('\n', '\n  ')}
  const webAuth = new WebAuth({ domain, clientID: 'latchkey-web', redirectUri, responseType: 'code' });
  document.title = new URL(webAuth.client.buildAuthorizeUrl({ state: 's' })).pathname;
  return new Auth0LockPasswordless('latchkey-web', domain, { auth: { redirectUrl: redirectUri } });
}
`;

/** @param {string} scripts */
export const html = (scripts) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>page</title><link rel="icon" href="data:,"></head>
<body><button id="login">Log in</button>
${scripts}
</body></html>
`;
