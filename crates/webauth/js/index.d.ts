/** Passwordless login as in auth0.js. What differs from it is named in each comment. */

/** Version of this package. */
export const version: { readonly raw: string };

/**
 * Resolves when the SDK can be used. Needed only before calls that return a value at once, such as `buildAuthorizeUrl` (`new WebAuth`
 * is not one); all other calls wait by themselves. There are two reasons to wait. Chrome before 115 compiles more than 4 KB in the
 * background alone: those calls throw an error of kind `not_ready` until then. Where WebAssembly is switched off or forbidden,
 * plain JavaScript is loaded in its place: they throw one of kind `wasm_unavailable`. Rejects with an error of that kind, where it
 * cannot be loaded either. `latchkey/nowasm` and `webauth.nowasm.js` wait for nothing.
 */
export function loaded(): Promise<void>;

/** Stable names of causes. New ones may come. */
export type AuthErrorKind =
  | 'aborted'
  | 'access_denied'
  | 'blocked_user'
  | 'captcha_required'
  | 'client_misconfigured'
  | 'code_expired'
  | 'connection_disabled'
  | 'crypto_unavailable'
  | 'invalid_code'
  | 'invalid_email'
  | 'invalid_options'
  | 'invalid_phone_number'
  | 'invalid_response'
  | 'invalid_token'
  | 'login_required'
  | 'network'
  | 'no_transaction'
  | 'not_ready'
  | 'origin_not_allowed'
  | 'popup_closed'
  | 'random_unavailable'
  | 'rate_limited'
  | 'request_refused'
  | 'server_error'
  | 'signup_disabled'
  | 'state_mismatch'
  | 'storage_unavailable'
  | 'third_party_cookies'
  | 'timeout'
  | 'too_many_attempts'
  | 'wasm_unavailable'
  | (string & {});

/** The error object that callbacks get: auth0.js's members, and `kind` and `retryAfter`. */
export interface Auth0Error {
  /** The cause, whatever the tenant called it. Not in auth0.js. */
  kind: AuthErrorKind;
  /** Seconds to wait, where the tenant said so and CORS let it through. Not in auth0.js. */
  retryAfter?: number;
  /** The tenant's code; the HTTP status where its answer was not readable; `null` where there was none. */
  code: string | number | null;
  /** The tenant's text, or whatever else it put there. */
  description: any;
  /** `code` under its second name. Of a login and of `checkSession` only. */
  error?: string | number | null;
  /** `description` under its second name. Of a login and of `checkSession` only. */
  error_description?: any;
  /** The HTTP status. auth0.js leaves it out of login errors. */
  statusCode?: number;
  statusText?: string;
  name?: string;
  policy?: any;
  errorDetails?: { codes: any; details: any };
  /** What all this was read from. */
  original: any;
}

/** What reading an answer fails with: `parseHash`, `handleRedirectCallback`, `renewAuth`. */
export interface Auth0ParseHashError {
  /** The cause. Not in auth0.js. */
  kind: AuthErrorKind;
  /** The tenant's code, or `invalid_token`, `invalid_hash`. */
  error: string;
  errorDescription?: string;
  /** The state of the answer, where it has one. */
  state?: string;
}

/** What promises reject with. */
export class AuthError extends Error {
  kind: AuthErrorKind;
  retryAfter?: number;
  code?: string | number | null;
  description?: any;
  /** Of `parseHash`, `handleRedirectCallback` and `renewAuth` only. */
  errorDescription?: string;
  state?: string;
  error?: string | number | null;
  error_description?: any;
  statusCode?: number;
  statusText?: string;
  policy?: any;
  errorDetails?: { codes: any; details: any };
  original?: any;
  /** What to do about it, in one sentence. */
  message: string;
  private constructor();
}

/** What methods throw that auth0.js has and Latchkey leaves out. DIFFERENCES.md says what to use instead. */
export class UnsupportedError extends Error {
  private constructor();
}

export type Callback<T = any, E = Auth0Error> = (error: E | null, result?: T) => void;
export type Auth0Callback<T = any, E = Auth0Error> = Callback<T, E>;

/** Called before the page is left; the page stays until `done` is called. */
export type OnRedirecting = (done: () => void) => void;

