// @ts-check
/** Drives one journey through Lock's dialog or ours: the same actions with other selectors. */

import { normalised } from '../../parity/compare.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'theirs' | 'ours'} Library */

/** The selectors of each dialog. The address screen of ours has a hidden row with a link, too. @type {Record<Library, Record<string, string>>} */
const HANDLES = {
  theirs: {
    email: '.auth0-lock-input[name=email]', phone: '.auth0-lock-input[name=phoneNumber]', code: '.auth0-lock-input[name=vcode]',
    submit: 'button.auth0-lock-submit', back: '.auth0-lock-back-button', close: '.auth0-lock-close-button', social: '[data-provider=google-oauth2]',
    terms: '.auth0-lock-sign-up-terms-agreement input', resend: 'a.auth0-lock-alternative-link', sent: '.auth0-lock-confirmation', dialog: '.auth0-lock.auth0-lock-opened, .auth0-lock.auth0-lock-opened-in-frame',
    alert: '.auth0-global-message-error', message: '.auth0-global-message-error, .auth0-lock-error-msg',
  },
  ours: {
    email: '.lk [name=email]', phone: '.lk [type=tel]', code: '.lk-code-input', submit: '.lk-submit', back: '.lk-back', close: '.lk-close',
    social: '.lk [data-connection=google-oauth2]', terms: '.lk-terms input', resend: '.lk-row:not([hidden]) .lk-link:not([aria-disabled=true])', sent: '.lk-mark', dialog: '.lk', alert: '.lk-note[data-tone=error]', message: '.lk-note:not([hidden]), .lk-hint:not(.lk-hint--tip):not([hidden])',
  },
};

/** Headers that a library sets itself. The browser sets the others. */
const OWN_HEADERS = ['auth0-client', 'content-type', 'x-request-language'];

/** The actions of journeys. */
export class Hands {
  /**
   * @param {import('./parity.mjs').World} world
   * @param {Page} page
   * @param {Library} library
   * @param {any[][]} events the events so far
   */
  constructor(world, page, library, events) {
    this.world = world;
    this.page = page;
    this.library = library;
    this.events = events;
    this.isOurs = library === 'ours';
    this.handles = HANDLES[library];
  }

  /** @param {string} name */
  at(name) {
    return this.page.locator(this.handles[name]).first();
  }

  /** Makes a dialog and shows it. @param {Record<string, any>} [options] @param {{ show?: Record<string, any> | null, client?: string }} [how] */
  async open(options = {}, { show, client = 'latchkey-web' } = {}) {
    await this.page.evaluate(([library, client, domain, options]) => {
      const w = /** @type {any} */ (window);
      w.lock = new w[library](client, domain, options);
      for (const name of w.names) w.lock.on(name, (/** @type {unknown[]} */ ...args) => w.tell(name, JSON.parse(JSON.stringify(args))));
    }, /** @type {const} */ ([this.library, client, this.world.tenant, { ...this.world.options, ...options, auth: { ...this.world.options.auth, ...options.auth } }]));
    if (show !== null) await this.show(show);
  }

  /** @param {Record<string, any>} [options] */
  async show(options) {
    await this.page.evaluate((options) => /** @type {any} */ (window).lock.show(options), options);
    await this.at('dialog').waitFor();
  }

  /** @param {string} code run in the page, where `lock` is the dialog */
  run(code) {
    return this.page.evaluate(`(async () => { ${code} })()`);
  }

  /** @param {string} name @param {string} text */
  async fill(name, text) {
    await this.at(name).fill(text);
  }

  /** @param {string} name */
  async press(name) {
    // Lock animates its buttons and covers some of them; a dispatched event reaches them all the same.
    await this.at(name).dispatchEvent('click');
  }

  /** Enters an address and asks for a code. @param {string} address */
  async ask(address) {
    await this.fill('email', address);
    await this.press('submit');
  }

  /** Enters a code and submits it. @param {string} code */
  async enter(code) {
    await this.fill('code', code);
    await this.press('submit');
  }

  /** Waits for an event of the dialog. @param {string} name */
  async emitted(name) {
    for (let tries = 0; tries < 200 && !this.events.some(([event]) => event === name); tries++) await this.page.waitForTimeout(25);
  }

  /** Waits until the tenant has redirected the browser back. */
  async back() {
    await this.page.waitForURL(/\/callback/);
  }

  /** Waits for the response to a request. @param {string} path @param {() => Promise<void>} act */
  async responded(path, act) {
    const waiting = this.page.waitForResponse((response) => new URL(response.url()).pathname === path && response.request().method() !== 'OPTIONS');
    await act();
    const response = await waiting;
    await response.finished();
    // Waits until the library shows the outcome.
    const { message, code, sent } = this.handles;
    await this.page.locator(response.ok() ? `${code}, ${sent}` : message).first().waitFor({ state: 'attached' });
    await this.turns();
  }

  /** Waits until the dialog is off the page, which takes Lock a second. */
  async gone() {
    await this.page.locator('.lk, .auth0-lock').first().waitFor({ state: 'detached' });
  }

  /** Waits until postponed tasks of the page have run, and their events were emitted. */
  async turns() {
    await this.run('for (let turns = 0; turns < 3; turns++) await new Promise((done) => setTimeout(done));');
  }
}

/**
 * Goes through a journey, and returns everything that can be observed of it.
 *
 * @param {import('./parity.mjs').World} world
 * @param {import('./journeys.mjs').Journey} journey
 * @param {Library} library
 */
export async function observed(world, journey, library) {
  await world.reset();
  const { context, page, problems } = await world.page(library, journey.hash);
  /** @type {any[][]} */
  const events = [];
  await page.exposeFunction('tell', (/** @type {string} */ name, /** @type {any[]} */ args) => { events.push([name, ...args]); });
  /** @type {Record<string, any>[]} */
  const requests = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(world.tenant) || request.method() === 'OPTIONS' || request.redirectedFrom()) return;
    const { pathname, searchParams } = new URL(request.url());
    const headers = Object.fromEntries(OWN_HEADERS.flatMap((name) => (request.headers()[name] === undefined ? [] : [[name, request.headers()[name]]])));
    requests.push({ method: request.method(), path: pathname, query: Object.fromEntries(searchParams), headers, body: request.postDataJSON() });
  });
  try {
    const result = (await journey.go(new Hands(world, page, library, events))) ?? null;
    const isStartUp = (/** @type {Record<string, any>} */ { path }) => /^\/client\/|^\/user\/|\/challenge$/.test(path);
    const names = events.map(([name]) => name);
    return masked({
      startUp: requests.filter(isStartUp).map(({ path }) => path),
      requests: requests.filter((request) => !isStartUp(request)),
      order: names.filter((name) => !world.added.includes(name)),
      added: [...new Set(names.filter((name) => world.added.includes(name)))].sort(),
      payloads: Object.fromEntries([...new Set(names)].map((name) => [name, events.filter(([event]) => event === name).map(([, ...args]) => args)])),
      result,
      problems: problems.filter((problem) => !/language|translation/i.test(problem)),
    });
  } finally {
    await context.close();
  }
}

/** Replaces values that differ in each run. @param {Record<string, any>} seen @returns {Record<string, any>} */
const masked = (seen) => JSON.parse(JSON.stringify(normalised(seen))
  .replace(/"(otp|login_ticket|co_id|co_verifier)":"[^"]+"/g, '"$1":"<$1>"')
  .replace(/"<\{'name':'(?:library|lock\.js)'[^"]*"/g, '"<telemetry>"'));
