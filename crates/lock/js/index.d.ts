/** Texts of the dialog, nested as in Lock; `i18n/en.json` has them all. */
export interface LanguageDictionary {
  [key: string]: string | LanguageDictionary;
}

/** What goes into requests to the tenant. */
export interface AuthOptions {
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
  /** Further parameters of `/authorize`, such as `code_challenge`. Default: `{ scope: 'openid profile email' }`. */
  params?: Record<string, unknown>;
}

/** How the dialog looks. */
export interface Theme {
  /** Address of the image over the title. Default: a neutral mark. An empty string: none. */
  logo?: string;
  /** Any CSS colour. Text on it is black or white, whichever can be read. */
  primaryColor?: string;
  /** Default: `auto`, as the browser prefers. */
  scheme?: 'auto' | 'light' | 'dark';
}

/** What `show` may change for one showing. */
export interface Auth0LockPasswordlessShowOptions {
  allowedConnections?: string[];
  auth?: Pick<AuthOptions, 'params'>;
  language?: string;
  languageDictionary?: LanguageDictionary;
  theme?: Pick<Theme, 'logo' | 'primaryColor'>;
}

/** What a dialog is made with. */
export interface Auth0LockPasswordlessOptions {
  /** Default: `['email']`. */
  allowedConnections?: string[];
  /** Default: `code`, so far the only one. */
  passwordlessMethod?: 'code';
  auth?: AuthOptions;
  /** Focus the first field on opening. Default: true, but false in a container. */
  autofocus?: boolean;
  /** Log in as soon as the code is full. Default: true. */
  autoSubmit?: boolean;
  /** Whether the person may close the dialog. Default: true; in a container always false. */
  closable?: boolean;
  /** Digits of a code, 4 to 10. Default: 6. */
  codeLength?: number;
  /** Seconds that a code works. Default: 180. */
  codeLifetime?: number;
  /** The id of an element to show the dialog in. Default: over the page. */
  container?: string;
  /** No warnings about options that have no effect. Default: false. */
  disableWarnings?: boolean;
  /** Language of the dialog and of the mail. Default: `en`. */
  language?: string;
  /** Own words over the language's. */
  languageDictionary?: LanguageDictionary;
  /** Whether the terms have to be ticked. Default: false. */
  mustAcceptTerms?: boolean;
  prefill?: { email?: string };
  /** Seconds between two codes to one address. Default: 30. */
  resendCoolDown?: number;
  /** Whether the terms are shown. Default: true. */
  showTerms?: boolean;
  /** Nonce of the style element that browsers without constructable style sheets get. */
  styleNonce?: string;
  theme?: Theme;
  /** Use the connection's own name instead of `email`. Default: false. */
  useCustomPasswordlessConnection?: boolean;
  /** Whether to tell the tenant which SDK is calling. Default: true. */
  _sendTelemetry?: boolean;
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

/** Which screen is shown. */
export type Step = 'email' | 'code' | 'signed in' | 'error';

/** What listeners are called with. */
export interface Auth0LockPasswordlessEvents {
  show: [];
  hide: [];
  'socialOrEmail ready': [];
  'socialOrEmail submit': [];
  'vcode ready': [];
  'vcode submit': [];
  'code sent': [];
  'code resent': [];
  'step changed': [change: { step: Step }];
  cancelled: [cancel: { by: 'person' | 'page' }];
  authorization_error: [error: LockError];
  unrecoverable_error: [error: LockError];
}

/** The login dialog. */
export class Auth0LockPasswordless {
  static version: string;
  constructor(clientID: string, domain: string, options?: Auth0LockPasswordlessOptions);
  /** Opens the dialog. Does nothing while it is open. */
  show(options?: Auth0LockPasswordlessShowOptions): void;
  /** Closes the dialog. Does nothing while it is closed. */
  hide(): void;
  /** Closes the dialog for good, and leaves nothing of it on the page. */
  destroy(): void;
  on<Name extends keyof Auth0LockPasswordlessEvents>(name: Name, listener: (...payload: Auth0LockPasswordlessEvents[Name]) => void): this;
  on(name: string, listener: (payload?: any) => void): this;
  once<Name extends keyof Auth0LockPasswordlessEvents>(name: Name, listener: (...payload: Auth0LockPasswordlessEvents[Name]) => void): this;
  once(name: string, listener: (payload?: any) => void): this;
  /** Without a listener, all of that name are taken away. */
  off(name: string, listener?: (payload?: any) => void): this;
}

export default Auth0LockPasswordless;
