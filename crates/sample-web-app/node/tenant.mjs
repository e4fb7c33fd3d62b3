// @ts-check
/** The tenant: an OpenID provider, called through openid-client, and Auth0's own call that sends a code. */

import * as client from 'openid-client';
import { KEPT_CLAIMS } from './pages.mjs';
import { idTokenRefused, issuerMismatch, ofTenant, refused, silent, tenantBroken } from './problems.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./transactions.mjs').Transaction} Transaction */

/** The time limit of a request to the tenant, in seconds. */
const TIMEOUT_S = 10;

/** How long the tenant's metadata is used before it is requested again, in milliseconds. */
const METADATA_LIFE = 3_600_000;

/** How long the start page waits for the tenant's metadata, in milliseconds. */
const PATIENCE = 2000;

const OTP_GRANT = 'http://auth0.com/oauth/grant-type/passwordless/otp';
const SCOPE = 'openid profile email';

/** The connection that sends the codes, which is also the realm in which they are redeemed. */
const CONNECTION = 'email';

export class Tenant {
  #settings;
  /** @type {{ server: client.ServerMetadata, at: number } | undefined} */
  #known;

  /** @param {Settings} settings */
  constructor(settings) {
    this.#settings = settings;
  }

  /** Whether the tenant responds. A tenant on this machine is asked each time, because it is often stopped; another one once an hour. */
  async isUp() {
    const discovery = this.#discover(this.#settings.isLocal ? 0 : METADATA_LIFE).then(() => true, () => false);
    let timer;
    const late = new Promise((resolve) => { timer = setTimeout(resolve, PATIENCE, false); });
    const isUp = await Promise.race([discovery, late]);
    clearTimeout(timer);
    return isUp;
  }

  /**
   * Redeems an authorization code, with the client's secret and the code verifier, and returns the claims of the ID token. openid-client
   * compares issuer, state and nonce, and checks the token and its signature.
   *
   * @param {URL} callback
   * @param {Transaction} transaction
   */
  async exchange(callback, { state, nonce, codeVerifier }) {
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true };
    const tokens = await this.#asked(false, async () => client.authorizationCodeGrant(await this.#configuration(), callback, checks));
    return claimsOf(tokens);
  }

  /**
   * Redeems the code that was sent to `address`, by the passwordless OTP grant, which has to be switched on in the application's settings.
   *
   * @param {string} address
   * @param {string} otp
   * @param {Record<string, string>} requester headers with the person's IP address and languages
   */
  async redeem(address, otp, requester) {
    const parameters = { username: address, otp, realm: CONNECTION, scope: SCOPE };
    const tokens = await this.#asked(true, async () => client.genericGrantRequest(await this.#configuration(requester), OTP_GRANT, parameters));
    return claimsOf(tokens);
  }

  /**
   * Sends a code to `address`. The tenant's limit of 50 messages an hour for each IP address does not apply to a call with the client's
   * secret, so this app has limits of its own (`limits.mjs`).
   *
   * @param {string} address
   * @param {Record<string, string>} requester
   */
  async sendCode(address, requester) {
    const { clientID, clientSecret, domain } = this.#settings;
    const body = { client_id: clientID, client_secret: clientSecret, connection: CONNECTION, send: 'code', email: address, authParams: { scope: SCOPE } };
    await this.#asked(true, async () => {
      const response = await this.#fetch(`${domain}/passwordless/start`, {
        method: 'POST', headers: { ...requester, 'accept': 'application/json', 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT_S * 1000),
      });
      if (response.ok) return;
      const { error = '', error_description: description = '' } = await response.json().catch(() => ({}));
      throw ofTenant(error, description, response.status, { ...this.#context(true), retryAfter: seconds(response) });
    });
  }

  /** The tenant's metadata, at most `age` old. @param {number} age in milliseconds */
  async #discover(age) {
    if (this.#known && performance.now() - this.#known.at < age) return this.#known.server;
    const { domain, clientID } = this.#settings;
    const options = { execute: this.#execute(), [client.customFetch]: this.#fetch, timeout: TIMEOUT_S };
    const server = (await client.discovery(new URL(domain), clientID, undefined, undefined, options)).serverMetadata();
    this.#known = { server, at: performance.now() };
    return server;
  }

  /** @param {Record<string, string>} [headers] sent along with each request */
  async #configuration(headers = {}) {
    const { clientID, clientSecret } = this.#settings;
    const metadata = { id_token_signed_response_alg: 'RS256', [client.clockTolerance]: 60 };
    // `client_secret_post` is what Auth0 sets for a new regular web app.
    const configuration = new client.Configuration(await this.#discover(METADATA_LIFE), clientID, metadata, client.ClientSecretPost(clientSecret));
    configuration[client.customFetch] = (url, options) => this.#fetch(url, { ...options, headers: { ...options.headers, ...headers } });
    configuration.timeout = TIMEOUT_S;
    for (const option of this.#execute()) option(configuration);
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  #execute() {
    return this.#settings.isLocal ? [client.allowInsecureRequests] : [];
  }

  /** Sends a request to the tenant. Other hosts and redirects are refused, so that the secret goes to the tenant only. @param {string} url @param {object} options */
  #fetch = (url, options) => {
    if (new URL(url).origin !== this.#settings.domain) throw tenantBroken("the tenant's discovery document points to another host", this.#settings.domain);
    return fetch(url, /** @type {RequestInit} */ ({ ...options, redirect: 'manual' }));
  };

  /** @param {boolean} isCodeFromMail */
  #context(isCodeFromMail) {
    return { domain: this.#settings.domain, isCodeFromMail };
  }

  /**
   * Turns the errors of a request into pages for people.
   *
   * @template T
   * @param {boolean} isCodeFromMail
   * @param {() => Promise<T>} ask
   * @returns {Promise<T>}
   */
  async #asked(isCodeFromMail, ask) {
    try {
      return await ask();
    } catch (error) {
      throw this.#failure(error, isCodeFromMail);
    }
  }

  /** @param {any} error @param {boolean} isCodeFromMail */
  #failure(error, isCodeFromMail) {
    const { domain } = this.#settings;
    // openid-client wraps the errors of `fetch`.
    if (error.problem ?? error.cause?.problem) return error.problem ? error : error.cause;
    if (error instanceof client.AuthorizationResponseError) return refused(error.error, error.error_description ?? '', domain);
    if (error instanceof client.ResponseBodyError) {
      return ofTenant(error.error, error.error_description ?? '', error.status, { ...this.#context(isCodeFromMail), retryAfter: seconds(error.response) });
    }
    if (error.code === 'OAUTH_TIMEOUT' || error.name === 'TimeoutError') return silent(this.#settings, false);
    if (error instanceof TypeError) return silent(this.#settings, true);
    if (error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') return tenantBroken('the tenant calls itself by another name than its domain', domain);
    // openid-client has no error codes for these causes, only messages.
    const message = error.cause?.message ?? error.message;
    if (/^OAUTH_JWT/.test(error.code ?? '') || /JWT|ID Token/.test(message)) return idTokenRefused(message);
    if (/"iss" \(issuer\)/.test(message)) return issuerMismatch();
    return tenantBroken(message, domain);
  }
}

/** @param {client.TokenEndpointResponse & client.TokenEndpointResponseHelpers} tokens */
function claimsOf(tokens) {
  const claims = tokens.claims() ?? {};
  return Object.fromEntries(Object.entries(claims).filter(([name]) => KEPT_CLAIMS.includes(name)));
}

/** How long the tenant asks to wait, in seconds. @param {Response} response */
function seconds(response) {
  const text = response.headers.get('retry-after') ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
