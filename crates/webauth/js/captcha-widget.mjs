// @ts-check
/** The widgets of captcha providers, whose scripts come from the providers. */

/** @typedef {import('./call.js').Callback} Callback */
/** @typedef {import('./captcha.mjs').Captcha} Captcha */
/** @typedef {import('./captcha.mjs').Challenge} Challenge */
/** Handles a failure: tries again, or gives up. @typedef {(again: () => void, giveUp?: () => void) => void} Failed */

/** How often a provider's script or challenge is tried again before the captcha fails. */
const TRIES = 3;
/** The solution that tells the tenant that the provider failed. The tenant decides whether it accepts that. */
const BYPASS = 'BYPASS_CAPTCHA';
/** The providers for which this solution is sent, as in auth0.js. */
const FAIL_OPEN = ['arkose', 'auth0_v2'];

const global = /** @type {any} */ (globalThis);

/**
 * The providers that load a script: the class of their element, the address of the script, and its API after it has loaded.
 *
 * @type {Record<string, { css: string, script: (challenge: Challenge, lang: string, callback: string) => string, api: () => any }>}
 */
export const PROVIDERS = {
  recaptcha_v2: {
    css: 'recaptcha', api: () => global.grecaptcha,
    script: (_, lang, callback) => `https://www.recaptcha.net/recaptcha/api.js?hl=${lang}&onload=${callback}`,
  },
  recaptcha_enterprise: {
    css: 'recaptcha', api: () => global.grecaptcha?.enterprise,
    script: (_, lang, callback) => `https://www.recaptcha.net/recaptcha/enterprise.js?render=explicit&hl=${lang}&onload=${callback}`,
  },
  hcaptcha: {
    css: 'hcaptcha', api: () => global.hcaptcha,
    script: (_, lang, callback) => `https://js.hcaptcha.com/1/api.js?hl=${lang}&onload=${callback}`,
  },
  friendly_captcha: {
    css: 'friendly-captcha', api: () => global.friendlyChallenge,
    script: () => 'https://cdn.jsdelivr.net/npm/friendly-challenge@0.9.12/widget.min.js',
  },
  arkose: {
    css: 'arkose', api: () => global.arkose,
    script: ({ clientSubdomain, siteKey }) => `https://${plain(clientSubdomain)}.arkoselabs.com/v2/${plain(siteKey)}/api.js`,
  },
  auth0_v2: {
    css: 'auth0_v2', api: () => global.turnstile,
    script: (_, lang, callback) => `https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit&onload=${callback}`,
  },
};

/** `text` without characters that could change the host or the path of a script's address. @param {string | undefined} text */
const plain = (text) => String(text).replace(/[^\w-]/g, '');

/**
 * Loads the provider's script, and shows its widget.
 *
 * @param {Captcha} captcha
 * @param {Challenge} challenge
 * @param {(error?: any, result?: any) => void} done
 */
