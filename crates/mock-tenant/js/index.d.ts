/** What was sent to somebody. */
export interface Message {
  id: string;
  /** Address or number, normalised. */
  to: string;
  from: string;
  /** Empty for text messages. */
  subject: string;
  /** Empty for text messages. */
  html: string;
  text: string;
  /** The digits; empty in a notice. */
  code: string;
  /** The magic link; every message has one. */
  link: string;
  connection: string;
  /** The raw language header of the request, from which templates choose. */
  request_language: string | null;
  /** RFC 3339. */
  created_at: string;
  /** When the code dies, by the tenant's clock; milliseconds since the epoch. */
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

/** A failure to come. */
export interface Fault {
  /** Which requests; what is left out matches all. */
  match?: { path?: string; method?: string; client?: string; email?: string };
  /** How often; left out: until {@link MockTenant.heal}. */
  times?: number;
  /** Real milliseconds to wait first; alone, the request is then served as usual. */
  delay_ms?: number;
  /** Answer with this status. */
  status?: number;
  /** JSON, or text. */
  body?: unknown;
  /** Close the connection: at once, or with `status` half-way through the body. */
  drop?: boolean;
}

/** All that changes. It holds codes, tokens and the private keys of this test tenant: whoever has it can sign as the tenant. */
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
  /** The program. Default: that of the npm package `latchkey-mock-tenant`, or `latchkey-mock-tenant` on the PATH. */
  command?: string;
  /** Origin of the application under test. Default `http://localhost:3000`. */
  appUrl?: string;
  /** Further arguments, such as `['--seed', '1']`. */
  args?: string[];
  /** Environment variables over the process's own. */
  env?: Record<string, string>;
}

export interface MessageOptions {
  /**
   * A message, or its id: only newer ones count. `null`: every message that is kept. Default: those that were sent since the
   * {@link MockTenant} was made and that it has not given out before, so that no message of an earlier press or run is read.
   */
  after?: string | Message | null;
  /** Seconds to wait, at most 60. Default 10. */
  wait?: number;
}

