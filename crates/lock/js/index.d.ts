/** A text, or an object of texts. */
export type LanguageText = string | undefined | { [name: string]: LanguageText };

/**
 * Texts that override those of the dialog's language, nested as in Lock. The comment before each name is its
 * English text. `%s` and `%d` stand for an address, a name, a time or a number. Lock's other names are
 * accepted but not shown on any screen.
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

/**
 * The texts of a language, as its module (`latchkey/lock/languages/de`) and its file have them. They work
 * with this version only.
 */
export type LanguageFile = readonly string[];

/** Parameters of requests to the tenant. */
export interface AuthOptions {
  /** Read an authorization response from the page's fragment when the dialog is made. Default: true. */
  autoParseHash?: boolean;
  /**
   * `false` logs in without leaving the page. A code is then checked in a hidden frame, which browsers allow
   * only if the tenant is on the page's own site. A social connection opens a window. `authenticated` has the
   * tokens. Default: true.
   */
  redirect?: boolean;
  /** The redirect URI: where the tenant sends the browser after the login. Default: this page, without query and fragment. */
  redirectUrl?: string;
  /** The response type. Default: `code` if there is a `redirectUrl`, else `token`. */
  responseType?: string;
  responseMode?: string;
  audience?: string;
  /** The `state` of every request, if a server creates it. Default: random. */
  state?: string;
  /** The `nonce` of every request, if a server creates it. Default: random. */
  nonce?: string;
  /** Scopes to request from social connections, by the connection's name. */
  connectionScopes?: Record<string, string[]>;
  /** Additional parameters of `/authorize`, such as `code_challenge`. Default: `{ scope: 'openid profile email' }`. */
  params?: Record<string, unknown>;
  /**
   * Used with `rememberLastLogin`. `true` lets the last login's button log in with the person's session at
   * the tenant. The dialog asks for the session when the button is pressed, and never before. Default: true.
   */
  sso?: boolean;
}

/** The page's own functions that know people by their e-mail address. One of the two is enough. No third party is asked. */
export interface Avatar {
  /** Calls back with the address of a picture. It replaces the logo when it has loaded. */
  url?(email: string, cb: (error: unknown, url?: string | null) => void): void;
  /** Calls back with the person's name, which is shown in the title. Characters after the 60th are cut off. */
  displayName?(email: string, cb: (error: unknown, name?: string | null) => void): void;
}

/** The look of one social button. */
export interface AuthButton {
  /** The name on the button. Default: derived from the connection's name. */
  displayName?: string;
  /** The colour of the badge, in any CSS notation. */
  primaryColor?: string;
  /** The colour of the letter on the badge, in any CSS notation. */
  foregroundColor?: string;
  /** Address of an image for the badge. Default: the provider's mark, or the first letter of the name. */
  icon?: string;
}

/** The look of the dialog. */
export interface Theme {
  /** Social buttons, by the connection's name. */
  authButtons?: Record<string, AuthButton>;
  /** Hide the title of the first screen visually, but not from screen readers. Default: false. */
  hideMainScreenTitle?: boolean;
  /** `false` shows an arrow on the first screen's button. Screen readers still read its text. Default: true. */
  labeledSubmitButton?: boolean;
  /** Address of the image above the title. Default: a neutral mark. An empty string shows no image. */
  logo?: string;
  /** The colour of buttons and links, in any CSS notation. The text on it is black or white, whichever is readable. */
  primaryColor?: string;
  /**
   * The colour scheme. Default: `auto`, which follows the CSS property `color-scheme` around the dialog, else
   * the browser's preference.
   */
  scheme?: 'auto' | 'light' | 'dark';
}

/** A message of the page above the field. It is shown as text, including markup. */
export interface FlashMessage {
  type: 'error' | 'success' | 'info';
  text: string;
}

/** The options that `show` may change for one showing. */
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

