import type { Auth0LockPasswordlessOptions, FlashMessage } from './index.js';

/** Where the first screen goes when it is submitted before the dialog is there, or where there is no script. */
export interface FirstScreenForm {
  /**
   * The address on the app's own server. It is posted `email`, and `terms=on` where they have to be ticked, which the server
   * checks; or `connection=NAME` of a social connection, or `channel=sms`.
   */
  action: string;
  /** Further fields, such as a token against cross-site requests. */
  fields?: Record<string, string>;
  /** What the file of `language` in the folder `languages` contains, where that is not English. */
  words?: unknown;
}

/**
 * The dialog's first screen as HTML, for the inside of its container: a person sees it with the page, and can use it without
 * any script. The page needs the style sheet `lock.css`, too. When the dialog opens in that container, it takes this
 * screen's place, with what was typed.
 *
 * Undefined, where the dialog asks for a phone number first: its countries are known to browsers alone. Colours of the page's own
 * are there from the start as `#rgb`, `#rrggbb` or `rgb(...)`; they come in a `<style>` element, with `styleNonce`.
 *
 * @throws Error that says which argument is wrong
 */
export function firstScreen(
  options: Auth0LockPasswordlessOptions & { flashMessage?: FlashMessage },
  form: FirstScreenForm,
): string | undefined;
