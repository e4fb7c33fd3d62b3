/** A text, or some under their names. */
export type LanguageText = string | undefined | { [name: string]: LanguageText };

/**
 * Texts of the dialog, over those of its language, nested as in Lock. Above each name is its English; `%s` and `%d` are
 * where an address, a name, a time or a number goes. Other names of Lock's are accepted, and no screen shows them.
 */
export interface LanguageDictionary {
  /** Log in */ title?: string;
  /** Welcome, %s! */ welcome?: string;
  /** Welcome */ signedInTitle?: string;
  /** Login isn’t available */ errorTitle?: string;
  /** or */ orLabel?: string;
  /** E-mail address */ emailInputLabel?: string;
  /** you@example.com */ emailInputPlaceholder?: string;
  /** We’ll e-mail you a code. No password needed. */ passwordlessEmailInstructions?: string;
  /** We’ll e-mail you a link. No password needed. */ passwordlessEmailLinkInstructions?: string;
  /** Enter your e-mail address. */ blankEmailErrorHint?: string;
  /** Enter an address like name@example.com. */ invalidEmailErrorHint?: string;
  /** This address has no ending such as .com. */ emailNoEndingErrorHint?: string;
  /** Did you mean %s? */ emailSuggestionLabel?: string;
  /** Phone number */ phoneNumberInputLabel?: string;
  /** your phone number */ phoneNumberInputPlaceholder?: string;
  /** Country */ countryInputLabel?: string;
  /** We’ll text you a code. No password needed. */ passwordlessSMSInstructions?: string;
  /** Enter your phone number. */ blankPhoneNumberErrorHint?: string;
  /** Enter the number’s digits; spaces and dashes are fine. */ phoneNumberInputInvalidHint?: string;
  /** Use e-mail instead */ useEmailAction?: string;
  /** Use a text message instead */ usePhoneNumberAction?: string;
  /** Use a code instead */ useCodeAction?: string;
  /** I have a code */ haveCodeAction?: string;
  /** Continue */ submitLabel?: string;
  /** Sending the code… */ sendingStatus?: string;
  /** Sending the link… */ sendingLinkStatus?: string;
  /** By continuing you agree to the terms of service and privacy policy. */ signUpTerms?: string;
  /** Tick this box to go on. */ termsErrorHint?: string;
  /** Continue with %s */ signUpWithLabel?: string;
  /** Choose how to log in. */ socialLoginInstructions?: string;
  /** Last time you logged in with */ lastLoginInstructions?: string;
  /** Not your account? */ notYourAccountAction?: string;
  /** Fill in this field. */ blankErrorHint?: string;
  /** Check what you entered here. */ invalidErrorHint?: string;
  /** Security check */ captchaInputLabel?: string;
  /** the characters you see */ captchaCodeInputPlaceholder?: string;
  /** the result of the sum */ captchaMathInputPlaceholder?: string;
  /** Show another one */ captchaReloadAction?: string;
  /** Solve the security check to go on. */ blankCaptchaErrorHint?: string;
  /** Enter your code */ codeTitle?: string;
  /** %d-digit code */ codeInputLabel?: string;
  /** We sent it to %s */ passwordlessEmailCodeInstructions?: string;
  /** We texted it to %s */ passwordlessSMSCodeInstructions?: string;
  /** It’s checked as soon as it’s complete. */ codeAutoSubmitHint?: string;
  /** Enter the %d digits of the code. */ blankCodeErrorHint?: string;
  /** Log in */ codeSubmitLabel?: string;
  /** Checking the code… */ verifyingStatus?: string;
  /** The code was sent to %s. */ codeSentStatus?: string;
  /** A new code is on its way. The one before no longer works. */ codeResentStatus?: string;
  /** A newer code was sent. Use the one in the latest message. */ codeNewerStatus?: string;
  /** Valid for %s */ codeValidLabel?: string;
  /** The last code has expired */ codeExpiredLabel?: string;
  /** The last code no longer works */ codeSpentLabel?: string;
  /** Send a new code */ resendCodeAction?: string;
  /** Send a new code in %s */ resendCountdownLabel?: string;
  /** You can ask for a new code now. */ resendReadyStatus?: string;
  /** Open %s */ webmailAction?: string;
  /** Check your mail */ linkTitle?: string;
  /** Send the link again */ resendLabel?: string;
  /** Send the link again in %s */ resendLinkCountdownLabel?: string;
  /** Sending… */ resendingLabel?: string;
  /** Sent! */ sentLabel?: string;
  /** Try again */ tryAgainLabel?: string;
  /** Back */ backLabel?: string;
  /** Close */ closeLabel?: string;
  /** You logged in in another tab. */ otherTabStatus?: string;
  success?: {
    /** You’re being logged in… */ logIn?: string;
    /** Open the link we sent to %s on this device. */ magicLink?: string;
    [other: string]: LanguageText;
  };
  error?: {
    login?: {
      /** The window was closed before you were logged in. Try again. */ 'lock.popup_closed'?: string;
      /** The browser kept the login window from opening. Allow pop-ups for this site and try again. */ 'lock.popup_blocked'?: string;
      [other: string]: LanguageText;
    };
    passwordless?: {
      /** You’re not allowed to log in here with this address. Try another one, or ask the site’s owner for access. */ access_denied?: string;
      /** This address was not accepted. Check it for slips, or use another one. */ 'bad.email'?: string;
      /** This phone number was not accepted. Check its digits and the country. */ 'bad.phone_number'?: string;
      /** This way of logging in is switched off for this site. Its owner can switch it on in the tenant’s settings. */ 'bad.connection'?: string;
      /** This user is blocked. Ask the site’s owner to lift the block. */ blocked_user?: string;
      /** This site isn’t set up for this way of logging in yet. Its owner can mend that in the client’s settings. */ client_misconfigured?: string;
      /** This code has expired. Send a new one to go on. */ code_expired?: string;
      /** That was the last try for this code. Send a new one to go on. */ code_spent?: string;
      /** That answer to the security check wasn’t right. Try again. */ invalid_captcha?: string;
      /** That code isn’t right. You have %d tries left. In the plural forms of the language (`Intl.PluralRules`). */
      invalid_code?: string | { zero?: string; one?: string; two?: string; few?: string; many?: string; other?: string };
      /** The security check didn’t go through. Try again. */ invalid_recaptcha?: string;
      /** The login service gave an answer we don’t know. Try again; if it stays, tell the site’s owner. */ 'lock.fallback'?: string;
      /** You’re offline. We’ll go on as soon as the connection is back. */ offline?: string;
      /** This page may not log people in yet. The site’s owner has to add its address to the client’s allowed origins. */ origin_not_allowed?: string;
      /** The login service has a problem of its own. Try again in a minute. */ server_error?: string;
      /** There is no account for this address, and new ones can’t be made here. Check the address, or use another one. */ signup_disabled?: string;
      /** Your browser doesn’t let this site keep data, which logging in needs. Allow cookies for this site and try again. */ storage_unavailable?: string;
      /** Your browser blocks the cookies of the login service, which is on another site. Allow third-party cookies and try again, or ask the site’s owner to give the service an address of this site. */ third_party_cookies?: string;
      /** The login service took too long to answer. Try again. */ timeout?: string;
      /** Too many wrong codes were tried, so logging in is locked for now. Wait a few minutes, then ask for a new code. */ too_many_attempts?: string;
      /** Too many requests came from this network. You can try again in %s. */ too_many_requests?: string;
      /** The login service can’t be reached. Check your connection and try again. */ unreachable?: string;
      [other: string]: LanguageText;
    };
    [other: string]: LanguageText;
  };
  [other: string]: LanguageText;
}