/** An application, with the Management API's field names; what is left out keeps its default. */
export interface Application {
  /** Default: made up. */
  client_id?: string;
  /** Default: made up, for applications that keep one. */
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

/** A person to be made; `email` or `phone_number`. */
export interface NewUser {
  email?: string;
  phone_number?: string;
  /** Default `email`, or `sms` with a number alone. */
  connection?: string;
  name?: string;
  blocked?: boolean;
  /** Fixed, with or without the provider in front. Default: made up. */
  user_id?: string;
  roles?: string[];
  user_metadata?: Record<string, unknown>;
  app_metadata?: Record<string, unknown>;
  claims?: Claims;
}

/**
 * Claims of ID tokens, access tokens and `/userinfo`. Texts are Liquid over `user` and `client`; one that is a single value
 * keeps its type: `{ 'https://example.com/roles': '{{ user.roles }}' }`. Clients and the tenant's settings take them, too.
 */
export type Claims = Record<string, unknown>;

/** What of a person can be changed; metadata are merged into what is there. Another `email` sends the mail of `change_email`. */
export interface UserChange extends Omit<NewUser, 'phone_number' | 'user_id'> {
  email_verified?: boolean;
  /** The application that the mail of a change of address names. */
  client_id?: string;
}

/** Texts to try in place of the connection's own, and for whom. */
export interface PreviewRequest {
  from?: string;
  subject?: string;
  body?: string;
  /** The raw language header. */
  language?: string;
  send?: 'code' | 'link';
  /** The mail that tells of a change of address. */
  operation?: 'change_email' | null;
  client_id?: string;
}

/** A mail as it would look. */
export interface Preview {
  from: string;
  subject: string;
  html: string;
  text: string;
  /** Why the texts cannot be used; the built-in mail is shown then. */
  problem: string | null;
  warnings: { kind: string; text: string }[];
}

/** A person, in the Management API's shape. */
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

/** A call that the tenant refused, with its own words; or a tenant that did not start (`status` 0). */
export class MockTenantError extends Error {
  readonly status: number;
}

/** What the sample web app is written in. */
export type SampleKind = 'rust' | 'node' | 'spa';

/** A running mock tenant. */
export class MockTenant {
  /**
   * @param url where it runs; default `http://localhost:4000`
   * @param options `controlToken`: what the tenant was started with, for one on another machine
   */
  constructor(url?: string, options?: { controlToken?: string });
  /** Starts one on a free port; {@link stop} ends it. */
  static start(options?: StartOptions): Promise<MockTenant>;
  /** Where it runs, without a trailing slash. */
  readonly url: string;
  /**
   * The newest message to an address or a number; waits for one, and rejects when none comes. Old ones do not count: see
   * {@link MessageOptions.after}. Make the object before what has the message sent.
   */
  message(to: string, options?: MessageOptions): Promise<Message>;
  /** All messages, newest last. */
  messages(to?: string): Promise<Message[]>;
  /** Ends the life of the code that was sent to an address or a number. It moves no clock, so later ID tokens are not from the future. */
  expireCode(to: string): Promise<void>;
  /** Forgets messages: one, or all to an address, or all. */
  forget(which?: string | Message): Promise<void>;
  /** Sends a test mail through the e-mail provider; rejects with its words when it is not taken. */
  testMail(to: string): Promise<void>;
  /** How a mail of a connection would look. */
  preview(connection: string, request?: PreviewRequest): Promise<Preview>;
  /** Moves the clock by so many seconds; back, when less than 0. */
  advance(seconds: number): Promise<Clock>;
  /** Stops the clock, or lets it run on. */
  freeze(frozen?: boolean): Promise<Clock>;
  /** Back to the machine's time. */
  realTime(): Promise<Clock>;
  /** Scripts failures to come. */
  fail(...faults: Fault[]): Promise<void>;
  /** Forgets failures to come. */
  heal(): Promise<void>;
  /** A JSON Merge Patch of the tenant's settings. */
  settings(patch: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** A new application; its id and secret are made up where they are left out. */
  createClient(application?: Application): Promise<Application & { client_id: string }>;
  /** The sample web app for an application, as a zip with its keys filled in. A page alone (`spa`) is for an application without a secret. */
  sample(clientID: string, kind: SampleKind): Promise<Uint8Array>;
  /** Forgets an application. */
  deleteClient(clientID: string): Promise<void>;
  /** A new connection. */
  createConnection(connection: { name: string } & Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Forgets a connection and its people. */
  deleteConnection(name: string): Promise<void>;
  /** A person who has not logged in yet. */
  createUser(user: NewUser): Promise<User>;
  /** Changes a person. */
  user(userID: string, patch: UserChange): Promise<User>;
  /** Forgets a person, with their sessions and tokens. */
  deleteUser(userID: string): Promise<void>;
  /** A JSON Merge Patch of an application. */
  client(clientID: string, patch: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** A JSON Merge Patch of a connection. */
  connection(name: string, patch: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Signing keys: the current one, the next, previous ones. */
  keys(): Promise<Key[]>;
  /** Makes the next key sign, and announces another. */
  rotateKeys(): Promise<Key[]>;
  /** Forgets a previous key: its tokens no longer validate. */
  revokeKey(kid: string): Promise<void>;
  /** Pictures that wait for their answer, and what they say. */
  captchas(): Promise<{ state: string; answer: string; expires_at: string }[]>;
  /** The log in Auth0's shape, newest last. */
  logs(): Promise<Record<string, unknown>[]>;
  /** People who have logged in. */
  users(): Promise<User[]>;
  /** All that changes. */
  snapshot(): Promise<Snapshot>;
  /** Comes back to a snapshot. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Everything as at the start. */
  reset(): Promise<void>;
  /** Ends a tenant that {@link MockTenant.start} began; does nothing for others. */
  stop(): Promise<void>;
  /** Any call of the control API, with a path below `/_mock/`. */
  call(method: string, path: string, body?: unknown): Promise<any>;
}
