import type { Auth0LockPasswordlessOptions, FlashMessage } from './index.js';

/** The target of the first screen's form. It is submitted if the script has not loaded, or if scripts are disabled. */
export interface FirstScreenForm {
  /**
   * The address on the app's own server. The form posts `email`, and `terms=on` if the terms have to be
   * ticked, which the server has to check. The button of a social connection posts `connection=NAME`, and the
   * button to the other channel `channel=sms`.
   */
  action: string;
  /** Hidden fields, such as a CSRF token. */
  fields?: Record<string, string>;
  /** The content of the file of `language` in the folder `languages`, for a language other than English. */
  words?: unknown;
}

/**
 * Renders the dialog's first screen as HTML, for the inside of its container. A person sees it with the page,
 * and can use it without any script. The page has to include the style sheet `lock.css`. When the dialog
 * opens in that container, it replaces this screen and keeps what was typed.
 *
 * Returns undefined for a dialog that asks for a phone number first, because only browsers know the names of
 * countries. The page's own colours work in the notations `#rgb`, `#rrggbb` and `rgb(...)`; they are written
 * into a `<style>` element, with `styleNonce`.
 *
 * @throws Error that names the wrong argument
 */
export function firstScreen(
  options: Auth0LockPasswordlessOptions & { flashMessage?: FlashMessage },
  form: FirstScreenForm,
): string | undefined;
