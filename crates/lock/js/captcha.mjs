// @ts-check
/** Shows the tenant's captcha in its place on the screen. */

/** The time limit for a provider's script, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * The dialog's number, its language, and its texts: the label of the field, the placeholders for characters
 * and for a sum, and the button that loads another picture.
 *
 * @typedef {{ id: string, language: string, label: string, code: string, math: string, reload: string }} Labels
 */

/**
 * Shows the tenant's captcha: the tenant's own picture with a field, or the widget of the provider that the
 * tenant names. Rejects if there is nothing to show. The dialog then shows a note.
 *
 * @param {any} webAuth
 * @param {Labels} labels
 * @param {Element} [root] the dialog's element
 */
export async function showCaptcha(webAuth, labels, root) {
  const place = /** @type {HTMLElement | null | undefined} */ (root?.querySelector(`#lk-${labels.id}-captcha`));
  const challenge = await webAuth.client.passwordless.getChallenge();
  if (!challenge?.required || !place) throw new Error('The tenant gives no captcha to this page.');
  if (challenge.provider === 'auth0') showPicture(webAuth, labels, place, challenge);
  else await showWidget(webAuth, labels, place);
}

/**
 * Shows the widget of the tenant's captcha provider.
 *
 * @param {any} webAuth
 * @param {Labels} labels
 * @param {HTMLElement} place
 */
function showWidget(webAuth, { language }, place) {
  const widget = make('div');
  place.replaceChildren(widget);
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE_MS);
    webAuth.renderPasswordlessCaptcha(widget, { lang: language }, (/** @type {any} */ error) => {
      // For some providers the SDK writes the failure into the field right after this call. Then the tenant
      // decides whether it accepts that.
      queueMicrotask(() => {
        const field = /** @type {HTMLInputElement | null} */ (place.querySelector('[name=captcha]'));
        if (error && !field?.value) reject(error);
        else resolve(undefined);
      });
    });
  });
}

/**
 * Shows the tenant's own picture, with a field for its text and a button that loads another picture.
 *
 * @param {any} webAuth
 * @param {Labels} labels
 * @param {HTMLElement} place
 * @param {any} challenge
 */
function showPicture(webAuth, { id, label: name, code, math, reload: another }, place, challenge) {
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
  // Everybody loads the style sheet, but few people see a captcha. So these styles are set here.
  picture.style.cssText = 'max-inline-size: 100%; border-radius: 8px; background: #fff';
  row.style.marginBlock = '0 8px';
  place.style.marginBlockStart = '14px';
  reload.addEventListener('click', () => {
    // If the tenant sends no picture, the current one stays.
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
