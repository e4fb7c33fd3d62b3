/** Passwordless login, with the calls of auth0.js 10. Comments name what differs from auth0.js. */

/** The version of this package. */
export const version: { readonly raw: string };

/**
 * Resolves when the SDK can be used. Not in auth0.js.
 *
 * A page needs it only before methods that return a value synchronously, such as `buildAuthorizeUrl`. All other calls, and
 * `new WebAuth`, wait by themselves. There are two reasons to wait. Chrome before version 115 compiles more than 4 KB of
 * WebAssembly only in the background: until then such a method throws an error of the kind `not_ready`. Where WebAssembly is
 * switched off or forbidden, plain JavaScript is loaded instead: until then it throws one of the kind `wasm_unavailable`, and
 * this promise rejects with that kind if the file cannot be loaded. `latchkey/nowasm` and `webauth.nowasm.js` never wait.
 */
export function loaded(): Promise<void>;

/** The stable names of the causes of errors. Later versions may add names. */
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
  | 'popup_blocked'
  | 'popup_closed'
  | 'popup_severed'
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

/** The error object that callbacks get: auth0.js's members, and Latchkey's own `kind` and `retryAfter`. */
export interface Auth0Error {
  /** The cause of the error, by a name that does not depend on the tenant's wording. Not in auth0.js. */
  kind: AuthErrorKind;
  /** Seconds to wait before another try, if the response has them in a header that CORS exposes. Not in auth0.js. */
  retryAfter?: number;
  /** The tenant's code. It is the HTTP status if the response was not readable, and `null` if there was no response. */
  code: string | number | null;
  /** The tenant's description: usually a text, but some responses have an object. */
  description: any;
  /** The same as `code`, for logins and `checkSession` only. */
  error?: string | number | null;
  /** The same as `description`, for logins and `checkSession` only. */
  error_description?: any;
  /** The HTTP status. auth0.js leaves it out of login errors. */
  statusCode?: number;
  /** The reason phrase of the HTTP status; empty over HTTP/2. */
  statusText?: string;
  /** The name in the tenant's response, or `Error` if the response was not readable. */
  name?: string;
  /** The member `policy` of the tenant's response. */
  policy?: any;
  /** The members `error_codes` and `error_details` of the tenant's response. */
  errorDetails?: { codes: any; details: any };
  /** The response, or the tenant's JSON, from which the other members were read. */
  original: any;
}

/** The error object of `parseHash`, `validateAuthenticationResponse`, `handleRedirectCallback` and `renewAuth`. */
export interface Auth0ParseHashError {
  /** The cause of the error. Not in auth0.js. */
  kind: AuthErrorKind;
  /** The tenant's code, or `invalid_token` or `invalid_hash`. */
  error: string;
  errorDescription?: string;
  /** The state of the authorization response, if it has one. */
  state?: string;
}

/** The error with which promises reject. It has the members of the error object that a callback would get. */
export class AuthError extends Error {
  kind: AuthErrorKind;
  retryAfter?: number;
  code?: string | number | null;
  description?: any;
  /** For `parseHash`, `validateAuthenticationResponse`, `handleRedirectCallback` and `renewAuth` only. */
  errorDescription?: string;
  state?: string;
  error?: string | number | null;
  error_description?: any;
  statusCode?: number;
  statusText?: string;
  policy?: any;
  errorDetails?: { codes: any; details: any };
  original?: any;
  /** One sentence that says what happened and what to do about it. */
  message: string;
  private constructor();
}

/** The error of methods that auth0.js has and Latchkey leaves out. DIFFERENCES.md says what to use instead. */
export class UnsupportedError extends Error {
  private constructor();
}

export type Callback<T = any, E = Auth0Error> = (error: E | null, result?: T) => void;
export type Auth0Callback<T = any, E = Auth0Error> = Callback<T, E>;

/** A function that is called before the page is left. The page is left when it calls `done`. */
export type OnRedirecting = (done: () => void) => void;