/** The options of a dialog. */
export interface Auth0LockPasswordlessOptions {
  /**
   * The connections that are offered, in order. Names that contain `email`, `sms` or `phone` send codes; any
   * other name is a social connection. Default: `['email']`.
   */
  allowedConnections?: string[];
  auth?: AuthOptions;
  /** Whether browsers may fill in the address. Default: true (Lock: false), for WCAG 1.3.5. */
  allowAutocomplete?: boolean;
  /** With `auth.redirect: false`: close the dialog when the person is logged in. Default: false. */
  autoclose?: boolean;
  /**
   * Functions that know the owner of an address. The page is asked when the text can be an address and has
   * not changed for 300 ms. Default: none (Lock: Gravatar, which would tell a third party who logs in).
   */
  avatar?: Avatar | null;
  /** Focus the first field on opening. Default: true, but false in a container and in viewports narrower than 380 px. */
  autofocus?: boolean;
  /** Submit the code as soon as it is full. Default: true. */
  autoSubmit?: boolean;
  /** Whether the person may close the dialog. Default: true; in a container always false. */
  closable?: boolean;
  /**
   * With `passwordlessMethod: 'link'`: offer a code to a person who was sent a link, because a link logs in
   * only in the browser that requested it. The mail template of the connection has to contain `{{ code }}`.
   * Default: false.
   */
  offerCode?: boolean;
  /** The number of digits of a code, 4 to 10. Default: 6. */
  codeLength?: number;
  /** The lifetime of a code, in seconds. Default: 180. */
  codeLifetime?: number;
  /**
   * The element that contains the dialog, or its id. The element may be in a shadow root; an id is found in
   * open ones. Default: the dialog opens over the page.
   */
  container?: string | Element;
  /** The country of phone numbers, as its ISO 3166 code. Default: the region of the browser's language, or the likeliest region if the language's tag has none. */
  defaultLocation?: string;
  /** Show no warnings for the developer on the console. Default: false. */
  disableWarnings?: boolean;
  /** Remove an authorization response from the page's address when it was read, or can never be read. Default: true. */
  hashCleanup?: boolean;
  /**
   * `loggingIn` runs before the browser leaves for a social connection. It has to call `go` to go on. If it
   * throws, the login stops; the dialog shows the description of `{ code: 'hook_error', description }`.
   */
  hooks?: { loggingIn?(context: null, go: () => void): void };
  /** The language of the dialog and of the mail. Default: the first of the browser's languages that the dialog has. */
  language?: string;
  /**
   * Language files that the page brings itself, by language: `import de from 'latchkey/lock/languages/de'`,
   * then `{ de }`. The dialog opens with them at once. Default: none, so the file of the language is loaded.
   */
  languages?: Record<string, LanguageFile>;
  /**
   * The address of the folder that contains the folder `languages`. Default: the script's folder. The modules
   * need no address, because the bundler finds the languages.
   */
  languageBaseUrl?: string;
  /** The same as `languageBaseUrl`, which takes precedence. */
  assetsUrl?: string;
  /** Texts that override those of the language. */
  languageDictionary?: LanguageDictionary;
  /** Seconds by which the clocks of tenant and browser may differ when an ID token is checked, from 0 to 300. Default: 60. */
  leeway?: number;
  /** Whether the terms have to be ticked before any login. Default: false. */
  mustAcceptTerms?: boolean;
  /** The kind of message that is sent by e-mail. A text message always has a code. Default: `code`. */
  passwordlessMethod?: 'code' | 'link';
  /** Size and position of the window of a social connection, with `auth.redirect: false`. */
  popupOptions?: { width?: number; height?: number; top?: number; left?: number };
  /**
   * Remember the last login, and offer it on the first screen the next time. The connection and the address
   * or number are stored in `localStorage`; a code or a token never is. Default: false (Lock: true), because
   * several people may use one computer.
   */
  rememberLastLogin?: boolean;
  prefill?: { email?: string; phoneNumber?: string };
  /** Seconds between two codes to one address. Default: 30. */
  resendCoolDown?: number;
  /** Scroll errors above the field into view. Default: true. */
  scrollGlobalMessagesIntoView?: boolean;
  /** Whether the terms are shown. Default: true. */
  showTerms?: boolean;
  /** The nonce of the style element in browsers without constructable style sheets. */
  styleNonce?: string;
  theme?: Theme;
  /** The time limit of requests to the tenant, in milliseconds; 0 for none. Default: 10 000. */
  timeout?: number;
  /** Use the names of `allowedConnections` for passwordless connections, instead of `email` and `sms`. Default: false. */
  useCustomPasswordlessConnection?: boolean;
  /** Whether requests tell the tenant the name and version of the SDK. Default: true. */
  _sendTelemetry?: boolean;
  /** Accept an authorization response without a `state`, which makes login CSRF possible. Default: false. */
  _enableIdPInitiatedLogin?: boolean;
  overrides?: { __tenant?: string; __token_issuer?: string; __jwks_uri?: string };
  /** Lock's options without an effect are accepted; some of them cause a warning. */
  [option: string]: unknown;
}

/** A failed request: auth0.js's error object, with a stable `kind`. */
export interface LockError {
  /** `invalid_code`, `code_expired`, `too_many_attempts`, `rate_limited`, `network`, `timeout`, ... */
  kind: string;
  code: string | number | null;
  description: string | null;
  statusCode?: number;
  /** Seconds to wait before the next request, if the tenant says so. */
  retryAfter?: number;
  [member: string]: unknown;
}

/** The screen that is shown. `last login` offers the last login (`rememberLastLogin`). */
export type Step = 'email' | 'phone' | 'last login' | 'code' | 'link' | 'signed in' | 'signed in elsewhere' | 'error';

/** The person's session at the tenant, as auth0.js and Lock report it. `sso` is true if it is the session of the last login. */
export interface SSOData {
  sso: boolean;
  lastUsedConnection?: { name: string };
  lastUsedUserID?: string;
  lastUsedUsername?: string;
  lastUsedClientID?: string;
  sessionClients?: string[];
}

/** The result of a login, as auth0.js returns it. */
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

