/** Passwordless login as in auth0.js. What differs from it is named in each comment. */

/** Version of this package. */
export const version: { readonly raw: string };

/** Stable names of causes. New ones may come. */
export type AuthErrorKind =
  | 'aborted'
  | 'access_denied'
  | 'blocked_user'
  | 'captcha_required'
  | 'client_misconfigured'
  | 'code_expired'
  | 'connection_disabled'
  | 'invalid_code'
  | 'invalid_email'
  | 'invalid_options'
  | 'invalid_phone_number'
  | 'network'
  | 'origin_not_allowed'
  | 'random_unavailable'
  | 'rate_limited'
  | 'request_refused'
  | 'server_error'
  | 'signup_disabled'
  | 'storage_unavailable'
  | 'timeout'
  | 'too_many_attempts'
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
  /** `code` under its second name. Of a login only. */
  error?: string | number | null;
  /** `description` under its second name. Of a login only. */
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

/** What promises reject with. */
export class AuthError extends Error implements Auth0Error {
  kind: AuthErrorKind;
  retryAfter?: number;
  code: string | number | null;
  description: any;
  error?: string | number | null;
  error_description?: any;
  statusCode?: number;
  statusText?: string;
  policy?: any;
  errorDetails?: { codes: any; details: any };
  original: any;
  /** What to do about it, in one sentence. */
  message: string;
  private constructor();
}

export type Callback<T = any> = (error: Auth0Error | null, result?: T) => void;

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

/** The tenant's answer to a start, in camel case. */
export interface PasswordlessStartResult {
  Id?: string;
  email?: string;
  emailVerified?: boolean;
  phoneNumber?: string;
  phoneVerified?: boolean;
  [member: string]: any;
}

/** Passwordless login. Methods work unbound, and give a promise where no callback is given. */
export class WebAuth {
  /** Throws an `Error` with auth0.js's text when an option is missing or wrong. `options` is neither kept nor changed. */
  constructor(options: WebAuthOptions);

  /** Has the tenant send a code or a link. */
  passwordlessStart(options: PasswordlessStartOptions): Promise<PasswordlessStartResult>;
  passwordlessStart(options: PasswordlessStartOptions, cb: Callback<PasswordlessStartResult>): { abort(): void };

  /** Logs in with a code. Success leaves the page; the promise resolves, and no callback is called. */
  passwordlessLogin(options: PasswordlessLoginOptions): Promise<void>;
  passwordlessLogin(options: PasswordlessLoginOptions, cb: Callback<never>): void;

  /** Logs in with a code on the tenant's own login page; elsewhere CORS forbids it. */
  passwordlessVerify(options: PasswordlessLoginOptions): Promise<void>;
  passwordlessVerify(options: PasswordlessLoginOptions, cb: Callback<never>): void;
}