export interface WebAuthOptions {
  /** `me.auth0.com`, or an origin such as `http://localhost:4000`. */
  domain: string;
  clientID: string;
  redirectUri?: string;
  /** `code`, `token`, `id_token` or several. Every call needs one, from here or of its own. */
  responseType?: string;
  responseMode?: 'query' | 'fragment' | 'form_post' | 'web_message' | (string & {});
  scope?: string;
  audience?: string;
  /** Where a server mints them. Default: random, new for each call. */
  state?: string;
  nonce?: string;
  organization?: string;
  invitation?: string;
  onRedirecting?: OnRedirecting;
  /** Language of the message that is sent. Default: the browser's. Not in auth0.js. */
  language?: string;
  /** Milliseconds after which a request gives up, 0 for never. Default 10000. Not in auth0.js. */
  timeout?: number;
  /** Minutes that state and nonce are kept. Default 30. */
  stateExpiration?: number;
  cookieDomain?: string;
  leeway?: number;
  maxAge?: number;
  popupOrigin?: string;
  overrides?: { __tenant?: string; __token_issuer?: string; __jwks_uri?: string };
  /**
   * Whether requests for a `code` carry a challenge (PKCE, RFC 7636), for clients without a server that redeems it:
   * `handleRedirectCallback` then does. Default false. Not in auth0.js.
   */
  pkce?: boolean;
  /** Extra headers of every request. */
  headers?: Record<string, string>;
  /** Whether to tell the tenant which SDK is calling. Default true. */
  _sendTelemetry?: boolean;
  _telemetryInfo?: Record<string, any>;
  _disableDeprecationWarnings?: boolean;
  /** Accepted without effect: requests that send mail or use up a code are not repeated. */
  _timesToRetryFailedRequests?: number;
  /** Accepted without effect: there is one cookie, `SameSite=Lax`. */
  legacySameSiteCookie?: boolean;
  [option: string]: any;
}

interface CallOptions {
  /** Milliseconds after which the call gives up, 0 for never. Default: the constructor's. */
  timeout?: number;
  /** Ends the call with `aborted`. */
  signal?: AbortSignal;
}

export interface PasswordlessStartOptions extends CallOptions {
  connection: string;
  send: 'code' | 'link';
  /** One of `email` and `phoneNumber` is needed. */
  email?: string;
  phoneNumber?: string;
  /** Overrides of the constructor's options for the link in the message. */
  authParams?: Record<string, any>;
  captcha?: string;
  /** Language of the message. */
  xRequestLanguage?: string;
  [option: string]: any;
}

export interface PasswordlessLoginOptions extends CallOptions {
  connection: string;
  /** One of `email` and `phoneNumber` is needed. */
  email?: string;
  phoneNumber?: string;
  /** The code. A number is sent as its digits. */
  verificationCode: string | number;
  responseType?: string;
  redirectUri?: string;
  scope?: string;
  audience?: string;
  state?: string;
  nonce?: string;
  /** What the page wants back after the login. It stays in the browser. */
  appState?: any;
  onRedirecting?: OnRedirecting;
  /** Anything else goes to `/authorize`. */
  [option: string]: any;
}

export interface PasswordlessVerifyOptions extends CallOptions {
  connection: string;
  verificationCode: string;
  /** One of `email` and `phoneNumber` is needed. */
  email?: string;
  phoneNumber?: string;
  [option: string]: any;
}

/** The tenant's answer to a start, in camel case. */
export interface PasswordlessStartResult {
  Id?: string;
  email?: string;
  emailVerified?: boolean;
  phoneNumber?: string;
  phoneVerified?: boolean;
  [member: string]: any;
}

/** What a finished login comes to. What is missing is `null`. */
export interface Auth0DecodedHash {
  accessToken: string | null;
  idToken: string | null;
  /** The claims of the ID token, under their own names. */
  idTokenPayload: Record<string, any> | null;
  /** What the page gave the login to keep. */
  appState: any;
  refreshToken: string | null;
  state: string | null;
  /** Seconds that the access token is valid. */
  expiresIn: number | null;
  tokenType: string | null;
  scope: string | null;
}

/** What `handleRedirectCallback` comes to. */
export interface RedirectResult extends Auth0DecodedHash {
  /** The authorization code, where a server is to redeem it. */
  code?: string | null;
}

