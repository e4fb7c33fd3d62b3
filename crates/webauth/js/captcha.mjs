// @ts-check
/** The captcha that the tenant's own (classic) login page shows before a code is sent (auth0.js: `renderPasswordlessCaptcha`). */

/** @typedef {import('./call.js').Callback} Callback */
/** @typedef {{ required?: boolean, provider?: any, type?: string, image?: string, siteKey?: string, clientSubdomain?: string }} Challenge */

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
const PROVIDERS = {
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

/** @param {unknown} text */
const escaped = (text) => String(text ?? '').replace(/&/g, '&amp;').replace(/"/g, '&quot;');

/** @type {Record<string, (challenge: any) => string>} */
const TEMPLATES = {
  auth0: ({ type }) => `<div class="captcha-challenge"><img src="" alt=""><button type="button" class="captcha-reload">↺</button></div>
<input type="text" name="captcha" class="form-control captcha-control" placeholder="${type === 'code' ? 'Enter the code shown above' : 'Solve the formula shown above'}">`,
  error: () => '<div class="error" style="color: red;">Error getting the bot detection challenge. Please contact the system administrator.</div>',
  ...Object.fromEntries(Object.entries(PROVIDERS).map(([name, { css }]) => [name, () => `<div class="${css}"></div><input type="hidden" name="captcha">`])),
};

/**
 * Shows the captcha that the tenant asks for, if any, in `element`.
 *
 * @param {(cb: Callback) => void} getChallenge
 * @param {HTMLElement} element
 * @param {{ lang?: string, appearance?: string, successCallback?: () => void, templates?: typeof TEMPLATES }} [options]
 * @param {(error?: any, result?: any) => void} [cb]
 */
export function renderCaptcha(getChallenge, element, options, cb) {
  const settings = { lang: 'en', appearance: 'always', successCallback: () => {}, ...options, templates: { ...TEMPLATES, ...options?.templates } };
  const input = () => /** @type {HTMLInputElement | null} */ (element.querySelector('input[name="captcha"]'));
  const setValue = (/** @type {string} */ value = '') => { const field = input(); if (field) field.value = value; };
  /** Resets a provider's widget and calls back. `undefined` until there is a widget. @type {((done: Callback) => void) | undefined} */
  let reset;

  /** @type {(done?: Callback) => void} */
  const load = (done = () => {}) => getChallenge((error, /** @type {Challenge | undefined} */ challenge) => {
    if (error) {
      element.innerHTML = settings.templates.error(error);
      return done(error);
    }
    const provider = challenge?.provider;
    element.style.display = challenge?.required ? '' : 'none';
    if (!challenge?.required) element.innerHTML = '';
    else if (provider === 'auth0') picture(challenge);
    else if (reset) {
      setValue();
      return reset(done);
    } else if (PROVIDERS[provider]) return widget(challenge, done);
    else return done(new Error(`${provider} is a captcha that this version does not know`));
    /** @type {() => void} */ (done)();
  });

  /** @param {Challenge} challenge */
  const picture = (challenge) => {
    element.innerHTML = settings.templates.auth0({ ...challenge, image: escaped(challenge.image) });
    element.querySelector('.captcha-challenge img')?.setAttribute('src', challenge.image ?? '');
    element.querySelector('.captcha-reload')?.addEventListener('click', (event) => {
      event.preventDefault();
      load();
    });
  };

  /** @param {Challenge} challenge @param {(error?: any, result?: any) => void} done */
  const widget = (challenge, done) => {
    const { provider } = challenge;
    const { css, script, api } = PROVIDERS[provider];
    element.innerHTML = settings.templates[provider](challenge);
    const place = element.querySelector(`.${css}`);
    const giveUp = () => FAIL_OPEN.includes(provider) && setValue(BYPASS);
    const failed = failing(() => setValue(), giveUp);
    const ready = (/** @type {any} */ arkose) => {
      if (provider === 'arkose') return runArkose(arkose, failed, done);
      if (provider === 'friendly_captcha') {
        const instance = new (api().WidgetInstance)(place, { sitekey: challenge.siteKey, language: settings.lang, doneCallback: setValue, errorCallback: () => setValue() });
        reset = resetting(() => instance.reset());
      } else {
        const turnstile = provider === 'auth0_v2';
        const id = api().render(place, {
          sitekey: challenge.siteKey,
          callback: (/** @type {string} */ token) => {
            setValue(token);
            if (turnstile) settings.successCallback();
          },
          'expired-callback': () => setValue(),
          'error-callback': turnstile ? () => { failed(() => api().reset(id)); return true; } : () => setValue(),
          ...turnstile && { language: settings.lang, appearance: settings.appearance, theme: 'light', retry: 'never', 'response-field': false },
        });
        reset = resetting(() => api().reset(id));
      }
      done();
    };
    const callback = `${provider}Callback_${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    const keepsCallback = FAIL_OPEN.includes(provider);
    global[callback] = (/** @type {any} */ arkose) => {
      if (!keepsCallback) delete global[callback];
      ready(arkose);
    };
    inject(script(challenge, encodeURIComponent(settings.lang), callback), (tag) => {
      if (keepsCallback) tag.dataset.callback = callback;
      if (provider === 'friendly_captcha') tag.onload = () => global[callback]();
    }, () => {
      done(new Error(`${provider} failed to load`));
      giveUp();
    });
  };

  /** @type {(work: () => void) => (done: (error?: any) => void) => void} */
  const resetting = (work) => (done) => {
    work();
    done();
  };

  /** @param {any} arkose @param {(again: () => void, giveUp?: () => void) => void} failed @param {Callback} done */
  const runArkose = (arkose, failed, done) => {
    /** The callback that waits for the widget. `undefined` if the widget becomes ready again by itself. @type {Callback | undefined} */
    let waiting = done;
    const callBack = (/** @type {[any, any?]} */ ...outcome) => {
      waiting?.(...outcome);
      waiting = undefined;
    };
    /** @type {() => void} */
    let solved = () => {};
    reset = (next) => {
      waiting = next;
      arkose.reset();
    };
    arkose.setConfig({
      onReady: () => callBack(null, { triggerCaptcha: (/** @type {() => void} */ then) => { solved = then; arkose.run(); } }),
      onCompleted: (/** @type {{ token: string }} */ { token }) => {
        setValue(token);
        solved();
      },
      onError: (/** @type {any} */ { error }) => failed(() => {
        arkose.reset();
        setTimeout(() => arkose.run(), 500);
      }, () => callBack(new Error(error?.error))),
    });
  };

  load(cb);
  return { reload: load, getValue: () => input()?.value };
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