export function showWidget(captcha, challenge, done) {
  const { element, settings, setValue } = captcha;
  const { provider } = challenge;
  const { css, script } = PROVIDERS[provider];
  element.innerHTML = settings.templates[provider](challenge);
  const place = element.querySelector(`.${css}`);
  const failsOpen = FAIL_OPEN.includes(provider);
  const giveUp = () => failsOpen && setValue(BYPASS);
  const failed = failing(() => setValue(), giveUp);
  const callback = `${provider}Callback_${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  global[callback] = (/** @type {any} */ arkose) => {
    if (!failsOpen) delete global[callback];
    if (provider === 'arkose') return runArkose(captcha, arkose, failed, done);
    if (provider === 'friendly_captcha') renderFriendly(captcha, challenge, place);
    else renderExplicit(captcha, challenge, place, failed);
    done();
  };
  inject(script(challenge, encodeURIComponent(settings.lang), callback), (tag) => {
    if (failsOpen) tag.dataset.callback = callback;
    if (provider === 'friendly_captcha') tag.onload = () => global[callback]();
  }, () => {
    done(new Error(`${provider} failed to load`));
    giveUp();
  });
}

/**
 * Shows the widget of Friendly Captcha.
 *
 * @param {Captcha} captcha
 * @param {Challenge} challenge
 * @param {Element | null} place
 */
function renderFriendly(captcha, { siteKey }, place) {
  const { settings, setValue } = captcha;
  const { WidgetInstance } = PROVIDERS.friendly_captcha.api();
  const instance = new WidgetInstance(place, { sitekey: siteKey, language: settings.lang, doneCallback: setValue, errorCallback: () => setValue() });
  captcha.reset = resetting(() => instance.reset());
}

/**
 * Shows the widget of reCAPTCHA, hCaptcha or Turnstile, which have one API.
 *
 * @param {Captcha} captcha
 * @param {Challenge} challenge
 * @param {Element | null} place
 * @param {Failed} failed
 */
function renderExplicit(captcha, { provider, siteKey }, place, failed) {
  const { settings, setValue } = captcha;
  const { api } = PROVIDERS[provider];
  const isTurnstile = provider === 'auth0_v2';
  const id = api().render(place, {
    sitekey: siteKey,
    callback: (/** @type {string} */ token) => {
      setValue(token);
      if (isTurnstile) settings.successCallback();
    },
    'expired-callback': () => setValue(),
    'error-callback': isTurnstile ? () => { failed(() => api().reset(id)); return true; } : () => setValue(),
    ...isTurnstile && { language: settings.lang, appearance: settings.appearance, theme: 'light', retry: 'never', 'response-field': false },
  });
  captcha.reset = resetting(() => api().reset(id));
}

/** @type {(work: () => void) => (done: (error?: any) => void) => void} */
const resetting = (work) => (done) => {
  work();
  done();
};

/** @param {Captcha} captcha @param {any} arkose @param {Failed} failed @param {Callback} done */
function runArkose(captcha, arkose, failed, done) {
  /** The callback that waits for the widget. `undefined` if the widget becomes ready again by itself. @type {Callback | undefined} */
  let waiting = done;
  const callBack = (/** @type {[any, any?]} */ ...outcome) => {
    waiting?.(...outcome);
    waiting = undefined;
  };
  /** @type {() => void} */
  let solved = () => {};
  captcha.reset = (next) => {
    waiting = next;
    arkose.reset();
  };
  arkose.setConfig({
    onReady: () => callBack(null, { triggerCaptcha: (/** @type {() => void} */ then) => { solved = then; arkose.run(); } }),
    onCompleted: (/** @type {{ token: string }} */ { token }) => {
      captcha.setValue(token);
      solved();
    },
    onError: (/** @type {any} */ { error }) => failed(() => {
      arkose.reset();
      setTimeout(() => arkose.run(), 500);
    }, () => callBack(new Error(error?.error))),
  });
}

/**
 * Returns a function that handles failures: the first three times it clears the solution and tries again, then it ends.
 *
 * @param {() => void} clear @param {() => void} end
 */
function failing(clear, end) {
  let failures = 0;
  return (/** @type {() => void} */ again, giveUp = () => {}) => {
    if (failures++ < TRIES) {
      clear();
      again();
    } else {
      giveUp();
      end();
    }
  };
}

/**
 * Loads a provider's script. If that fails, tries again three times.
 *
 * @param {string} src @param {(tag: HTMLScriptElement) => void} prepare @param {() => void} giveUp
 */
function inject(src, prepare, giveUp) {
  let tries = 0;
  const load = () => {
    const tag = document.createElement('script');
    Object.assign(tag, { src, async: true, defer: true });
    prepare(tag);
    tag.onerror = () => {
      tag.remove();
      if (tries++ < TRIES) load();
      else giveUp();
    };
    document.body.append(tag);
  };
  load();
}