export interface AuthorizeOptions {
  clientID?: string;
  responseType?: string;
  responseMode?: string;
  redirectUri?: string;
  scope?: string;
  audience?: string;
  state?: string;
  nonce?: string;
  organization?: string;
  invitation?: string;
  connection?: string;
  prompt?: 'login' | 'none' | 'consent' | 'select_account' | (string & {});
  /** What the page wants back after the login. It stays in the browser. */
  appState?: any;
  /** Overrides the constructor's. */
  pkce?: boolean;
  /** Anything else goes to `/authorize`. */
  [option: string]: any;
}

export interface ParseHashOptions {
  /** The fragment. Default: the page's. */
  hash?: string;
  /** Where a server mints them. Default: those of the stored transaction. */
  state?: string;
  nonce?: string;
  responseType?: string;
  /** Lets answers in that nobody asked for. It opens the page to login CSRF. */
  __enableIdPInitiatedLogin?: boolean;
  timeout?: number;
  signal?: AbortSignal;
}

export interface RedirectCallbackOptions extends CallOptions {
  /** Default: the page's address. */
  url?: string;
  state?: string;
  nonce?: string;
}

export interface CheckSessionOptions extends AuthorizeOptions, CallOptions {}

export interface RenewAuthOptions extends AuthorizeOptions, CallOptions {
  usePostMessage?: boolean;
  postMessageDataType?: string;
  postMessageOrigin?: string;
}

export interface LogoutOptions {
  clientID?: string;
  /** One of the client's Allowed Logout URLs. */
  returnTo?: string;
  federated?: boolean | string;
  [option: string]: any;
}

export interface PopupAuthorizeOptions extends AuthorizeOptions {
  popupOptions?: { width?: number; height?: number; top?: number; left?: number };
  owp?: boolean;
  signal?: AbortSignal;
}

export interface PopupCallbackOptions {
  hash?: string;
  state?: string;
  nonce?: string;
  popupOrigin?: string;
}

export interface OauthTokenOptions extends CallOptions {
  grantType: string;
  [option: string]: any;
}

export interface CaptchaOptions {
  lang?: string;
  appearance?: string;
  successCallback?: () => void;
  templates?: Record<string, (challenge: any) => string>;
}

export interface Captcha {
  reload(done?: (error?: any) => void): void;
  getValue(): string | undefined;
}

/** Something to abort a call with; its callback then gets `aborted`. */
export interface Abortable {
  abort(): void;
}

/** Requests without a page around them. */
export class Authentication {
  constructor(options: WebAuthOptions);
  constructor(webAuth: WebAuth, options: WebAuthOptions);
  buildAuthorizeUrl(options: AuthorizeOptions): string;
  buildLogoutUrl(options?: LogoutOptions): string;
  /** The claims about the person, under their own names. */
  userInfo(accessToken: string): Promise<Record<string, any>>;
  userInfo(accessToken: string, cb: Callback<Record<string, any>>): Abortable;
  /** A grant at `/oauth/token`; the answer is in camel case. */
  oauthToken(options: OauthTokenOptions): Promise<any>;
  oauthToken(options: OauthTokenOptions, cb: Callback): Abortable;
  passwordless: {
    /** Without a transaction, and without the constructor's settings in `authParams`. */
    start(options: PasswordlessStartOptions): Promise<PasswordlessStartResult>;
    start(options: PasswordlessStartOptions, cb: Callback<PasswordlessStartResult>): Abortable;
    /** Has the tenant check a code and stays on the page. */
    verify(options: PasswordlessVerifyOptions): Promise<any>;
    verify(options: PasswordlessVerifyOptions, cb: Callback): Abortable;
    /** The tenant wants the code in this address. */
    buildVerifyUrl(options: PasswordlessVerifyOptions): string;
    /** The captcha of the tenant's own login page; nothing without a `state` of the constructor. */
    getChallenge(): Promise<any>;
    getChallenge(cb: Callback): Abortable;
  };
}

/** Left out: throws `UnsupportedError`. */
export class Management {
  private constructor();
}

/** Passwordless login. Methods work unbound, and give a promise where no callback is given. */
export class WebAuth {
  /** Throws an `Error` with auth0.js's text when an option is missing or wrong. `options` is neither kept nor changed. */
  constructor(options: WebAuthOptions);

