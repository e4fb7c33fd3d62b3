// @ts-check
/** auth0.js and Latchkey use the scripts of captcha providers in the same way. Stand-ins replace the scripts. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SCRIPTS, journey, standIn } from './captcha.mjs';
import { agree } from './compare.mjs';
import { open } from './harness.mjs';

/** @typedef {import('./captcha.mjs').Provider} Provider */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {Record<string, unknown>} [challenge] fields of the challenge, added to `required` and the site keys
 * @property {import('./server.mjs').ScriptedResponse} [response] in place of a challenge
 * @property {Record<string, unknown>} [options]
 * @property {import('./captcha.mjs').Action[]} [actions] after `render`
 * @property {boolean} [down] whether the provider's script cannot be loaded
 * @property {boolean} [broken] whether Arkose's script never becomes ready
 * @property {string} [ready] the event that ends `render`. Default `done`
 * @property {boolean} [silent] whether there may be no event at all
 * @property {number} [patience] milliseconds to wait for an event that is not expected
 */

const CHALLENGE = 'POST /passwordless/challenge';
/** The page reloads the captcha, until its callback is called. @type {import('./captcha.mjs').Action} */
const RELOADED = { action: 'reload', until: 'reloaded' };
const providers = /** @type {Provider[]} */ (Object.keys(SCRIPTS));

/** @type {Case[]} */
const cases = [
  ...providers.flatMap((provider) => [
    { name: `${provider}: solved`, challenge: { provider }, actions: ['solve'] },
    { name: `${provider}: in another language, hidden until needed`, challenge: { provider }, options: { lang: 'pt-BR', appearance: 'interaction-only' }, actions: ['solve'] },
    { name: `${provider}: solved, asked for anew, solved`, challenge: { provider }, actions: ['solve', provider === 'arkose' ? RELOADED : { action: 'reload', until: 'reset' }, 'solve'] },
    { name: `${provider}: down`, challenge: { provider }, down: true, silent: true, patience: 1500 },
  ]),
  ...['recaptcha_v2', 'recaptcha_enterprise', 'hcaptcha', 'auth0_v2'].map((provider) => ({ name: `${provider}: expired`, challenge: { provider }, actions: ['solve', 'expire'], patience: 200 })),
  ...providers.filter((provider) => provider !== 'arkose').map((provider) => ({ name: `${provider}: fails again and again`, challenge: { provider }, actions: ['solve', 'fail', 'fail', 'fail', 'fail'], patience: 200 })),
  { name: 'arkose: triggered, then solved', challenge: { provider: 'arkose' }, actions: ['trigger', 'solve'] },
  { name: 'arkose: asked for anew, triggered, then solved', challenge: { provider: 'arkose' }, actions: [RELOADED, 'trigger', 'solve'] },
  { name: 'arkose: fails again and again', challenge: { provider: 'arkose' }, actions: ['solve', ...Array(3).fill({ action: 'fail', until: 'run' }), 'fail'], patience: 5000 },
  { name: 'arkose: never ready', challenge: { provider: 'arkose' }, broken: true, ready: 'reset', actions: [{ action: 'wait', until: 'done' }], patience: 10_000 },
  { name: 'a template of the page', challenge: { provider: 'hcaptcha' }, options: { templates: true }, actions: ['solve'] },
  { name: 'a picture', challenge: { provider: 'auth0', image: 'data:,"&', type: 'code' } },
  { name: 'a formula', challenge: { provider: 'auth0', image: 'data:,', type: 'math' }, actions: [RELOADED, 'click'], patience: 300 },
  { name: 'a picture in a template of the page', challenge: { provider: 'auth0', image: 'data:,"&' }, options: { templates: true } },
  { name: 'an unknown provider', challenge: { provider: 'other' }, silent: true, patience: 500 },
  { name: 'none', response: { json: { required: false } }, actions: [RELOADED] },
  { name: 'no challenge', response: { status: 500, json: { error: 'e' } } },
  { name: 'no challenge, in a template of the page', response: { status: 500, json: { error: 'e' } }, options: { templates: true } },
];

/** @type {import('./intended.mjs').Intended[]} */
const intended = [
  {
    name: 'reload always calls its callback',
    reason: 'auth0.js calls it only for pictures and for Arkose',
    when: /asked for anew/,
    where: /^seen\.2\.events\.0$/,
    what: (theirs, ours) => theirs === undefined && ours[0] === 'reloaded',
  },
  {
    name: "a widget is reset by its own ID",
    reason: 'auth0.js stores the ID in an attribute of the element, so that a number becomes a text',
    when: /^recaptcha_\w+: solved, asked for anew/,
    where: /^seen\.2\.used\.0\.1$/,
    what: (theirs, ours) => theirs === '0' && ours === 0,
  },
  {
    name: 'the script of any provider is requested again, and the callback gets an error',
    reason: 'auth0.js does so only for Arkose and Turnstile; for the others the page waits for ever',
    when: /^(recaptcha|hcaptcha|friendly).*: down$/,
    where: /^(seen\.0\.events\.0|requests\.[234])$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'an unknown provider is an error',
    reason: 'auth0.js calls no callback and shows nothing',
    when: /^an unknown provider$/,
    where: /^seen\.0\.events\.0$/,
    what: (theirs, ours) => theirs === undefined && ours[1] !== undefined,
  },
  {
    name: 'the picture has an empty alternative text',
    reason: 'without it, screen readers read out the URL of the picture; its text must not be given away',
    where: /^seen\.\d\.html\.1$/,
    what: (theirs, ours) => ours === theirs.replace('img ', 'img alt= '),
  },
  {
    name: 'kind',
    reason: 'a stable name of the cause, added to the fields of auth0.js',
    where: /^seen\.0\.events\.0\.1\.kind$/,
    what: (theirs) => theirs === undefined,
  },
];

/** @type {import('./harness.mjs').Harness} */
let harness;
const met = new Set();
let ran = 0;

before(async () => { harness = await open(); });
after(() => harness?.close());

for (const one of cases) {
  test(one.name, async () => {
    ran++;
    const theirs = await observed(one, 'theirs');
    const ours = await observed(one, 'ours');
    agree(one.name, theirs, ours, intended, met);
  });
}

test('every intended difference is still there', (context) => {
  if (ran < cases.length) return context.skip('not all cases ran');
  assert.deepEqual(intended.filter(({ name }) => !met.has(name)).map(({ name }) => name), []);
});

/**
 * @param {Case} one
 * @param {'theirs' | 'ours'} library
 */
async function observed({ challenge, response, options = {}, actions = [], down = false, broken = false, ready = 'done', silent = false, patience = 3000 }, library) {
  const { server, page } = harness;
  server.script({ [CHALLENGE]: response ?? { json: { required: true, siteKey: 'SITE', clientSubdomain: 'client', ...challenge } } });
  for (const provider of providers) {
    if (down) server.withdraw(SCRIPTS[provider]);
    else server.serve(SCRIPTS[provider], `(${standIn})(${JSON.stringify(provider)}, ${broken})`, 'text/javascript');
  }
  await page.goto('https://page.com/page', { waitUntil: 'load' });
  const seen = await page.evaluate(journey, { library, options, actions: [silent ? 'render' : { action: 'render', until: ready }, ...actions], patience });
  const { requests } = server.recorded();
  const text = JSON.stringify({ ...seen, requests: requests.map(({ method, url, body }) => ({ method, url, body })) });
  return JSON.parse(text.replace(/Callback_\d+/g, 'Callback_N'));
}
