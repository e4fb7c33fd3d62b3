/** A message in the outbox: a mail or a text message that the tenant did not really send. */
export interface Message {
  id: string;
  /** The recipient: an e-mail address or a phone number, normalised. */
  to: string;
  from: string;
  /** Empty for text messages. */
  subject: string;
  /** Empty for text messages. */
  html: string;
  text: string;
  /** The one-time code. Empty in a notice. */
  code: string;
  /** The magic link. Every message has one. */
  link: string;
  connection: string;
  /** The header `x-request-language` of the request, unchanged. Templates choose their language by it. */
  request_language: string | null;
  /** RFC 3339. */
  created_at: string;
  /** When the code expires by the tenant's clock, in milliseconds since the epoch. */
  expires_at_ms: number;
  client_id: string;
  send: 'code' | 'link' | 'notice';
}

/** The tenant's time. */
export interface Clock {
  now: string;
  now_ms: number;
  offset_ms: number;
  frozen: boolean;
}

/** A failure that the tenant shows to the requests that match. */
export interface Fault {
  /** The requests that fail. A condition that is left out holds for every request. */
  match?: { path?: string; method?: string; client?: string; email?: string };
  /** How many requests fail. Default: all, until {@link MockTenant.heal}. */
  times?: number;
  /** Real milliseconds to wait before the response. Without `status` and `drop` the request is then served as usual. */
  delay_ms?: number;
  /** The HTTP status of the response. */
  status?: number;
  /** The body of the response. A text is sent as it is, another value as JSON. */
  body?: unknown;
  /** Closes the connection at once or, with `status`, in the middle of the body. */
  drop?: boolean;
}

/**
 * The state of the tenant. It contains codes, tokens and the private keys of this test tenant, so anybody who has it can sign
 * tokens as the tenant.
 */
export interface Snapshot {
  version: 3;
  clock: object;
  keys: { role: Key['role']; pem: string }[];
  state: object;
}

/** A signing key. */
export interface Key {
  kid: string;
  role: 'current' | 'next' | 'previous';
}

export interface StartOptions {
  /** The program. Default: the one of the npm package `latchkey-mock-tenant`, else `latchkey-mock-tenant` on the PATH. */
  command?: string;
  /** Origin of the application under test. Default `http://localhost:3000`. */
  appUrl?: string;
  /** Further arguments, such as `['--seed', '1']`. */
  args?: string[];
  /** Environment variables, added to those of this process. */
  env?: Record<string, string>;
}

export interface MessageOptions {
  /**
   * A message or its id: only newer messages count. With `null` every message in the outbox counts. By default a message counts
   * if it was sent after the {@link MockTenant} was constructed and was not returned before. So no message of an earlier request
   * or of an earlier run of the tests is read.
   */
  after?: string | Message | null;
  /** Seconds to wait, at most 60. Default 10. */
  wait?: number;
}

/** An application, with the field names of Auth0's Management API. Each field that is left out has its default. */
export interface Application {
  /** Default: generated. */
  client_id?: string;
  /** Default: generated, for confidential applications. */
  client_secret?: string;
  name?: string;
  /** Default `regular_web`. */
  app_type?: 'regular_web' | 'spa' | 'native' | 'non_interactive';
  callbacks?: string[];
  web_origins?: string[];
  allowed_origins?: string[];
  allowed_logout_urls?: string[];
  cross_origin_authentication?: boolean;
  grant_types?: string[];
  client_metadata?: Record<string, unknown>;
  claims?: Claims;
  [field: string]: unknown;
}

/** A user to create. `email` or `phone_number` is required. */
export interface NewUser {
  email?: string;
  phone_number?: string;
  /** Default `email`, or `sms` for a user with a phone number only. */
  connection?: string;
  name?: string;
  blocked?: boolean;
  /** The id, with or without the provider in front. Default: generated. */
  user_id?: string;
  roles?: string[];
  user_metadata?: Record<string, unknown>;
  app_metadata?: Record<string, unknown>;
  claims?: Claims;
}

/**
 * Claims of ID tokens, access tokens and `/userinfo`. A text is a Liquid template with the variables `user` and `client`. If it
 * is one output tag, the claim keeps the type of the value: `{ 'https://example.com/roles': '{{ user.roles }}' }`. Applications
 * and the tenant's settings have claims, too.
 */
export type Claims = Record<string, unknown>;

/** A change of a user. Metadata are merged with the existing ones. A new `email` sends the mail of `change_email`. */
export interface UserChange extends Omit<NewUser, 'phone_number' | 'user_id'> {
  email_verified?: boolean;
  /** The application that the mail of `change_email` names. */
  client_id?: string;
}

/** Templates to try in place of the connection's own, and the request they are rendered for. */
export interface PreviewRequest {
  from?: string;
  subject?: string;
  body?: string;
  /** The header `x-request-language`. */
  language?: string;
  send?: 'code' | 'link';
  /** `change_email`: the mail about a changed address, in place of the login mail. */
  operation?: 'change_email' | null;
  client_id?: string;
}

/** A rendered mail. */
export interface Preview {
  from: string;
  subject: string;
  html: string;
  text: string;
  /** Why the templates cannot be rendered. The built-in mail is shown in that case. */
  problem: string | null;
  warnings: { kind: string; text: string }[];
}

