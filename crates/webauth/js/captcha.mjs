// @ts-check
/** The captcha that the tenant's own (classic) login page shows before a code is sent (auth0.js: `renderPasswordlessCaptcha`). */

import { PROVIDERS, showWidget } from './captcha-widget.mjs';

/** @typedef {import('./call.js').Callback} Callback */
/** @typedef {{ required?: boolean, provider?: any, type?: string, image?: string, siteKey?: string, clientSubdomain?: string }} Challenge */
/**
 * A captcha on the page. `reset` resets a provider's widget and calls back; it is `undefined` until there is a widget.
 *
 * @typedef {{
 *   element: HTMLElement,
 *   settings: { lang: string, appearance: string, successCallback: () => void, templates: typeof TEMPLATES },
 *   setValue: (value?: string) => void,
 *   reset?: (done: Callback) => void,
 * }} Captcha
 */

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
 * @param {Partial<Captcha['settings']>} [options]
 * @param {(error?: any, result?: any) => void} [cb]
 */
export function renderCaptcha(getChallenge, element, options, cb) {
  const settings = { lang: 'en', appearance: 'always', successCallback: () => {}, ...options, templates: { ...TEMPLATES, ...options?.templates } };
  const input = () => /** @type {HTMLInputElement | null} */ (element.querySelector('input[name="captcha"]'));
  /** @type {Captcha} */
  const captcha = { element, settings, setValue: (value = '') => { const field = input(); if (field) field.value = value; } };

  /** @type {(done?: Callback) => void} */
  const load = (done = () => {}) => getChallenge((error, /** @type {Challenge | undefined} */ challenge) => {
    if (error) {
      element.innerHTML = settings.templates.error(error);
      return done(error);
    }
    const provider = challenge?.provider;
    element.style.display = challenge?.required ? '' : 'none';
    if (!challenge?.required) element.innerHTML = '';
    else if (provider === 'auth0') showPicture(captcha, challenge, load);
    else if (captcha.reset) {
      captcha.setValue();
      return captcha.reset(done);
    } else if (PROVIDERS[provider]) return showWidget(captcha, challenge, done);
    else return done(new Error(`${provider} is a captcha that this version does not know`));
    /** @type {() => void} */ (done)();
  });

  load(cb);
  return { reload: load, getValue: () => input()?.value };
}

/** Shows the tenant's own picture. @param {Captcha} captcha @param {Challenge} challenge @param {() => void} reload */
function showPicture({ element, settings }, challenge, reload) {
  element.innerHTML = settings.templates.auth0({ ...challenge, image: escaped(challenge.image) });
  element.querySelector('.captcha-challenge img')?.setAttribute('src', challenge.image ?? '');
  element.querySelector('.captcha-reload')?.addEventListener('click', (event) => {
    event.preventDefault();
    reload();
  });
}