/** The words of a language, as its module (`latchkey/lock/languages/de`) and its file have them: for this version alone. */
export type LanguageFile = readonly string[];

/** What goes into requests to the tenant. */
export interface AuthOptions {
  /** Read the tenant's answer from the page's fragment when the dialog is made. Default: true. */
  autoParseHash?: boolean;
  /**
   * `false`: log in without leaving the page. A code is checked in a hidden frame, which browsers allow only where the
   * tenant is on the page's own site; a social connection opens a window. `authenticated` brings the tokens. Default: true.
   */
  redirect?: boolean;
  /** Where the tenant sends the person after the login. Default: this page, without query and fragment. */
  redirectUrl?: string;
  /** Default: `code` if there is a `redirectUrl`, else `token`. */
  responseType?: string;
  responseMode?: string;
  audience?: string;
  /** State of every request, where a server mints it. Default: random. */
  state?: string;
  /** Nonce of every request, where a server mints it. Default: random. */
  nonce?: string;
  /** Scopes to ask social connections for, by the connection's name. */
  connectionScopes?: Record<string, string[]>;
  /** Further parameters of `/authorize`, such as `code_challenge`. Default: `{ scope: 'openid profile email' }`. */
  params?: Record<string, unknown>;
  /**
   * With `rememberLastLogin`: whether a press on the last login's button may log in by the session that the person has with the
   * tenant. It is asked for then, and never before. Default: true.
   */
  sso?: boolean;
}

