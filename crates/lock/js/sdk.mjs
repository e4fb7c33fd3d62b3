// @ts-check
/** The SDK for the dialog: it is loaded when a call needs it, and gets the dialog's options under its own names. */

/** @typedef {(error: any, result?: any) => void} Callback */
/** @typedef {(method: (cb: Callback) => void) => Promise<any>} Called */

/**
 * The parameters of requests, as options of the SDK.
 *
 * @param {import('./lock.mjs').Given} given
 */
export function requestOptions({ clientID, domain, options = {} }) {
  const { auth, leeway, timeout, overrides, disableWarnings, _sendTelemetry, _telemetryInfo, legacySameSiteCookie } = options;
  const { redirectUrl, responseType, responseMode, audience, state, nonce, params } = auth ?? {};
  return defined({
    clientID, domain, responseType: responseType || (redirectUrl ? 'code' : 'token'), responseMode, leeway, timeout, overrides, _sendTelemetry, _telemetryInfo, legacySameSiteCookie, _disableDeprecationWarnings: disableWarnings ? true : undefined, state, nonce,
    redirectUri: redirectUrl || location.href.split(/[?#]/)[0], audience: params?.audience ?? audience, scope: params?.scope ?? 'openid profile email',
  });
}

/** Loads the SDK with all of its methods. */
const loadSdk = () => import('latchkey-sdk').catch(({ message }) => {
  message = `webauth.js could not be loaded from beside the script: ${message}`;
  throw { error: 'request_error', errorDescription: message, code: 'request_error', description: message, kind: 'network', message };
});

/**
 * Makes a function that returns the SDK's `WebAuth`, for what the wasm does not do itself. If the SDK cannot be
 * loaded, the next call tries it again.
 *
 * @param {ReturnType<typeof requestOptions>} options
 * @returns {() => Promise<any>}
 */
export function sdkWith(options) {
  /** @type {Promise<any> | undefined} */
  let sdk;
  return () => {
    sdk ??= loadSdk().then(({ WebAuth }) => new WebAuth(options));
    sdk.catch(() => { sdk = undefined; });
    return sdk;
  };
}

/** Turns a callback into a promise that rejects with auth0.js's plain error object. @type {Called} */
export const called = (method) => new Promise((resolve, reject) => {
  method((error, result) => (error ? reject(error) : resolve(result)));
});

/** Removes members that are undefined, because the SDK takes undefined for a value. @param {Record<string, unknown>} options */
export const defined = (options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
