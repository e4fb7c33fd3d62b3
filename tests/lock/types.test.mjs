// @ts-check
/** Options of every wrong type, for the constructor and for `show`: they cause an error with a reason, or a dialog that works. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startStage } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());

/** Every option, by the object that contains it. */
const OPTIONS = [
  'allowedConnections', 'passwordlessMethod', 'useCustomPasswordlessConnection', 'defaultLocation', 'prefill', 'prefill.email', 'prefill.phoneNumber', 'showTerms', 'mustAcceptTerms',
  'closable', 'autoclose', 'autofocus', 'avatar', 'language', 'languageDictionary', 'languageDictionary.title', 'languageDictionary.error', 'theme', 'theme.logo', 'theme.primaryColor',
  'theme.labeledSubmitButton', 'theme.hideMainScreenTitle', 'theme.authButtons', 'theme.authButtons.acme', 'theme.authButtons.acme.displayName', 'theme.authButtons.acme.icon', 'theme.scheme', 'rememberLastLogin',
  'allowAutocomplete', 'scrollGlobalMessagesIntoView', 'forceAutoHeight', 'disableWarnings', 'mobile', 'popupOptions', 'auth', 'auth.redirect', 'auth.redirectUrl', 'auth.responseType', 'auth.responseMode',
  'auth.audience', 'auth.state', 'auth.nonce', 'auth.params', 'auth.params.scope', 'auth.autoParseHash', 'auth.sso', 'auth.connectionScopes', 'auth.connectionScopes.acme', 'hashCleanup', 'hooks', 'hooks.loggingIn',
  'connectionResolver', 'clientBaseUrl', 'configurationBaseUrl', 'assetsUrl', 'languageBaseUrl', 'languages', 'languages.de', 'overrides', 'overrides.__tenant', 'leeway', 'plugins', 'legacySameSiteCookie', '_sendTelemetry', '_telemetryInfo',
  'flashMessage', 'flashMessage.type', 'flashMessage.text', 'autoSubmit', 'offerCode', 'codeLength', 'codeLifetime', 'resendCoolDown', 'styleNonce', 'noSuchOption',
];

/** Values of every type, as source. */
const VALUES = [
  'null', 'undefined', '0', '-1', '1.5', '1e99', 'NaN', '-Infinity', '""', '"x"', '"\\ud800"', 'true', 'false', '[]', '[null]', '[[[]]]', '[1, "email", {}]', '{}', '{ a: { b: [] } }', '() => {}', 'Symbol("x")', '10n',
  'new Date(0)', 'new Date(NaN)', 'new Map([[1, 2]])', '/x/', 'new Error("x")', 'Object.create(null)', 'own', 'new Proxy({}, {})', 'new String("email")', 'Promise.reject(1).catch(() => {}) && Promise.resolve()',
];

/** Endless values, for some options. */
const ENDLESS = ['window', 'document.body', '[window, window]'];
const WITH_ENDLESS = ['allowedConnections', 'languageDictionary', 'theme.authButtons', 'auth.params', 'popupOptions', 'noSuchOption'];

/**
 * Makes, shows, submits and destroys a dialog for each value, and returns the flaws.
 *
 * @param {Page} page
 * @param {string} option
 * @param {boolean} inShow
 */
const trouble = (page, option, inShow) => page.evaluate(`(async () => {
  const found = [];
  for (const code of ${JSON.stringify(WITH_ENDLESS.includes(option) ? [...VALUES, ...ENDLESS] : VALUES)}) {
    const own = { allowedConnections: ['acme', 'email', 'sms'] };
    own.own = own;
    const value = new Function('own', 'return ' + code)(own);
    const options = {};
    let at = options;
    const path = ${JSON.stringify(option.split('.'))};
    for (const name of path.slice(0, -1)) at = at[name] = {};
    at[path.at(-1)] = value;
    const say = (what) => found.push(code + ': ' + what);
    const begin = performance.now();
    let lock;
    try {
      lock = new Auth0LockPasswordless('c', 'tenant.example', ${inShow ? "{ language: 'en', autofocus: true }" : 'options'});
      ${inShow ? 'lock.show(options);' : 'lock.show();'}
      for (let turns = 0; !document.querySelector('.lk-panel') && turns < 50; turns++) await new Promise((done) => setTimeout(done, 100));
      if (!document.querySelector('.lk-panel')) say('no dialog');
      else if (!document.querySelector('.lk :is(.lk-input, .lk-social button)')) say('no way in');
      // Tests the dialog that replaces the painted screen in the same way.
      await lock._load();
      if (!document.querySelector('.lk :is(.lk-input, .lk-social button)')) say('no way in any longer');
      document.querySelector('.lk-submit')?.click();
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError || !(error instanceof Error) || !/[a-z]\\w+ .*\\w/i.test(error.message) || /borrow|undefined|null pointer|recursion|unreachable/.test(error.message)) say(error?.name + ' ' + (error?.message ?? error));
    }
    try { lock?.destroy(); } catch (error) { say('destroy: ' + error); }
    await 0;
    if (document.querySelector('.lk')) { say('something is left'); document.querySelector('.lk').remove(); }
    // No value takes a second, but a busy machine is slow with all of them.
    if (performance.now() - begin > 20_000) say('took ' + Math.round(performance.now() - begin) + ' ms');
  }
  return found;
})()`);

for (const [name, inShow] of /** @type {const} */ ([['the constructor', false], ['show', true]])) {
  test(`${name} accepts or refuses every type of every option`, async () => {
    const { context, page, problems } = await stage.open();
    /** @type {Record<string, unknown>} */
    const found = {};
    for (const option of OPTIONS) {
      const all = /** @type {string[]} */ (await trouble(page, option, inShow));
      if (all.length > 0) found[option] = all;
    }
    assert.deepEqual(found, {});
    const uncaught = problems.filter((text) => !text.startsWith('Auth0LockPasswordless: '));
    assert.deepEqual([...new Set(uncaught)], []);
    await context.close();
  });
}

test('invalid arguments are refused with Lock’s messages', async () => {
  const { context, page } = await stage.open();
  const said = await page.evaluate((values) => {
    const w = /** @type {any} */ (window);
    const make = (/** @type {any[]} */ ...args) => { try { new w.Auth0LockPasswordless(...args).destroy(); return 'made'; } catch (error) { return `${/** @type {any} */ (error).name}: ${/** @type {any} */ (error).message}`; } };
    const own = {};
    return values.map((code) => { const value = new Function('own', `return ${code}`)(own); return [code, make(value, 'd'), make('c', value), make('c', 'd', value)]; });
  }, VALUES);
  const [id, domain, options] = ['Error: A `clientID` string must be provided as first argument.', 'Error: A `domain` string must be provided as second argument.', 'Error: When provided, the third argument must be an `options` object.'];
  for (const [code, ...answers] of said) {
    // A date is serialized as a text.
    const isText = /^"/.test(code);
    const isObject = !/^(null|-?[\d.]|NaN|-Inf|"|true|false|\[|\(\)|Symbol|10n)/.test(code) && code !== '-Infinity' && code !== '1e99';
    assert.deepEqual(answers.slice(0, 2), isText ? ['made', 'made'] : [id, domain], code);
    if (!/^new|^\/|Promise/.test(code)) assert.equal(answers[2], isObject ? 'made' : options, code);
    else assert.ok(['made', options].includes(/** @type {string} */ (answers[2])), `${code}: ${answers[2]}`);
  }
  await context.close();
});
