// @ts-check
/** Journeys of people and pages, which run through Lock's dialog and through ours. */

const ADDRESS = 'ada@example.com';
const NUMBER = '15123456789';

/**
 * @typedef {object} Journey
 * @property {string} name
 * @property {string} [hash] of the page's address
 * @property {(hands: import('./drive.mjs').Hands) => Promise<unknown>} go its result is compared too
 */

/** @type {Journey[]} */
export const journeys = [
  {
    name: 'a code logs in',
    async go(hands) {
      await hands.open();
      await hands.ask(ADDRESS);
      await hands.enter(await hands.world.code(ADDRESS));
      await hands.back();
    },
  },
  {
    name: 'a wrong code, then the right one',
    async go(hands) {
      await hands.open();
      await hands.ask(ADDRESS);
      const code = await hands.world.code(ADDRESS);
      await hands.fill('code', code === '111111' ? '222222' : '111111');
      await hands.responded('/co/authenticate', () => hands.press('submit'));
      await hands.enter(code);
      await hands.back();
    },
  },
  {
    name: 'an empty code',
    async go(hands) {
      await hands.open();
      await hands.ask(ADDRESS);
      await hands.at('code').waitFor();
      if (hands.isOurs) await hands.press('submit');
      else await hands.responded('/co/authenticate', () => hands.press('submit'));
    },
  },
  {
    name: 'another code',
    async go(hands) {
      await hands.open(hands.isOurs ? { resendCoolDown: 1 } : {});
      await hands.ask(ADDRESS);
      await hands.world.code(ADDRESS);
      await hands.press('resend');
      if (!hands.isOurs) await hands.press('submit');
      await hands.enter(await hands.world.code(ADDRESS, 1));
      await hands.back();
    },
  },
  {
    name: 'back, and another address',
    async go(hands) {
      await hands.open();
      await hands.ask(ADDRESS);
      await hands.at('code').waitFor();
      await hands.press('back');
      await hands.at('email').waitFor();
      const kept = await hands.at('email').inputValue();
      await hands.ask('grace@example.com');
      await hands.enter(await hands.world.code('grace@example.com'));
      await hands.back();
      return { kept };
    },
  },
  {
    name: 'an address that is none',
    async go(hands) {
      await hands.open();
      await hands.ask('ada');
      // Ours may still be loading: the painted screen keeps the press until the dialog is there.
      await hands.page.locator('input[aria-invalid="true"]').waitFor();
      return { invalid: await hands.at('email').getAttribute('aria-invalid') };
    },
  },
  {
    name: 'spaces around an address',
    async go(hands) {
      await hands.open({}, { show: { auth: { params: { scope: 'openid' } } } });
      await hands.ask(` ${ADDRESS} `);
      await hands.at('code').waitFor();
    },
  },
  {
    name: 'a link is sent, and sent again',
    async go(hands) {
      await hands.open({ passwordlessMethod: 'link', ...hands.isOurs && { resendCoolDown: 1 }, auth: { params: { prompt: 'login' } } });
      // Lock's dialog throws, and disappears for a moment.
      const broken = hands.isOurs ? undefined : hands.page.waitForEvent('pageerror');
      await hands.ask(ADDRESS);
      await (broken ?? hands.at('sent').waitFor());
      await hands.turns();
    },
  },
  {
    name: 'the tenant refuses the address',
    async go(hands) {
      await hands.world.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 400, body: { error: 'bad.email', error_description: 'No.' } });
      await hands.open();
      await hands.responded('/passwordless/start', () => hands.ask(ADDRESS));
    },
  },
  {
    name: 'the tenant limits the rate',
    async go(hands) {
      await hands.world.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 429, body: { error: 'too_many_requests', error_description: 'Slowly.' } });
      await hands.open();
      await hands.responded('/passwordless/start', () => hands.ask(ADDRESS));
    },
  },
  {
    name: 'a number, and its code',
    async go(hands) {
      await hands.open({ allowedConnections: ['sms'], defaultLocation: 'DE' });
      await hands.fill('phone', NUMBER);
      await hands.press('submit');
      await hands.enter(await hands.world.code(`+49${NUMBER}`));
      await hands.back();
    },
  },
  {
    name: 'the tenant refuses the number',
    async go(hands) {
      await hands.world.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 400, body: { error: 'bad.phone_number', error_description: 'No.' } });
      await hands.open({ allowedConnections: ['sms'], defaultLocation: 'DE' });
      await hands.fill('phone', NUMBER);
      await hands.responded('/passwordless/start', () => hands.press('submit'));
    },
  },
  {
    name: 'a social connection',
    async go(hands) {
      await hands.open({ allowedConnections: ['google-oauth2', 'email'], auth: { connectionScopes: { 'google-oauth2': ['a', 'b'] } } });
      // The page stays until every event was emitted.
      await hands.page.route('**/authorize?**', () => {});
      const left = hands.page.waitForRequest('**/authorize?**');
      await hands.press('social');
      await left;
      await hands.emitted('federated login');
    },
  },
  {
    name: 'the terms come first',
    async go(hands) {
      await hands.open({ mustAcceptTerms: true });
      await hands.fill('email', ADDRESS);
      await hands.press('submit');
      // Until then Lock's button does nothing.
      if (hands.isOurs) await hands.emitted('socialOrEmail submit');
      await hands.press('terms');
      await hands.press('submit');
      await hands.at('code').waitFor();
    },
  },
  {
    name: 'in a container',
    async go(hands) {
      await hands.open({ container: 'here' });
      await hands.ask(ADDRESS);
      await hands.enter(await hands.world.code(ADDRESS));
      await hands.back();
    },
  },
  {
    name: 'a container that is not empty',
    async go(hands) {
      await hands.run('document.getElementById("here").append("Just a moment…", document.createElement("hr"));');
      await hands.open({ container: 'here' });
      await hands.at('email').waitFor();
      return hands.run('const here = document.getElementById("here"); return [here.textContent.includes("Just a moment"), here.querySelector("hr") !== null];');
    },
  },
  {
    name: 'a container that is not there',
    async go(hands) {
      const outcome = await hands.open({ container: 'nowhere' }, { show: null }).then(() => 'made', (error) => error.message.split('\n')[0]);
      await hands.turns();
      return outcome;
    },
  },
  {
    name: 'what show may change',
    async go(hands) {
      await hands.open({ allowedConnections: ['sms'], auth: { params: { one: '1' } } }, { show: { allowedConnections: ['email'], auth: { params: { two: '2' } }, closable: false } });
      await hands.ask(ADDRESS);
      await hands.enter(await hands.world.code(ADDRESS));
      await hands.back();
    },
  },
  {
    name: 'hide, and show again',
    async go(hands) {
      await hands.open({ prefill: { email: ADDRESS } });
      const values = [await hands.at('email').inputValue()];
      await hands.run('lock.hide();');
      await hands.gone();
      await hands.show();
      await hands.at('email').waitFor();
      values.push(await hands.at('email').inputValue());
      return values;
    },
  },
  {
    name: 'the close button',
    async go(hands) {
      await hands.open();
      await hands.at('email').waitFor();
      await hands.press('close');
      await hands.at('dialog').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'destroy',
    async go(hands) {
      await hands.open();
      await hands.at('email').waitFor();
      await hands.run('lock.destroy();');
      await hands.gone();
      if (hands.isOurs) await hands.emitted('hide');
      return { dialogs: await hands.page.locator('.lk, .auth0-lock').count(), shows: await hands.run('try { lock.show(); return "quietly"; } catch { return "throws"; }') };
    },
  },
  {
    name: 'initialScreen is of databases',
    async go(hands) {
      await hands.open({ initialScreen: 'signUp' });
      await hands.ask(ADDRESS);
      await hands.at('code').waitFor();
    },
  },
  {
    name: 'another language',
    async go(hands) {
      await hands.open({ language: 'de', languageDictionary: { title: 'Tach' } });
      await hands.page.getByText('Tach').first().waitFor();
      await hands.ask(ADDRESS);
      await hands.at('code').waitFor();
    },
  },
  {
    name: 'a connection of another name',
    async go(hands) {
      await hands.world.control('POST', 'faults', { match: { path: '/passwordless/start' }, times: 1, status: 200, body: {} });
      await hands.open({ allowedConnections: ['email'], useCustomPasswordlessConnection: true });
      await hands.responded('/passwordless/start', () => hands.ask(ADDRESS));
    },
  },
  {
    name: 'state, nonce and audience of the page',
    async go(hands) {
      await hands.open({ auth: { state: 'STATE', nonce: 'NONCE', audience: 'https://api.example', responseMode: 'query', params: { code_challenge: 'C', code_challenge_method: 'plain' } } });
      await hands.ask(ADDRESS);
      await hands.enter(await hands.world.code(ADDRESS));
      await hands.page.waitForRequest('**/authorize?**').catch(() => {});
    },
  },
  {
    name: 'no telemetry',
    async go(hands) {
      await hands.open({ _sendTelemetry: false });
      await hands.ask(ADDRESS);
      await hands.at('code').waitFor();
    },
  },
  {
    name: 'a refusal in the fragment',
    hash: '#error=access_denied&error_description=No.&state=x',
    async go(hands) {
      await hands.open({ auth: { responseType: 'token id_token' } }, { show: null });
      await hands.emitted('authorization_error');
      return { hash: new URL(hands.page.url()).hash };
    },
  },
  {
    name: 'a fragment of the page’s own',
    hash: '#/inbox',
    async go(hands) {
      await hands.open({}, { show: null });
      await hands.emitted('hash_parsed');
      return { hash: new URL(hands.page.url()).hash };
    },
  },
  {
    name: 'a fragment is left alone',
    hash: '#error=access_denied&state=x',
    async go(hands) {
      await hands.open({ auth: { autoParseHash: false } }, { show: null });
      await hands.turns();
      const result = await hands.run('return new Promise((done) => lock.resumeAuth(location.hash, (error, result) => done([error.error, result ?? null])));');
      await hands.emitted('authorization_error');
      return { result };
    },
  },
  {
    name: 'claims of a token that is none',
    async go(hands) {
      await hands.open({}, { show: null });
      await hands.emitted('hash_parsed');
      return hands.run('return new Promise((done) => lock.getUserInfo("none", (error, result) => done([error.statusCode, result ?? null])));');
    },
  },
  {
    name: 'logging out',
    async go(hands) {
      await hands.open({}, { show: null });
      // An event while the page leaves is lost.
      await hands.emitted('hash_parsed');
      const left = hands.page.waitForRequest('**/v2/logout?**');
      await hands.run('lock.logout({ returnTo: location.origin + "/", client_id: "latchkey-web", federated: true });');
      await left;
    },
  },
  {
    name: 'a flash message of no known type',
    async go(hands) {
      await hands.open({}, { show: null });
      await hands.emitted('hash_parsed');
      await hands.run('lock.show({ flashMessage: { type: "warning", text: "x" } });');
      // Our dialog opens all the same, and emits the error when it has replaced the painted screen.
      await hands.emitted('unrecoverable_error');
      await hands.turns();
    },
  },
  ...[['no client', '(undefined, "d")'], ['no domain', '("c")'], ['options that are none', '("c", "d", "e")']].map(([name, args]) => ({
    name: `${name} is refused`,
    go: (/** @type {import('./drive.mjs').Hands} */ hands) => hands.run(`try { new ${hands.library}${args}; return 'made'; } catch (error) { return [error.name, error.message]; }`),
  })),
];