/** Functions of the page that know people by their e-mail address. Nobody else is asked. One of the two is enough. */
export interface Avatar {
  /** Calls back with the address of a picture. It takes the logo's place once it is loaded. */
  url?(email: string, cb: (error: unknown, url?: string | null) => void): void;
  /** Calls back with what the person is called, for the title. More than 60 characters are cut off. */
  displayName?(email: string, cb: (error: unknown, name?: string | null) => void): void;
}

/** How one social button looks. */
export interface AuthButton {
  /** The name that people know. Default: made of the connection's name. */
  displayName?: string;
  /** Any CSS colour, for the badge. */
  primaryColor?: string;
  /** Any CSS colour, for the letter on the badge. */
  foregroundColor?: string;
  /** Address of an image, in place of the badge: the provider's mark, or the first letter of the name. */
  icon?: string;
}

/** How the dialog looks. */
export interface Theme {
  /** Social buttons by their connection's name. */
  authButtons?: Record<string, AuthButton>;
  /** Hide the title of the first screen from the eye. Default: false. */
  hideMainScreenTitle?: boolean;
  /** `false`: an arrow on the first screen's button; its words are still read out. Default: true. */
  labeledSubmitButton?: boolean;
  /** Address of the image over the title. Default: a neutral mark. An empty string: none. */
  logo?: string;
  /** Any CSS colour. Text on it is black or white, whichever can be read. */
  primaryColor?: string;
  /** Default: `auto`, as the page says by `color-scheme` where the dialog is, else as the browser prefers. */
  scheme?: 'auto' | 'light' | 'dark';
}

/** A page's own words above the field. They are text: markup in them is shown as it is. */
export interface FlashMessage {
  type: 'error' | 'success' | 'info';
  text: string;
}

/** What `show` may change for one showing. */
export interface Auth0LockPasswordlessShowOptions {
  allowAutocomplete?: boolean;
  allowedConnections?: string[];
  auth?: Pick<AuthOptions, 'params'>;
  flashMessage?: FlashMessage;
  language?: string;
  languageDictionary?: LanguageDictionary;
  rememberLastLogin?: boolean;
  theme?: Theme;
}