/** Called once, with an error or a result. */
export type LockCallback<Result> = (error: LockError | null, result?: Result) => void;

/** The events and their payloads. */
export interface Auth0LockPasswordlessEvents {
  show: [];
  hide: [];
  /** The tokens of a login without leaving the page, or of a response in the page's fragment. */
  authenticated: [result: AuthResult];
  /** The page's fragment was read. The payload is null if it contains no authorization response, else the result or the error. */
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
  /** The person logged in in another tab of this browser. */
  'signed in elsewhere': [];
  cancelled: [cancel: { by: 'person' | 'page' }];
  /** The tenant was asked for a session (`auth.sso`), because the person pressed the last login's button. */
  'ssodata fetched': [result: [error: LockError | null, data: SSOData]];
  authorization_error: [error: LockError];
  unrecoverable_error: [error: LockError];
}

/** The outcome of `login()`: the browser is leaving for the tenant, or the person logged in in another tab. */
export interface LoginResult {
  step: 'signed in' | 'signed in elsewhere' | 'federated login';
  /** Only with `auth.redirect: false`. */
  result?: AuthResult;
}

/** The login dialog. */
export class Auth0LockPasswordless {
  static version: string;
  constructor(clientID: string, domain: string, options?: Auth0LockPasswordlessOptions);
  /**
   * Opens the dialog. While it is open, `show` applies only `theme.scheme` and `theme.primaryColor`. After
   * `destroy()` it does nothing.
   */
  show(options?: Auth0LockPasswordlessShowOptions): void;
  /** Closes the dialog. Does nothing while it is closed. */
  hide(): void;
  /** Closes the dialog for good, and removes everything that it has put on the page. */
  destroy(): void;
  /**
   * Opens the dialog and waits for the outcome. Rejects if the dialog is closed before the login (`kind:
   * 'cancelled'`, `by`), or if nobody can log in (a `LockError`).
   */
  login(options?: Auth0LockPasswordlessShowOptions): Promise<LoginResult>;
  /**
   * Gets the claims of the person with this access token (`GET /userinfo`). The first call of this method or
   * one of the next four loads `lock.more.js` and `webauth.js` from the script's folder.
   */
  getUserInfo(accessToken: string): Promise<Record<string, any>>;
  getUserInfo(accessToken: string, callback: LockCallback<Record<string, any>>): void;
  /** @deprecated The same as `getUserInfo`. */
  getProfile(accessToken: string): Promise<Record<string, any>>;
  getProfile(accessToken: string, callback: LockCallback<Record<string, any>>): void;
  /** Gets new tokens from the tenant's session in a hidden frame (`prompt=none`). */
  checkSession(params: Record<string, unknown>): Promise<AuthResult>;
  checkSession(params: Record<string, unknown>, callback: LockCallback<AuthResult>): void;
  /** Leaves for the tenant's `/v2/logout`, which ends its session. */
  logout(query?: { returnTo?: string; client_id?: string; federated?: boolean }): Promise<void>;
  /** Reads an authorization response from `hash`, as the dialog does with the page's own fragment when it is made. */
  resumeAuth(hash: string): Promise<AuthResult | null>;
  resumeAuth(hash: string, callback: LockCallback<AuthResult | null>): void;
  on<Name extends keyof Auth0LockPasswordlessEvents>(name: Name, listener: (...payload: Auth0LockPasswordlessEvents[Name]) => void): this;
  on(name: string, listener: (payload?: any) => void): this;
  /** The same as `on`. */
  addListener(name: string, listener: (payload?: any) => void): this;
  once<Name extends keyof Auth0LockPasswordlessEvents>(name: Name, listener: (...payload: Auth0LockPasswordlessEvents[Name]) => void): this;
  once(name: string, listener: (payload?: any) => void): this;
  /** Removes a listener, or without `listener` all listeners of that name. */
  off(name: string, listener?: (payload?: any) => void): this;
  /** The same as `off`. */
  removeListener(name: string, listener: (payload?: any) => void): this;
  /** Removes the listeners of one name, or of all. */
  removeAllListeners(name?: string): this;
  listenerCount(name: string): number;
}

/** The element `<latchkey-lock>`; see `defineLockElement`. Its events have dashes: `step-changed`, `code-sent`, ... */
export interface LockElement extends HTMLElement {
  /** Options without an attribute. Set them before the element is put on the page. */
  options: Auth0LockPasswordlessOptions;
  /** The dialog, while the element is on the page. */
  readonly lock?: Auth0LockPasswordless;
}

/**
 * Defines the element `<latchkey-lock>`. The script tag calls this itself. The element shows the dialog in
 * its own place, or with the attribute `modal` over the page while it has the attribute `open`. Attributes:
 * `client-id`, `domain`, `redirect-url`, `response-type`, `scope`, `language`, `connections`,
 * `primary-color`. Does nothing on a server.
 */
export function defineLockElement(name?: string): void;

declare global {
  interface HTMLElementTagNameMap {
    'latchkey-lock': LockElement;
  }
}

export default Auth0LockPasswordless;
