// @ts-check
/** The environment in which both dialogs are compared: one page with both, one tenant, one browser. */

import { lock } from '../../../scripts/bench/peers.mjs';
import { startStage } from '../stage.mjs';

/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

/** Lock's events, in the order in which Lock emits them. */
const NAMES = [
  'show', 'hide', 'unrecoverable_error', 'authenticated', 'authorization_error', 'hash_parsed', 'socialOrPhoneNumber ready', 'socialOrPhoneNumber submit',
  'socialOrEmail ready', 'socialOrEmail submit', 'vcode ready', 'vcode submit', 'federated login', 'ssodata fetched',
];
/** Events that only our dialog has. */
const ADDED = ['code sent', 'code resent', 'link sent', 'link resent', 'step changed', 'signed in elsewhere', 'cancelled'];

/** Starts the stage with the page. Our dialog is the module. */
export async function startWorld() {
  const peer = await lock();
  const script = (/** @type {unknown} */ body) => ({ type: 'text/javascript; charset=utf-8', body: String(body) });
  const english = Object.entries(peer.answers).find(([path]) => path.endsWith('/en.js'));
  if (!english) throw new Error('The peer has no English.');
  const [path, { body }] = english;
  const stage = await startStage({
    '/peer.js': script(peer.scripts['/peer.js']),
    [path]: script(body),
    [path.replace('/en.js', '/de.js')]: script(body.replace('"en"', '"de"')),
    '/both': {
      type: 'text/html',
      body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Both</title><link rel="icon" href="data:,"><body><div id="here"></div>
<script src="/peer.js"></script><script>theirs = Auth0LockPasswordless</script><script type="module">import { Auth0LockPasswordless } from '/dist/lock.js'; window.ours = Auth0LockPasswordless;</script></body></html>`,
    },
  });
  return {
    tenant: stage.tenant.url,
    control: stage.control,
    code: stage.code,
    added: ADDED,
    /** Options that let Lock run without Auth0's servers and make the two comparable. Our dialog accepts or ignores them. */
    options: {
      clientBaseUrl: stage.tenant.url, languageBaseUrl: stage.url, overrides: { __tenant: 'mock', __token_issuer: `${stage.tenant.url}/` },
      theme: { logo: 'data:,' }, avatar: null, rememberLastLogin: false, allowedConnections: ['email'], autoSubmit: false, disableWarnings: true,
      auth: { redirectUrl: `${stage.url}/callback`, responseType: 'code' },
    },
    async reset() {
      await stage.control('POST', 'reset');
    },
    /** @param {'theirs' | 'ours'} library @param {string} [hash] */
    async page(library, hash = '') {
      const opened = await stage.open({ path: `/both${hash}` });
      // Lock takes a listener to an unknown event for an unrecoverable error, and our dialog warns of it.
      await opened.page.evaluate((names) => { /** @type {any} */ (window).names = names; }, library === 'ours' ? [...NAMES, ...ADDED] : NAMES);
      // Adds a social connection that the mock tenant does not have.
      await opened.page.route('**/client/*.js*', async (route) => {
        const social = '{"name":"google-oauth2","connections":[{"name":"google-oauth2"}]}';
        try {
          const answer = await route.fetch();
          await route.fulfill({ response: answer, body: (await answer.text()).replace('"strategies":[', `"strategies":[${social},`) });
        } catch {
          // The page was closed.
        }
      });
      await opened.page.waitForFunction(() => 'ours' in window);
      return opened;
    },
    stop: () => stage.stop(),
  };
}