/** What a dialog is made with. */
export interface Auth0LockPasswordlessOptions {
  /**
   * The ways to log in, in order: `email` and `sms` (and names with one of the two in them) send codes, any other name
   * is a social connection. Default: `['email']`.
   */
  allowedConnections?: string[];
  auth?: AuthOptions;
  /** Whether browsers may fill in the address. Default: true (Lock: false), for WCAG 1.3.5. */
  allowAutocomplete?: boolean;
  /** With `auth.redirect: false`: close the dialog as soon as the person is logged in. Default: false. */
  autoclose?: boolean;
  /**
   * Asked once an address can be one and has stood for 300 ms. Default: none (Lock: Gravatar, which is no business of
   * third parties).
   */
  avatar?: Avatar | null;
  /** Focus the first field on opening. Default: true, but false in a container and in viewports under 380 px. */
  autofocus?: boolean;
  /** Log in as soon as the code is full. Default: true. */
  autoSubmit?: boolean;
  /** Whether the person may close the dialog. Default: true; in a container always false. */
  closable?: boolean;
  /**
   * With `passwordlessMethod: 'link'`: offer a code to who was sent a link, which logs in only in the browser that asked for
   * it. The message of the connection has to show `{{ code }}`. Default: false.
   */
  offerCode?: boolean;
  /** Digits of a code, 4 to 10. Default: 6. */
  codeLength?: number;
  /** Seconds that a code works. Default: 180. */
  codeLifetime?: number;
  /** The element to show the dialog in, or its id; it may be in a shadow root, for an id in an open one. Default: over the page. */
  container?: string | Element;
  /** The country of phone numbers, as its ISO 3166 code. Default: that of the browser's language. */
  defaultLocation?: string;
  /** No warnings about options that have no effect. Default: false. */
  disableWarnings?: boolean;
  /** Take the tenant's answer off the page's address once it is read, or cannot ever be. Default: true. */
  hashCleanup?: boolean;
  /**
   * `loggingIn` runs before the browser leaves for a social connection, and calls back to go on. What it throws stops
   * the login; `{ code: 'hook_error', description }` is quoted in the dialog.
   */
  hooks?: { loggingIn?(context: null, go: () => void): void };
  /** Language of the dialog and of the mail. Default: the first of the browser's languages that the dialog speaks. */
  language?: string;
  /**
   * Words that the page brings along, by their language's name: `import de from 'latchkey/lock/languages/de'`, then `{ de }`. The
   * dialog opens with them at once. Default: none; the words of the language that is spoken are loaded.
   */
  languages?: Record<string, LanguageFile>;
  /** Where the folder `languages` is. Default: beside the script; for a module, modules that the bundler finds by itself. */
  languageBaseUrl?: string;
  /** The same, where `languageBaseUrl` is not given. */
  assetsUrl?: string;
  /** Own words over the language's. */
  languageDictionary?: LanguageDictionary;
  /** Seconds that clocks may differ, for the checks of an ID token. Default: 60. */
  leeway?: number;
  /** Whether the terms have to be ticked, before any way to log in. Default: false. */
  mustAcceptTerms?: boolean;
  /** What is sent by e-mail. A text message always brings a code. Default: `code`. */
  passwordlessMethod?: 'code' | 'link';
  /** Size and place of the window of a social connection, with `auth.redirect: false`. */
  popupOptions?: { width?: number; height?: number; top?: number; left?: number };
  /**
   * Keep how somebody logged in (the connection, and the address or number; in `localStorage`, never a code or a token), and
   * offer it on the first screen the next time. Default: false (Lock: true), as one computer may have several people.
   */
  rememberLastLogin?: boolean;
  prefill?: { email?: string; phoneNumber?: string };
  /** Seconds between two codes to one address. Default: 30. */
  resendCoolDown?: number;
  /** Bring what is said above the field into view. Default: true. */
  scrollGlobalMessagesIntoView?: boolean;
  /** Whether the terms are shown. Default: true. */
  showTerms?: boolean;
  /** Nonce of the style element that browsers without constructable style sheets get. */
  styleNonce?: string;
  theme?: Theme;
  /** Milliseconds after which a request to the tenant gives up; 0 for never. Default: 10 000. */
  timeout?: number;
  /** Use the passwordless connections' own names instead of `email` and `sms`. Default: false. */
  useCustomPasswordlessConnection?: boolean;
  /** Whether to tell the tenant which SDK is calling. Default: true. */
  _sendTelemetry?: boolean;
  /** Accept an answer without a state, which opens the page to forged logins. Default: false. */
  _enableIdPInitiatedLogin?: boolean;
  overrides?: { __tenant?: string; __token_issuer?: string; __jwks_uri?: string };
  /** Options of Lock that have no effect are accepted with a warning. */
  [option: string]: unknown;
}

/** A failed request: auth0.js's object, with a stable `kind`. */
export interface LockError {
  /** `invalid_code`, `code_expired`, `too_many_attempts`, `rate_limited`, `network`, `timeout`, ... */
  kind: string;
  code: string | number | null;
  description: string | null;
  statusCode?: number;
  /** Seconds to wait, where the tenant says so. */
  retryAfter?: number;
  [member: string]: unknown;
}

/** Which screen is shown; `last login` offers the way of the last one (`rememberLastLogin`). */
export type Step = 'email' | 'phone' | 'last login' | 'code' | 'link' | 'signed in' | 'signed in elsewhere' | 'error';

/** What the tenant said of the person's session, as auth0.js and Lock tell it. `sso`: it is that of the last login. */
export interface SSOData {
  sso: boolean;
  lastUsedConnection?: { name: string };
  lastUsedUserID?: string;
  lastUsedUsername?: string;
  lastUsedClientID?: string;
  sessionClients?: string[];
}

/** What a login brought, as auth0.js gives it. */
export interface AuthResult {
  accessToken?: string | null;
  idToken?: string | null;
  idTokenPayload?: Record<string, any> | null;
  refreshToken?: string | null;
  state?: string | null;
  expiresIn?: number | null;
  tokenType?: string | null;
  scope?: string | null;
  appState?: unknown;
  [member: string]: unknown;
}

/** Called once, with one of the two. */
export type LockCallback<Result> = (error: LockError | null, result?: Result) => void;

/** What listeners are called with. */
export interface Auth0LockPasswordlessEvents {
  show: [];
  hide: [];
  /** The tokens of a login in place, or of an answer in the page's fragment. */
  authenticated: [result: AuthResult];
  /** The page's fragment was read: nothing of the tenant in it, a login, or its failure. */
  hash_parsed: [parsed: AuthResult | LockError | null];
  'socialOrEmail ready': [];
  'socialOrEmail submit': [];
  'socialOrPhoneNumber ready': [];
  'socialOrPhoneNumber submit': [];
  'vcode ready': [];
  'vcode submit': [];
  'federated login': [login: { name: string; strategy: string; action: 'login' }];
  'code sent': [];
  'code resent': [];
  'link sent': [];
  'link resent': [];
  'step changed': [change: { step: Step }];
  /** Somebody logged in in another tab of this browser. */
  'signed in elsewhere': [];
  cancelled: [cancel: { by: 'person' | 'page' }];
  /** The tenant was asked for a session (`auth.sso`), because the person pressed the last login's button. */
  'ssodata fetched': [answer: [error: LockError | null, data: SSOData]];
  authorization_error: [error: LockError];
  unrecoverable_error: [error: LockError];
}

