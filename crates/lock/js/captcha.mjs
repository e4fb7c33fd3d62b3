// @ts-check
/** The captcha that a tenant asks for, drawn in the place that the dialog made for it. */

/** How long a provider's script may take. */
const PATIENCE_MS = 10_000;


/**
 * The dialog's number, its language, and its words: for the field, for what goes into it (the characters, or the result of a
 * sum), and for the button that brings another picture.
 *
 * @typedef {{ id: string, language: string, label: string, code: string, math: string, reload: string }} Labels
 */

/**
 * Shows the tenant's captcha: its own picture with a field, or the widget of the provider that it names. Rejects when there
 * is nothing to show, so that the dialog can say so.
 *
 * @param {any} webAuth
 * @param {Labels} labels
 * @param {Element} [root] the dialog's
 */
export async function showCaptcha(webAuth, { id, language, label: name, code, math, reload: another }, root) {
  const place = /** @type {HTMLElement | null | undefined} */ (root?.querySelector(`#lk-${id}-captcha`));
  const challenge = await webAuth.client.passwordless.getChallenge();
  if (!challenge?.required || !place) throw new Error('The tenant gives no captcha to this page.');
  if (challenge.provider !== 'auth0') {
    place.replaceChildren(make('div'));
    const { firstElementChild } = place;
    await Promise.race([
      new Promise((resolve, reject) => {
        webAuth.renderPasswordlessCaptcha(firstElementChild, { lang: language }, (/** @type {any} */ error) => {
          // Some providers that fail tell the tenant so in their field, next: it decides whether that is good enough.
          queueMicrotask(() => {
            const field = /** @type {HTMLInputElement | null} */ (place.querySelector('[name=captcha]'));
            if (error && !field?.value) reject(error);
            else resolve(undefined);
          });
        });
      }),
      new Promise((_, reject) => { setTimeout(reject, PATIENCE_MS); }),
    ]);
    return;
  }
  const field = `lk-${id}-captcha-field`;
  const picture = make('img', { class: 'lk-captcha-picture', alt: name, src: challenge.image });
  const reload = make('button', { class: 'lk-link', type: 'button' }, another);
  const label = make('label', { class: 'lk-label', for: field }, name);
  const input = make('input', {
    class: 'lk-input', id: field, name: 'captcha', type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', dir: 'ltr',
    'aria-required': 'true', 'aria-describedby': `lk-${id}-note`, placeholder: challenge.type === 'code' ? code : math,
  });
  const row = make('div', { class: 'lk-row' });
  row.append(picture, reload);
  // Through the CSSOM: these are not worth a place in the style sheet of those who see no captcha.
  picture.style.cssText = 'max-inline-size: 100%; border-radius: 8px; background: #fff';
  row.style.marginBlock = '0 8px';
  place.style.marginBlockStart = '14px';
  reload.addEventListener('click', () => {
    // Another one, or the one that is there.
    webAuth.client.passwordless.getChallenge().then((/** @type {any} */ next) => {
      picture.setAttribute('src', next?.image ?? challenge.image);
      /** @type {HTMLInputElement} */ (input).value = '';
      input.focus();
    }, () => {});
  });
  place.replaceChildren(label, row, input);
}

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {string} [text]
 */
function make(tag, attributes = {}, text = '') {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}