export interface WebAuthOptions {
  /** The tenant's domain, such as `me.auth0.com`, or its origin, such as `http://localhost:4000`. */
  domain: string;
  /** The client ID. */
  clientID: string;
  /** The address to which the tenant sends the person with the authorization response. */
  redirectUri?: string;
  /** `code`, `token`, `id_token`, or several separated by spaces. A call without its own response type needs this one. */
  responseType?: string;
  /** Default: the tenant chooses by the response type. */
  responseMode?: 'query' | 'fragment' | 'form_post' | 'web_message' | (string & {});
  /** Scopes, separated by spaces. Default: `openid profile email`. */
  scope?: string;
  /** The API for which the access token is meant. */
  audience?: string;
  /** The state of every call, if a server mints it. Default: random, a new one for each call. */
  state?: string;
  /** The nonce of every call, if a server mints it. Default: random, a new one for each call that asks for an ID token. */
  nonce?: string;
  /** The organization to log in to, by ID or by name. */
  organization?: string;
  /** The invitation to that organization. */
  invitation?: string;
  /** Called before a login leaves the page. */
  onRedirecting?: OnRedirecting;
  /** Language of the message that is sent. Default: the browser's. Not in auth0.js. */
  language?: string;
  /** Milliseconds after which a request fails with the kind `timeout`; 0 for never. Default: 10000. Not in auth0.js. */
  timeout?: number;
  /** Minutes for which state and nonce are kept. Default: 30. */
  stateExpiration?: number;
  /** The attribute `Domain` of the cookies. Default: none, so only the page's own host gets them. */
  cookieDomain?: string;
  /** Seconds by which the clocks of tenant and browser may differ, from 0 to 300. Default: 60. In auth0.js 0 means 60. */
  leeway?: number;
  /**
   * The age in seconds that an authentication may have: an ID token whose `auth_time` is older, by more than the leeway, is refused, and
   * so is one without it. Default, and with 0: no limit. It is not sent to the tenant, as in auth0.js; `maxAge` of a call is.
   */
  maxAge?: number;
  /** The origin of the page that opened the popup window, for `popup.callback`. Default: the page's own origin. */
  popupOrigin?: string;
  /** Overrides of the tenant's name, of the issuer of ID tokens and of the address of the tenant's keys. */
  overrides?: { __tenant?: string; __token_issuer?: string; __jwks_uri?: string };
  /**
   * Whether requests for a `code` carry a code challenge (PKCE, RFC 7636). It is for clients without a server that redeems the
   * code: then `handleRedirectCallback` redeems it. Default: false. Not in auth0.js.
   */
  pkce?: boolean;
  /** Additional headers of every request, but not of the one for the tenant's keys. */
  headers?: Record<string, string>;
  /** Whether requests name this SDK and its version. Default: true. */
  _sendTelemetry?: boolean;
  /** Name and version of a library that wraps this SDK. */
  _telemetryInfo?: Record<string, any>;
  /** Whether to show no warnings on the console. Default: false. */
  _disableDeprecationWarnings?: boolean;
  /** Has no effect: requests that send mail or use up a code are not repeated. */
  _timesToRetryFailedRequests?: number;
  /** Has no effect: there is one cookie, with `SameSite=Lax`. */
  legacySameSiteCookie?: boolean;
  [option: string]: any;
}

interface CallOptions {
  /** Milliseconds after which the call fails with the kind `timeout`; 0 for never. Default: the constructor's. auth0.js has it for silent requests only. */
  timeout?: number;
  /** A signal that aborts the call, which then fails with the kind `aborted`. Not in auth0.js. */
  signal?: AbortSignal;
}

export interface PasswordlessStartOptions extends CallOptions {
  /** The name of the connection, such as `email` or `sms`. */
  connection: string;
  /** Whether the tenant sends a verification code or a magic link. */
  send: 'code' | 'link';
  /** Either `email` or `phoneNumber` is required. */
  email?: string;
  /** The number with its country code, such as `+15551234567`. */
  phoneNumber?: string;
  /** Parameters of the authorization request that a magic link makes. They override the constructor's options. */
  authParams?: Record<string, any>;
  /** The solution of the captcha, if the tenant asks for one. */
  captcha?: string;
  /** Language of the message. Default: the constructor's `language`, or else the browser's. */
  xRequestLanguage?: string;
  /** Any further option is sent to the tenant. */
  [option: string]: any;
}

export interface PasswordlessLoginOptions extends CallOptions {
  /** The name of the connection, such as `email` or `sms`. */
  connection: string;
  /** Either `email` or `phoneNumber` is required. */
  email?: string;
  /** The number to which the code was sent. */
  phoneNumber?: string;
  /** The verification code. A number is sent as its digits. */
  verificationCode: string | number;
  responseType?: string;
  redirectUri?: string;
  scope?: string;
  audience?: string;
  state?: string;
  nonce?: string;
  /** A value that the page gets back after the login. It is stored in the browser and not sent. */
  appState?: any;
  onRedirecting?: OnRedirecting;
  /** Any further option is sent to `/authorize`. */
  [option: string]: any;
}

