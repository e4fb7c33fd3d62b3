// @ts-check
/** The page that every set-up makes: a button that opens the dialog, and the SDK beside it. */

/**
 * A way to install and use the package, tried in a folder of its own.
 *
 * @typedef {object} SetUp
 * @property {string} name
 * @property {string[]} [packages] npm packages besides ours, each with its version
 * @property {Record<string, string | ((home: string) => string)>} files by their path; a function gets the folder of our installed package
 * @property {string[][]} [build] commands
 * @property {string} [folder] what is served; without it, `serve` starts a server
 * @property {string} [path] of the page on that server. Default: `/`
 * @property {(port: number) => string[]} [serve] the command of a server, such as a development server
 * @property {boolean} [strict] served with a strict content security policy
 * @property {string} [languages] `module` where the words of the language have to come as a module. Default: `module`
 * @property {RegExp} [chatter] console messages of the tool itself
 * @property {boolean} [isTest] it is a test runner: its commands are all
 */

/** Finds the tenant and the callback in the page's address, so that one build serves every run. */
const SET_UP = `const given = new URLSearchParams(location.search);
const domain = given.get('tenant');
const redirectUri = given.get('callback');`;

/** Opens the dialog at a press of the button; says by the page's title that the SDK works. */
export const USE = `${SET_UP}
const webAuth = new WebAuth({ domain, clientID: 'latchkey-web', redirectUri, responseType: 'code' });
document.title = new URL(webAuth.client.buildAuthorizeUrl({ state: 's' })).pathname;
const lock = new Auth0LockPasswordless('latchkey-web', domain, { auth: { redirectUrl: redirectUri } });
document.querySelector('#login').addEventListener('click', () => lock.show());
`;

/** The README's lines for a bundler. */
export const ENTRY = `import { WebAuth } from 'latchkey';
import { Auth0LockPasswordless } from 'latchkey/lock';
${USE}`;

/** The same with the wasm in files of its own. */
export const SLIM_ENTRY = `import init, { WebAuth } from 'latchkey/slim';
import initLock, { Auth0LockPasswordless } from 'latchkey/lock/slim';
await Promise.all([init(), initLock()]);
${USE}`;

/** The same within a component: \`mount\` opens what \`unmount\` closes for good. */
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
