// @ts-check
/** The dialog as a custom element: `<latchkey-lock client-id="..." domain="...">`. */

import { Auth0LockPasswordless } from './lock.mjs';

/**
 * Defines the element `<latchkey-lock>`. Does nothing on a server, or if the name is defined already.
 *
 * The element shows the dialog in its own place as soon as it is on the page. With the attribute `modal` it
 * shows the dialog over the page while it has the attribute `open`. The other attributes are `client-id`,
 * `domain`, `redirect-url`, `response-type`, `scope`, `language`, `connections` (names separated by spaces)
 * and `primary-color`. The property `options` takes all other options; set it before the element is put on
 * the page.
 *
 * @param {string} [name]
 */
export function defineLockElement(name = 'latchkey-lock') {
  if (typeof customElements === 'undefined' || customElements.get(name)) return;
  customElements.define(name, class extends HTMLElement {
    static observedAttributes = ['open'];

    /** Options that the page set before the element was defined stay. @type {Record<string, any>} */
    options = /** @type {any} */ (this).options ?? {};

    /** @type {Auth0LockPasswordless | undefined} */
    lock;

    connectedCallback() {
      if (this.lock) return;
      const text = (/** @type {string} */ attribute) => this.getAttribute(attribute) ?? undefined;
      const { auth, theme, ...options } = this.options;
      const isModal = this.hasAttribute('modal');
      const scope = text('scope');
      this.lock = new Auth0LockPasswordless(/** @type {string} */ (text('client-id')), /** @type {string} */ (text('domain')), {
        container: isModal ? undefined : this,
        language: text('language'),
        allowedConnections: text('connections')?.split(/\s+/),
        ...options,
        auth: { redirectUrl: text('redirect-url'), responseType: text('response-type'), ...(scope && { params: { scope } }), ...auth },
        theme: { primaryColor: text('primary-color'), ...theme },
      });
      const { lock } = this;
      lock.emit = (event, detail) => {
        queueMicrotask(() => {
          if (event === 'hide') this.removeAttribute('open');
          // Event names have dashes in place of spaces and underscores.
          this.dispatchEvent(new CustomEvent(event.replace(/[ _]/g, '-'), { detail }));
        });
        return Auth0LockPasswordless.prototype.emit.call(lock, event, detail);
      };
      if (!isModal || this.hasAttribute('open')) this.lock.show();
    }

    disconnectedCallback() {
      const { lock } = this;
      this.lock = undefined;
      lock?.destroy();
    }

    attributeChangedCallback() {
      if (!this.lock || !this.hasAttribute('modal')) return;
      if (this.hasAttribute('open')) this.lock.show();
      else this.lock.hide();
    }
  });
}
