// @ts-check
/**
 * Stand-ins for the scripts of captcha providers, which tests cannot load, with the API that each provider documents. The
 * functions run in the page.
 */

/** Host and path of each provider's script. */
export const SCRIPTS = {
  recaptcha_v2: 'www.recaptcha.net/recaptcha/api.js',
  recaptcha_enterprise: 'www.recaptcha.net/recaptcha/enterprise.js',
  hcaptcha: 'js.hcaptcha.com/1/api.js',
  friendly_captcha: 'cdn.jsdelivr.net/npm/friendly-challenge@0.9.12/widget.min.js',
  arkose: 'client.arkoselabs.com/v2/SITE/api.js',
  auth0_v2: 'challenges.cloudflare.com/turnstile/v0/api.js',
};

/** @typedef {keyof typeof SCRIPTS} Provider */
/** An action, or an action and the event that ends it. @typedef {string | { action: string, until: string }} Action */

/**
 * A provider's script. It records its calls in `captcha.log`. `captcha.solve`, `captcha.expire` and `captcha.fail` act as the user
 * and the provider.
 *
 * @param {string} provider
 * @param {boolean} broken whether Arkose's script never becomes ready
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
  /** Arkose's script calls the function that `data-callback` names with its object, and then `onReady`. */
  const report = () => (broken ? widget.onError({ error: { error: 'E' } }) : widget.onReady());
  const enforcement = {
    setConfig(/** @type {any} */ config) {
      note('setConfig', config);
      widget = config;
      soon(report);
    },
    run() {
      note('run');
      if (broken) soon(report);
    },
    reset() {
      note('reset');
      if (!broken) soon(report);
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
  const callBack = (/** @type {string[]} */ names, /** @type {unknown[]} */ ...args) => names.map((name) => widget[name]).find((one) => one)?.(...args);
  page.captcha = {
    log,
    solve: () => callBack(['callback', 'doneCallback', 'onCompleted'], provider === 'arkose' ? { token: 'TOKEN' } : 'TOKEN'),
    expire: () => callBack(['expired-callback']),
    fail: () => callBack(['error-callback', 'errorCallback', 'onError'], { error: { error: 'E' } }),
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
 * Renders the captcha, performs the actions, and returns the events, calls and elements after each.
 *
 * The user and the provider `solve`, `expire` and `fail`, the page calls `reload` and `trigger`, and `click` clicks the reload
 * button of the picture. `render` and `wait` only wait. Each action waits for the event `until` or, without it, for any change, but
 * not longer than `patience` milliseconds.
 *
 * @param {{ library: 'theirs' | 'ours', options: Record<string, unknown>, actions: Action[], patience: number }} order
 */
export async function journey({ library, options, actions, patience }) {
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
  for (const each of actions) {
    const { action, until: expected } = typeof each === 'string' ? { action: each, until: undefined } : each;
    const before = count();
    if (action === 'reload') handle.reload(heard('reloaded'));
    else if (action === 'trigger') trigger();
    else if (action === 'click') /** @type {HTMLElement} */ (element.querySelector('.captcha-reload')).click();
    else if (action !== 'render' && action !== 'wait') page.captcha[action]();
    const happened = () => (expected ? [...events, ...page.captcha?.log ?? []].some(([name]) => name === expected) : count() !== before);
    await until(happened, expected ? 15_000 : patience);
    // Some actions have a second effect at once, such as `onReady` after a reset of Arkose.
    await new Promise((resolve) => setTimeout(resolve, 60));
    seen.push({ action, events: events.splice(0), used: page.captcha?.log.splice(0) ?? [], value: handle.getValue() ?? '$undefined', html: shape(element) });
  }
  return { seen, hidden: element.style.display, left: Object.keys(page).filter((name) => /Callback_\d+$/.test(name)).map((name) => name.replace(/\d+$/, '')) };

  /** A number that changes with every event, call and solution. */
  function count() {
    return events.length + (page.captcha?.log.length ?? 0) + (handle.getValue() ?? '').length;
  }

  /** @param {() => boolean} condition @param {number} ms */
  async function until(condition, ms) {
    for (const end = Date.now() + ms; !condition() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** The elements with their attributes, without the white space between them. @param {Element} root */
  function shape(root) {
    return [...root.querySelectorAll('*')].map((one) => [one.localName, ...[...one.attributes].map(({ name, value }) => `${name}=${value}`).sort(), one.children.length ? '' : one.textContent].join(' ').trim());
  }
}
