/** What the build puts in the place of bare specifiers: see scripts/build.mjs. */

declare module 'latchkey-bindings' {
  export class Call {
    poll(outcome?: unknown): any;
    free(): void;
  }

  export class Bindings {
    constructor(options: any);
    buildAuthorizeUrl(options: any): string;
    buildVerifyUrl(options: any): string;
    buildLogoutUrl(options: any): string;
    takeVerifier(origin: string, id: string): string;

    start(options: any): Call;
    startOnly(options: any): Call;
    login(options: any): Call;
    verify(options: any): Call;
    verifyOnly(options: any): Call;
    oauthToken(options: any): Call;
    userInfo(accessToken: any): Call;
    getChallenge(): Call;
    authorize(options: any): Call;
    popupUrl(options: any): Call;
    logout(options: any): Call;

    // Of the module that reads authorization responses.
    checkSession(options: any): Call;
    renewAuth(options: any): Call;
    parseHash(options: any): Call;
    validate(options: any, response: any): Call;
    handleRedirectCallback(options: any): Call;
  }

  export class LockHandle {
    [member: string]: any;
    constructor(...args: any[]);
  }

  export function suggest(email: string): string | undefined;
  export function webmail(email: string): string | undefined;
  export function firstScreen(options: unknown, action: string, fields: unknown, words: unknown): string | undefined;
  export function join(rest: () => BufferSource): Promise<void>;

  export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
  export default function init(options: { module_or_path: unknown }): Promise<unknown>;
}

declare module 'latchkey-loader' {
  /** Whether the wasm can be used. */
  export function ready(): boolean;
  /** Resolves when the wasm can be used. */
  export function loaded(): Promise<void>;
  export function init(url?: string | URL): Promise<void>;
}

declare module '__LATCHKEY_SDK__' {
  export const WebAuth: any;
}

declare module '__LATCHKEY_MORE__' {
  export const More: any;
}
