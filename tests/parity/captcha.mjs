// @ts-check
/**
 * Captchas of other companies, whose scripts no test can reach: stand-ins with the API that each company documents, and
 * what a page sees of a library that uses them. Both functions run in the page.
 */

/** Where each provider's script is: host and path, without the query. */
export const SCRIPTS = {
  recaptcha_v2: 'www.recaptcha.net/recaptcha/api.js',
  recaptcha_enterprise: 'www.recaptcha.net/recaptcha/enterprise.js',
  hcaptcha: 'js.hcaptcha.com/1/api.js',
  friendly_captcha: 'cdn.jsdelivr.net/npm/friendly-challenge@0.9.12/widget.min.js',
  arkose: 'client.arkoselabs.com/v2/SITE/api.js',
  auth0_v2: 'challenges.cloudflare.com/turnstile/v0/api.js',
};

/** @typedef {keyof typeof SCRIPTS} Provider */

/**
 * A provider's script: it notes down how it is used in `captcha.log`, and lets a test be the person and the provider:
 * `captcha.solve`, `captcha.expire`, `captcha.fail`.
 *
 * @param {string} provider
 * @param {boolean} broken whether Arkose never gets ready
 */
export function standIn(provider, broken) {
  const page = /** @type {any} */ (window);
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {unknown[][]} */
  const log = [['script', script.src, { async: script.async, defer: script.defer, callback: script.dataset.callback }]];
  const note = (/** @type {string} */ name, /** @type {unknown[]} */ ...args) => log.push([name, ...args.map(shown)]);
  /** The parameters of the widget. @type {any} */
  let widget = {};
  const soon = (/** @type {() => void} */ work) => setTimeout(work, 10);

  /** reCAPTCHA, hCaptcha and Turnstile have one API. @param {string | number} id */
  const explicit = (id) => ({
    render(/** @type {Element} */ place, /** @type {any} */ params) {
      note('render', place, params);
      widget = params;
      return id;
    },
    reset: (/** @type {unknown} */ of) => note('reset', of),
  });
  /** Arkose Labs hand their object to the function that `data-callback` names, and say when it is ready. */
  const answer = () => (broken ? widget.onError({ error: { error: 'E' } }) : widget.onReady());
  const enforcement = {
    setConfig(/** @type {any} */ config) {
      note('setConfig', config);
      widget = config;
      soon(answer);
    },
    run() {
      note('run');
      if (broken) soon(answer);
    },
    reset() {
      note('reset');
      if (!broken) soon(answer);
    },
  };
  if (provider === 'recaptcha_v2') page.grecaptcha = explicit(0);
  if (provider === 'recaptcha_enterprise') page.grecaptcha = { enterprise: explicit(0) };
  if (provider === 'hcaptcha') page.hcaptcha = explicit('0x7');
  if (provider === 'auth0_v2') page.turnstile = explicit('cf-chl-widget-1');
  if (provider === 'friendly_captcha') {
    page.friendlyChallenge = {
      WidgetInstance: class {
        constructor(/** @type {Element} */ place, /** @type {any} */ options) {
          note('WidgetInstance', place, options);
          widget = options;
        }

        reset() {
          note('reset');
        }
      },
    };
  }
  const answered = (/** @type {string[]} */ names, /** @type {unknown[]} */ ...args) => names.map((name) => widget[name]).find((one) => one)?.(...args);
  page.captcha = {
    log,
    solve: () => answered(['callback', 'doneCallback', 'onCompleted'], provider === 'arkose' ? { token: 'TOKEN' } : 'TOKEN'),
    expire: () => answered(['expired-callback']),
    fail: () => answered(['error-callback', 'errorCallback', 'onError'], { error: { error: 'E' } }),
  };
  if (provider === 'arkose') soon(() => page[script.dataset.callback ?? ''](enforcement));
  else soon(() => page[new URL(script.src).searchParams.get('onload') ?? '']?.());

  /** @param {any} value @returns {any} */
  function shown(value) {
    if (typeof value === 'function') return '$function';
    if (value instanceof Element) return `.${value.className}`;
    return value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)])) : value;
  }
}

/**
 * Has the captcha rendered and goes through `steps`, `render` first; says what was seen after each.
 *
 * `solve`, `expire` and `fail` are what person and provider do, `reload` and `trigger` what the page does, `click` presses
 * the picture's own button, `wait` leaves them alone. After a space stands what to wait for; else it is any change, and no
 * longer than `patience` milliseconds.
 *
 * @param {{ library: 'theirs' | 'ours', options: Record<string, unknown>, steps: string[], patience: number }} order
 */
export async function journey({ library, options, steps, patience }) {
  const page = /** @type {any} */ (window);
  const client = new page[library].WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'token', state: 's', _sendTelemetry: false });
  const element = document.body.appendChild(document.createElement('div'));
  /** @type {unknown[][]} */
  const events = [];
  let trigger = () => {};
  const heard = (/** @type {string} */ name) => (/** @type {any[]} */ ...args) => {
    trigger = args[1]?.triggerCaptcha ? () => args[1].triggerCaptcha(() => events.push(['solved'])) : trigger;
    events.push([name, ...args.map((arg) => (arg instanceof Error ? arg.message : arg && { ...arg, triggerCaptcha: typeof arg.triggerCaptcha }))]);
  };
  const templates = options.templates && {
    hcaptcha: (/** @type {any} */ { siteKey }) => `<p>${siteKey}</p><div class="hcaptcha"></div><input type="hidden" name="captcha">`,
    auth0: (/** @type {any} */ { image }) => `<p title="${image}"></p><input name="captcha">`,
    error: (/** @type {any} */ error) => `<p>${error.code}</p>`,
  };
  const handle = client.renderPasswordlessCaptcha(element, { ...options, ...(templates ? { templates } : {}), successCallback: () => events.push(['success']) }, heard('done'));

  const seen = [];
  for (const step of steps) {
    const [action, sign] = step.split(' ');
    const before = count();
    if (action === 'reload') handle.reload(heard('reloaded'));
    else if (action === 'trigger') trigger();
    else if (action === 'click') /** @type {HTMLElement} */ (element.querySelector('.captcha-reload')).click();
    else if (action !== 'render' && action !== 'wait') page.captcha[action]();
    const happened = () => (sign ? [...events, ...page.captcha?.log ?? []].some(([name]) => name === sign) : count() !== before);
    await until(happened, sign ? 15_000 : patience);
    // What follows from it at once: a reset by Arkose ends in `onReady`.
    await new Promise((resolve) => setTimeout(resolve, 60));
    seen.push({ step, events: events.splice(0), used: page.captcha?.log.splice(0) ?? [], value: handle.getValue() ?? '$undefined', html: shape(element) });
  }
  return { seen, hidden: element.style.display, left: Object.keys(page).filter((name) => /Callback_\d+$/.test(name)).map((name) => name.replace(/\d+$/, '')) };

  /** Whatever can have changed. */
  function count() {
    return events.length + (page.captcha?.log.length ?? 0) + (handle.getValue() ?? '').length;
  }

  /** @param {() => boolean} condition @param {number} ms */
  async function until(condition, ms) {
    for (const end = Date.now() + ms; !condition() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Elements with their attributes; the space between them means nothing. @param {Element} root */
  function shape(root) {
    return [...root.querySelectorAll('*')].map((one) => [one.localName, ...[...one.attributes].map(({ name, value }) => `${name}=${value}`).sort(), one.children.length ? '' : one.textContent].join(' ').trim());
  }
}