export interface PasswordlessVerifyOptions extends CallOptions {
  connection: string;
  verificationCode: string;
  /** Either `email` or `phoneNumber` is required. */
  email?: string;
  phoneNumber?: string;
  [option: string]: any;
}

/** The tenant's response to a start, with names in camel case. */
export interface PasswordlessStartResult {
  Id?: string;
  email?: string;
  emailVerified?: boolean;
  phoneNumber?: string;
  phoneVerified?: boolean;
  [member: string]: any;
}

/** The result of a finished login. A missing member is `null`. */
export interface Auth0DecodedHash {
  accessToken: string | null;
  idToken: string | null;
  /** The claims of the ID token, with their own names. */
  idTokenPayload: Record<string, any> | null;
  /** The option `appState` of the login. */
  appState: any;
  refreshToken: string | null;
  state: string | null;
  /** The lifetime of the access token in seconds. */
  expiresIn: number | null;
  tokenType: string | null;
  scope: string | null;
}

/** The result of `handleRedirectCallback`, of `checkSession` and of a login in place. */
export interface RedirectResult extends Auth0DecodedHash {
  /** The authorization code, if a server has to redeem it. */
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
  /** A value that the page gets back after the login. It is stored in the browser and not sent. */
  appState?: any;
  /** Overrides the constructor's option `pkce`. */
  pkce?: boolean;
  /** Any further option is sent to `/authorize`. */
  [option: string]: any;
}

export interface ParseHashOptions {
  /** The fragment, with or without `#`. Default: the fragment of the page's address. */
  hash?: string;
  /** The expected state, if a server minted it. Default: the state of the stored transaction. */
  state?: string;
  /** The expected nonce, if a server minted it. Default: the nonce of the stored transaction. */
  nonce?: string;
  /** The response type of the request, if the constructor has none. */
  responseType?: string;
  /** Accepts authorization responses without state, which no request of this browser asked for. It opens the page to login CSRF. */
  __enableIdPInitiatedLogin?: boolean;
  timeout?: number;
  signal?: AbortSignal;
}

export interface RedirectCallbackOptions extends CallOptions {
  /** The address with the authorization response. Default: the page's address. */
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
  /** The address to which the tenant sends the person next. It has to be one of the client's Allowed Logout URLs. */
  returnTo?: string;
  /** Whether to end the session with the identity provider too. */
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

/** Aborts a call, whose callback then gets an error of the kind `aborted`. */
export interface Abortable {
  abort(): void;
}

/** The API client: requests that need no transaction. Methods work without `this`, and return a promise without a callback. */
export class Authentication {
  constructor(options: WebAuthOptions);
  constructor(webAuth: WebAuth, options: WebAuthOptions);
  buildAuthorizeUrl(options: AuthorizeOptions): string;
  buildLogoutUrl(options?: LogoutOptions): string;
  /** The claims about the person from `/userinfo`, with their own names. */
  userInfo(accessToken: string): Promise<Record<string, any>>;
  userInfo(accessToken: string, cb: Callback<Record<string, any>>): Abortable;
  /** Requests tokens at `/oauth/token` by any grant. The members of the result are in camel case. */
  oauthToken(options: OauthTokenOptions): Promise<any>;
  oauthToken(options: OauthTokenOptions, cb: Callback): Abortable;
  passwordless: {
    /** Starts a login without a transaction and without the constructor's options in `authParams`. */
    start(options: PasswordlessStartOptions): Promise<PasswordlessStartResult>;
    start(options: PasswordlessStartOptions, cb: Callback<PasswordlessStartResult>): Abortable;
    /** Asks the tenant to check a code, without leaving the page. */
    verify(options: PasswordlessVerifyOptions): Promise<any>;
    verify(options: PasswordlessVerifyOptions, cb: Callback): Abortable;
    /** The address that completes a login with a verified code. It contains the code, because the tenant requires it. */
    buildVerifyUrl(options: PasswordlessVerifyOptions): string;
    /** The captcha of the tenant's own login page. Without the constructor option `state` there is no captcha. */
    getChallenge(): Promise<any>;
    getChallenge(cb: Callback): Abortable;
  };
}

/** The client of the Management API, which Latchkey leaves out: the constructor throws an `UnsupportedError`. */
export class Management {
  private constructor();
}

/** Passwordless login. Methods work without `this`, and return a promise without a callback; in auth0.js they do not. */
export class WebAuth {
  /** Throws an `Error` with auth0.js's text if an option is missing or wrong. `options` is neither kept nor changed. */
  constructor(options: WebAuthOptions);

