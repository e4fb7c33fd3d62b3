/** What the build puts in the place of bare specifiers and names: see scripts/lib/bundle.mjs. */

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
    checkLeeway(response: any): void;
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
    constructor(clientID: string, domain: string, options: any, requestOptions: any, page: any, base: string, files: [string, any][]);
    captcha(isThere: boolean): void;
    destroy(): void;
    receive(text: string): void;
    hide(): void;
    language(version: number, file: unknown): void;
    person(email: string, image: string, name: string): void;
    root(): HTMLElement | undefined;
    show(options?: any): void;
    takeOver(options: any, painted?: HTMLElement): void;
    verified(version: number, error?: unknown): void;
  }

  export function firstScreen(options: unknown, action: string, fields: unknown, words: unknown): string | undefined;

  export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
  export default function init(options: { module_or_path: unknown }): Promise<unknown>;
}

declare module 'latchkey-loader' {
  export function ready(): boolean;
  export function loaded(): Promise<void>;
  export function init(url?: string | URL): Promise<void>;
}

declare module 'latchkey-first-screen' {
  export const PIECES: any[];
  export const CSS: string;
  export const WORDS: Record<string, [at: number, english: string]>;
  export const ALIASES: Record<string, string>;
  export const BRANDS: Record<string, string>;
  export const COUNTRIES: Record<string, number>;
  export const FINGERPRINT: string;
  export const LANGUAGES: Record<string, string>;
  export const MARKS: string[];
  export const RIGHT_TO_LEFT: string[];
}

declare module 'latchkey-languages' {
  export const modules: Record<string, () => Promise<any>>;
}

declare module 'latchkey-sdk' {
  export const WebAuth: any;
}

declare module 'latchkey-more' {
  export const build: string;
  export const Dialog: any;
  export function loaded(): Promise<void>;
}

declare const LATCHKEY_BUILD: string;
declare const LATCHKEY_WASM: string;
declare const LATCHKEY_WASM_FILE: string;