  client: Authentication;
  popup: {
    /** Logs in in a window of its own, whose page calls `popup.callback`. Call it in the handler of a click. */
    authorize(options: PopupAuthorizeOptions): Promise<Auth0DecodedHash>;
    authorize(options: PopupAuthorizeOptions, cb: Callback<Auth0DecodedHash>): void;
    /** For the page in that window. */
    callback(options?: PopupCallbackOptions): void;
  };

  /** Has the tenant send a code or a link. */
  passwordlessStart(options: PasswordlessStartOptions): Promise<PasswordlessStartResult>;
  passwordlessStart(options: PasswordlessStartOptions, cb: Callback<PasswordlessStartResult>): Abortable;

  /**
   * Logs in with a code. Success leaves the page: the promise resolves, and no callback is called. With
   * `redirect: false` the page stays, and both get the tokens: only where the tenant is of the page's own site.
   */
  passwordlessLogin(options: PasswordlessLoginOptions & { redirect: false }): Promise<RedirectResult>;
  passwordlessLogin(options: PasswordlessLoginOptions & { redirect: false }, cb: Callback<RedirectResult>): void;
  passwordlessLogin(options: PasswordlessLoginOptions): Promise<void>;
  passwordlessLogin(options: PasswordlessLoginOptions, cb: Callback<never>): void;

  /** Logs in with a code on the tenant's own login page; elsewhere CORS forbids it. */
  passwordlessVerify(options: PasswordlessLoginOptions): Promise<void>;
  passwordlessVerify(options: PasswordlessLoginOptions, cb: Callback<never>): void;

  /** Leaves the page for the tenant's login page. The promise, which auth0.js has not, rejects if that fails. */
  authorize(options?: AuthorizeOptions): Promise<void>;

  /** Reads the tokens in a fragment and checks them. `null` without any. May be called again for the same answer. */
  parseHash(options?: ParseHashOptions): Promise<Auth0DecodedHash | null>;
  parseHash(options: ParseHashOptions, cb: Callback<Auth0DecodedHash | null, Auth0ParseHashError>): Abortable;
  parseHash(cb: Callback<Auth0DecodedHash | null, Auth0ParseHashError>): Abortable;

  /** Checks an answer that is already in its parts. */
  validateAuthenticationResponse(options: ParseHashOptions, response: Record<string, any>): Promise<Auth0DecodedHash>;
  validateAuthenticationResponse(options: ParseHashOptions, response: Record<string, any>, cb: Callback<Auth0DecodedHash, Auth0ParseHashError>): void;

  /**
   * Finishes whatever login the page's address is the answer to: tokens or a code, in fragment or query, or an error.
   * `null` when it is no answer. May be called again for the same address. Not in auth0.js.
   */
  handleRedirectCallback(options?: RedirectCallbackOptions): Promise<RedirectResult | null>;
  handleRedirectCallback(options: RedirectCallbackOptions, cb: Callback<RedirectResult | null, Auth0ParseHashError>): void;
  handleRedirectCallback(cb: Callback<RedirectResult | null, Auth0ParseHashError>): void;

  /** Tokens for a person who has a session with the tenant. `timeout` is 60000 unless given. */
  checkSession(options?: CheckSessionOptions): Promise<RedirectResult>;
  checkSession(options: CheckSessionOptions, cb: Callback<RedirectResult>): Abortable;

  /** The same through a redirect page of the page's own. */
  renewAuth(options: RenewAuthOptions): Promise<any>;
  renewAuth(options: RenewAuthOptions, cb: Callback<any, Auth0ParseHashError>): Abortable;

  /** Ends the session with the tenant by leaving the page. */
  logout(options?: LogoutOptions): void;

  /** For the client's Cross-Origin Verification Fallback URL. */
  crossOriginVerification(): void;
  /** The same under its old name. */
  crossOriginAuthenticationCallback(): void;

  /** The captcha of the tenant's own login page; its value goes into `passwordlessStart` as `captcha`. */
  renderPasswordlessCaptcha(element: HTMLElement, options?: CaptchaOptions, cb?: (error?: any, result?: any) => void): Captcha;
}

/** Names of DefinitelyTyped's `@types/auth0-js`. */
export type AuthOptions = WebAuthOptions;
export type Auth0Result = PasswordlessStartResult;