/** How `login()` ended well: the browser is on its way, or another tab was faster. */
export interface LoginResult {
  step: 'signed in' | 'signed in elsewhere' | 'federated login';
  /** With `auth.redirect: false`. */
  result?: AuthResult;
}

/** The login dialog. */
export class Auth0LockPasswordless {
  static version: string;
  constructor(clientID: string, domain: string, options?: Auth0LockPasswordlessOptions);
  /** Opens the dialog. While it is open, it takes `theme.scheme` and `theme.primaryColor`, and nothing else; after `destroy()` nothing. */
  show(options?: Auth0LockPasswordlessShowOptions): void;
  /** Closes the dialog. Does nothing while it is closed. */
  hide(): void;
  /** Closes the dialog for good, and leaves nothing of it on the page. */
  destroy(): void;
  /**
   * Opens the dialog and waits for how it ends. Rejects when it is closed before (`kind: 'cancelled'`, `by`), or when
   * nobody can log in (a `LockError`).
   */
  login(options?: Auth0LockPasswordlessShowOptions): Promise<LoginResult>;
  /**
   * The claims of the person whose access token it is. This method and the next four load `lock.more.js` from beside the script,
   * and what reads answers `webauth.js`, when they are first called.
   */
  getUserInfo(accessToken: string): Promise<Record<string, any>>;
  getUserInfo(accessToken: string, callback: LockCallback<Record<string, any>>): void;
  /** @deprecated The same as `getUserInfo`. */
  getProfile(accessToken: string): Promise<Record<string, any>>;
  getProfile(accessToken: string, callback: LockCallback<Record<string, any>>): void;
  /** New tokens from the tenant's session, without showing anything. */
  checkSession(params: Record<string, unknown>): Promise<AuthResult>;
  checkSession(params: Record<string, unknown>, callback: LockCallback<AuthResult>): void;
  /** Leaves for the tenant, which ends its session. */
  logout(query?: { returnTo?: string; client_id?: string; federated?: boolean }): Promise<void>;
  /** Reads an answer of the tenant from `hash`, as the dialog does with the page's own when it is made. */
  resumeAuth(hash: string): Promise<AuthResult | null>;
  resumeAuth(hash: string, callback: LockCallback<AuthResult | null>): void;
  on<Name extends keyof Auth0LockPasswordlessEvents>(name: Name, listener: (...payload: Auth0LockPasswordlessEvents[Name]) => void): this;
  on(name: string, listener: (payload?: any) => void): this;
  /** The same as `on`. */
  addListener(name: string, listener: (payload?: any) => void): this;
  once<Name extends keyof Auth0LockPasswordlessEvents>(name: Name, listener: (...payload: Auth0LockPasswordlessEvents[Name]) => void): this;
  once(name: string, listener: (payload?: any) => void): this;
  /** Without a listener, all of that name are taken away. */
  off(name: string, listener?: (payload?: any) => void): this;
  /** The same as `off`. */
  removeListener(name: string, listener: (payload?: any) => void): this;
  /** Without a name, the listeners of all events are taken away. */
  removeAllListeners(name?: string): this;
  listenerCount(name: string): number;
}

/** `<latchkey-lock>`: see `defineLockElement`. Events of its own have dashes: `step-changed`, `code-sent`, ... */
export interface LockElement extends HTMLElement {
  /** Options without an attribute. Set them before the element is put on the page. */
  options: Auth0LockPasswordlessOptions;
  /** The dialog, while the element is on the page. */
  readonly lock?: Auth0LockPasswordless;
}

/**
 * Makes `<latchkey-lock>` known to the page (the script tag does so by itself). It shows the dialog in its own place,
 * or with `modal` over the page while it has the attribute `open`. Attributes: `client-id`, `domain`, `redirect-url`,
 * `response-type`, `scope`, `language`, `connections`, `primary-color`. On a server it does nothing.
 */
export function defineLockElement(name?: string): void;

declare global {
  interface HTMLElementTagNameMap {
    'latchkey-lock': LockElement;
  }
}

export default Auth0LockPasswordless;