/** A user, with the field names of Auth0's Management API. */
export interface User {
  user_id: string;
  email?: string;
  email_verified?: boolean;
  phone_number?: string;
  phone_verified?: boolean;
  name: string;
  nickname: string;
  picture?: string;
  blocked: boolean;
  created_at: string;
  updated_at: string;
  last_login?: string;
  last_ip?: string;
  logins_count: number;
  roles: string[];
  user_metadata: Record<string, unknown>;
  app_metadata: Record<string, unknown>;
  claims?: Claims;
  identities: { user_id: string; provider: string; connection: string; isSocial: boolean }[];
}

/** A call that the tenant refused, with the tenant's `error_description` as message, or a tenant that did not start. */
export class MockTenantError extends Error {
  /** The HTTP status, or 0 if there was no response. */
  readonly status: number;
}

/** What the sample web app is written in. */
export type SampleKind = 'rust' | 'node' | 'spa';

/** A running mock tenant. */
export class MockTenant {
  /**
   * @param url the tenant's origin. Default `http://localhost:4000`
   * @param options `controlToken`: the value of `--control-token` with which a tenant on another machine was started
   */
  constructor(url?: string, options?: { controlToken?: string });
  /** Starts a tenant on a free port. {@link stop} ends it. */
  static start(options?: StartOptions): Promise<MockTenant>;
  /** The tenant's origin, without a trailing slash. */
  readonly url: string;
  /**
   * Returns the newest message to an address or a phone number, and waits for one if there is none. Rejects if none arrives in
   * time. Old messages do not count, see {@link MessageOptions.after}: so construct the object before the application asks for
   * the message.
   */
  message(to: string, options?: MessageOptions): Promise<Message>;
  /** Lists the messages to a recipient, or all messages, the newest last. */
  messages(to?: string): Promise<Message[]>;
  /** Expires the code that was sent to an address or a phone number. The clock stays, so later ID tokens are not from the future. */
  expireCode(to: string): Promise<void>;
  /** Deletes one message, or all messages to a recipient, or all messages. */
  forget(which?: string | Message): Promise<void>;
  /** Sends a test mail through the e-mail provider. Rejects with the provider's error if the mail is refused. */
  testMail(to: string): Promise<void>;
  /** Renders a mail of a connection, without sending it. */
  preview(connection: string, request?: PreviewRequest): Promise<Preview>;
  /** Moves the tenant's clock forward by a number of seconds, or back if the number is negative. */
  advance(seconds: number): Promise<Clock>;
  /** Stops the tenant's clock or, with `false`, lets it run again. Default `true`. */
  freeze(frozen?: boolean): Promise<Clock>;
  /** Sets the tenant's clock to the machine's time. */
  realTime(): Promise<Clock>;
  /** Adds failures for requests to come. */
  fail(...faults: Fault[]): Promise<void>;
  /** Removes all failures that {@link MockTenant.fail} added. */
  heal(): Promise<void>;
  /** Changes the tenant's settings by a JSON Merge Patch (RFC 7396), and returns the new settings. */
  settings(patch: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Creates an application. Its id and secret are generated if they are left out. */
  createClient(application?: Application): Promise<Application & { client_id: string }>;
  /** The sample web app for an application, as a zip with its keys filled in. A page alone (`spa`) is for an application without a secret. */
  sample(clientID: string, kind: SampleKind): Promise<Uint8Array>;
  /** Deletes an application. */
  deleteClient(clientID: string): Promise<void>;
  /** Creates a connection. */
  createConnection(connection: { name: string } & Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Deletes a connection and its users. */
  deleteConnection(name: string): Promise<void>;
  /** Creates a user who has not logged in yet. */
  createUser(user: NewUser): Promise<User>;
  /** Changes a user. */
  user(userID: string, patch: UserChange): Promise<User>;
  /** Deletes a user, and the user's sessions and tokens. */
  deleteUser(userID: string): Promise<void>;
  /** Changes an application by a JSON Merge Patch (RFC 7396), and returns it. */
  client(clientID: string, patch: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Changes a connection by a JSON Merge Patch (RFC 7396), and returns it. */
  connection(name: string, patch: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Lists the signing keys: the current one, the next one, the previous ones. */
  keys(): Promise<Key[]>;
  /** Makes the next key the current one, and announces another next key. */
  rotateKeys(): Promise<Key[]>;
  /** Deletes a previous key, so that its tokens no longer validate. */
  revokeKey(kid: string): Promise<void>;
  /** Lists the captcha pictures that are not solved yet, with their solutions. */
  captchas(): Promise<{ state: string; answer: string; expires_at: string }[]>;
  /** Lists the tenant's log events in the format of Auth0's, the newest last. */
  logs(): Promise<Record<string, unknown>[]>;
  /** Lists the users. */
  users(): Promise<User[]>;
  /** Returns the tenant's state. */
  snapshot(): Promise<Snapshot>;
  /** Sets the tenant's state to that of a snapshot. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Sets the tenant's state to that at its start. */
  reset(): Promise<void>;
  /** Ends a tenant that {@link MockTenant.start} started. Does nothing for any other tenant. */
  stop(): Promise<void>;
  /** Calls the control API. `path` is relative to `/_mock/`. */
  call(method: string, path: string, body?: unknown): Promise<any>;
}