  client: Authentication;
  popup: {
    /** Logs in in a popup window, whose page calls `popup.callback`. Call it in the handler of a click. */
    authorize(options: PopupAuthorizeOptions): Promise<Auth0DecodedHash>;
    authorize(options: PopupAuthorizeOptions, cb: Callback<Auth0DecodedHash>): void;
    /** Posts the result from the page in the popup window to the page that opened it. */
    callback(options?: PopupCallbackOptions): void;
  };

  /** Asks the tenant to send a verification code or a magic link. */
  passwordlessStart(options: PasswordlessStartOptions): Promise<PasswordlessStartResult>;
  passwordlessStart(options: PasswordlessStartOptions, cb: Callback<PasswordlessStartResult>): Abortable;

  /**
   * Logs in with a verification code. A successful login leaves the page: the promise resolves, and the callback is not called.
   * With `redirect: false` the page is not left, and promise or callback get the tokens. That works only if the tenant and the
   * page are on one site, or if the browser sends third-party cookies.
   */
  passwordlessLogin(options: PasswordlessLoginOptions & { redirect: false }): Promise<RedirectResult>;
  passwordlessLogin(options: PasswordlessLoginOptions & { redirect: false }, cb: Callback<RedirectResult>): void;
  passwordlessLogin(options: PasswordlessLoginOptions): Promise<void>;
  passwordlessLogin(options: PasswordlessLoginOptions, cb: Callback<never>): void;

  /** Logs in with a verification code on the tenant's own login page. CORS forbids it on other pages. */
  passwordlessVerify(options: PasswordlessLoginOptions): Promise<void>;
  passwordlessVerify(options: PasswordlessLoginOptions, cb: Callback<never>): void;

  /** Leaves the page for the tenant's login page. The promise rejects if that fails; auth0.js returns none. */
  authorize(options?: AuthorizeOptions): Promise<void>;

  /**
   * Reads the tokens in a fragment and checks them. The result is `null` if the fragment has no token. A second call for the same
   * authorization response has the same result; in auth0.js it fails.
   */
  parseHash(options?: ParseHashOptions): Promise<Auth0DecodedHash | null>;
  parseHash(options: ParseHashOptions, cb: Callback<Auth0DecodedHash | null, Auth0ParseHashError>): Abortable;
  parseHash(cb: Callback<Auth0DecodedHash | null, Auth0ParseHashError>): Abortable;

  /** Checks an authorization response whose parameters are parsed already. */
  validateAuthenticationResponse(options: ParseHashOptions, response: Record<string, any>): Promise<Auth0DecodedHash>;
  validateAuthenticationResponse(options: ParseHashOptions, response: Record<string, any>, cb: Callback<Auth0DecodedHash, Auth0ParseHashError>): void;

  /**
   * Reads the authorization response in the page's address and finishes its login: tokens or a code, in fragment or query, or an
   * error. The result is `null` if the address has no authorization response. A second call for the same address has the same
   * result. Not in auth0.js.
   */
  handleRedirectCallback(options?: RedirectCallbackOptions): Promise<RedirectResult | null>;
  handleRedirectCallback(options: RedirectCallbackOptions, cb: Callback<RedirectResult | null, Auth0ParseHashError>): void;
  handleRedirectCallback(cb: Callback<RedirectResult | null, Auth0ParseHashError>): void;

  /** Gets tokens for a person who has a session with the tenant, in a hidden frame. The default of `timeout` is 60000. */
  checkSession(options?: CheckSessionOptions): Promise<RedirectResult>;
  checkSession(options: CheckSessionOptions, cb: Callback<RedirectResult>): Abortable;

  /** Gets tokens in a hidden frame whose redirect URI is a page of the application. */
  renewAuth(options: RenewAuthOptions): Promise<any>;
  renewAuth(options: RenewAuthOptions, cb: Callback<any, Auth0ParseHashError>): Abortable;

  /** Ends the session with the tenant. This leaves the page. */
  logout(options?: LogoutOptions): void;

  /** Responds to the tenant's requests for verifiers, on the page of the client's Cross-Origin Verification Fallback URL. */
  crossOriginVerification(): void;
  /** The old name of `crossOriginVerification`. */
  crossOriginAuthenticationCallback(): void;

  /** Shows the captcha of the tenant's own login page in `element`. Its value is the option `captcha` of `passwordlessStart`. */
  renderPasswordlessCaptcha(element: HTMLElement, options?: CaptchaOptions, cb?: (error?: any, result?: any) => void): Captcha;
}

/** The names that DefinitelyTyped's `@types/auth0-js` has for these types. */
export type AuthOptions = WebAuthOptions;
export type Auth0Result = PasswordlessStartResult;
