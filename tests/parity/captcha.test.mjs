// @ts-check
/** Captchas through auth0.js and through ours, on stand-ins of the providers' scripts: what is asked of them must agree. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SCRIPTS, journey, standIn } from './captcha.mjs';
import { agree } from './compare.mjs';
import { open } from './harness.mjs';

/** @typedef {import('./captcha.mjs').Provider} Provider */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {Record<string, unknown>} [challenge] beside `required` and the keys
 * @property {import('./server.mjs').Answer} [answer] instead of a challenge
 * @property {Record<string, unknown>} [options]
 * @property {string[]} [steps]
 * @property {boolean} [down] whether the provider cannot be reached
 * @property {boolean} [broken] whether its script is there and of no use
 * @property {string} [ready] what says that the captcha is there, `done` unless told
 * @property {boolean} [silent] whether nothing may come of it at all
 * @property {number} [patience] milliseconds to wait for what does not come
 */

const CHALLENGE = 'POST /passwordless/challenge';
const providers = /** @type {Provider[]} */ (Object.keys(SCRIPTS));

/** @type {Case[]} */
const cases = [
  ...providers.flatMap((provider) => [
    { name: `${provider}: solved`, challenge: { provider }, steps: ['solve'] },
    { name: `${provider}: in another language, hidden until needed`, challenge: { provider }, options: { lang: 'pt-BR', appearance: 'interaction-only' }, steps: ['solve'] },
    { name: `${provider}: solved, asked for anew, solved`, challenge: { provider }, steps: ['solve', provider === 'arkose' ? 'reload reloaded' : 'reload reset', 'solve'] },
    { name: `${provider}: down`, challenge: { provider }, down: true, silent: true, patience: 1500 },
  ]),
  ...['recaptcha_v2', 'recaptcha_enterprise', 'hcaptcha', 'auth0_v2'].map((provider) => ({ name: `${provider}: expired`, challenge: { provider }, steps: ['solve', 'expire'], patience: 200 })),
  ...providers.filter((provider) => provider !== 'arkose').map((provider) => ({ name: `${provider}: fails again and again`, challenge: { provider }, steps: ['solve', 'fail', 'fail', 'fail', 'fail'], patience: 200 })),
  { name: 'arkose: triggered, then solved', challenge: { provider: 'arkose' }, steps: ['trigger', 'solve'] },
  { name: 'arkose: asked for anew, triggered, then solved', challenge: { provider: 'arkose' }, steps: ['reload reloaded', 'trigger', 'solve'] },
  { name: 'arkose: fails again and again', challenge: { provider: 'arkose' }, steps: ['solve', 'fail run', 'fail run', 'fail run', 'fail'], patience: 5000 },
  { name: 'arkose: never ready', challenge: { provider: 'arkose' }, broken: true, ready: 'reset', steps: ['wait done'], patience: 10_000 },
  { name: 'a template of the page', challenge: { provider: 'hcaptcha' }, options: { templates: true }, steps: ['solve'] },
  { name: 'a picture', challenge: { provider: 'auth0', image: 'data:,"&', type: 'code' } },
  { name: 'a formula', challenge: { provider: 'auth0', image: 'data:,', type: 'math' }, steps: ['reload reloaded', 'click'], patience: 300 },
  { name: 'a picture in a template of the page', challenge: { provider: 'auth0', image: 'data:,"&' }, options: { templates: true } },
  { name: 'an unknown provider', challenge: { provider: 'other' }, silent: true, patience: 500 },
  { name: 'none', answer: { json: { required: false } }, steps: ['reload reloaded'] },
  { name: 'no challenge', answer: { status: 500, json: { error: 'e' } } },
  { name: 'no challenge, in a template of the page', answer: { status: 500, json: { error: 'e' } }, options: { templates: true } },
];

/** @type {import('./intended.mjs').Intended[]} */
const intended = [
  {
    name: 'reload says when it is done',
    reason: 'auth0.js calls its callback for pictures and for Arkose alone',
    when: /asked for anew/,
    where: /^seen\.2\.events\.0$/,
    what: (theirs, ours) => theirs === undefined && ours[0] === 'reloaded',
  },
  {
    name: "a widget is reset by its own identity",
    reason: 'auth0.js keeps it as an attribute of the element, so that a number becomes a text',
    when: /^recaptcha_\w+: solved, asked for anew/,
    where: /^seen\.2\.used\.0\.1$/,
    what: (theirs, ours) => theirs === '0' && ours === 0,
  },
  {
    name: 'any provider that cannot be reached is asked again, and told',
    reason: 'auth0.js does so for Arkose and Turnstile; for the others the page waits for ever',
    when: /^(recaptcha|hcaptcha|friendly).*: down$/,
    where: /^(seen\.0\.events\.0|requests\.[234])$/,
    what: (theirs) => theirs === undefined,
  },
  {
    name: 'an unknown provider is an error',
    reason: 'auth0.js says nothing, and shows nothing',
    when: /^an unknown provider$/,
    where: /^seen\.0\.events\.0$/,
    what: (theirs, ours) => theirs === undefined && ours[1] !== undefined,
  },
  {
    name: 'the picture has an empty alternative text',
    reason: "screen readers read out its address otherwise; a picture's text is what it is to test",
    where: /^seen\.\d\.html\.1$/,
    what: (theirs, ours) => ours === theirs.replace('img ', 'img alt= '),
  },
  {
    name: 'kind',
    reason: 'a stable name of the cause, beside everything that auth0.js says',
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
async function observed({ challenge, answer, options = {}, steps = [], down = false, broken = false, ready = 'done', silent = false, patience = 3000 }, library) {
  const { server, page } = harness;
  server.script({ [CHALLENGE]: answer ?? { json: { required: true, siteKey: 'SITE', clientSubdomain: 'client', ...challenge } } });
  for (const provider of providers) {
    if (down) server.withdraw(SCRIPTS[provider]);
    else server.serve(SCRIPTS[provider], `(${standIn})(${JSON.stringify(provider)}, ${broken})`, 'text/javascript');
  }
  await page.goto('https://page.com/page', { waitUntil: 'load' });
  const seen = await page.evaluate(journey, { library, options, steps: [silent ? 'render' : `render ${ready}`, ...steps], patience });
  const { requests } = server.recorded();
  const text = JSON.stringify({ ...seen, requests: requests.map(({ method, url, body }) => ({ method, url, body })) });
  return JSON.parse(text.replace(/Callback_\d+/g, 'Callback_N'));
}
