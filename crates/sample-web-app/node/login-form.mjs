// @ts-check
/**
 * A login without a script: HTML forms, and requests from this server to the tenant. `POST /login` sends a code, `GET /login/code`
 * shows the field for it, `POST /login/code` redeems it, and `POST /login/resend` sends another one.
 */

import { Router } from 'express';
import { Failure, FORM_PAGE, foreignRequest, noAddress, noCode } from './problems.mjs';
import { newSession } from './sessions.mjs';

/** @typedef {import('./state.mjs').App} App */
/** @typedef {import('express').Request} Request */
/** @typedef {import('express').Response} Response */

const CODE_PAGE = '/login/code';

/** The longest address (RFC 5321), and the longest code, in characters. */
const MAX = { address: 254, code: 40 };

/** @param {App} app */
export function loginForm(app) {
  const { settings, tenant, sessions, pending, limits, pages, note } = app;
  const router = Router();
  // Forms from other sites are refused before anything else happens.
  router.use((request, _response, next) => {
    const isSafe = request.method === 'GET' || request.method === 'HEAD';
    if (!isSafe && /^\/login(\/|$)/.test(request.path) && !isOwn(request, settings.baseUrl)) throw foreignRequest();
    next();
  });

  const send = async (/** @type {Request} */ request, /** @type {Response} */ response, /** @type {string} */ address, /** @type {boolean} */ sentAgain) => {
    await limits.count(addressOf(request), address);
    await tenant.sendCode(address, requester(request));
    pending.begin(request, response, { address, sentAgain });
    response.redirect(303, CODE_PAGE);
  };
  /** Shows an error on the page with the field, where the person can try again. */
  const askAgain = (/** @type {Response} */ response, /** @type {{ address: string, sentAgain: boolean }} */ login, /** @type {unknown} */ error) => {
    if (!(error instanceof Failure)) throw error;
    note(error);
    response.status(error.problem.status).send(pages.code(login, error.problem));
  };

  router.post('/login', async (request, response) => {
    const address = text(request.body.email).trim();
    if (!isAddress(address)) throw noAddress();
    await send(request, response, address, false);
  });
  router.get(CODE_PAGE, (request, response) => {
    const login = pending.find(request);
    if (login) response.send(pages.code(login));
    else response.redirect(303, FORM_PAGE);
  });
  router.post(CODE_PAGE, async (request, response) => {
    const login = pending.find(request);
    if (!login) return response.redirect(303, FORM_PAGE);
    try {
      const claims = await tenant.redeem(login.address, checkedCode(text(request.body.code)), requester(request));
      sessions.begin(request, response, newSession(claims));
      pending.end(request, response);
      response.redirect(303, '/');
    } catch (error) {
      askAgain(response, login, error);
    }
  });
  router.post('/login/resend', async (request, response) => {
    const login = pending.find(request);
    if (!login) return response.redirect(303, FORM_PAGE);
    await send(request, response, login.address, true).catch((error) => askAgain(response, login, error));
  });
  return router;
}

/** The value of a form's field. A field that occurs twice counts as missing. @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : '');

/** A loose check. The tenant decides which addresses are valid. @param {string} address */
const isAddress = (address) => address.length <= MAX.address && /^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u.test(address);

/** The digits of a typed code: people write `123 456` and `123-456`. A text that is no code is not sent, because the tenant counts wrong codes. @param {string} typed */
function checkedCode(typed) {
  const code = typed.replace(/[\s\u2010-\u2015\u2212-]/g, '');
  if (!/^\d+$/.test(code) || code.length > MAX.code) throw noCode(code);
  return code;
}

/** Whether a form comes from this site. Browsers set these headers, and scripts of a page cannot change them. @param {Request} request @param {string} own */
function isOwn(request, own) {
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const isNear = site === undefined || site === 'same-origin' || site === 'none';
  const isNamed = origin === undefined || origin === own || (origin === 'null' && site === 'same-origin');
  return isNear && isNamed;
}

/** The IP address of the connection. Behind a proxy it is the proxy's address, unless Express' setting `trust proxy` is set. @param {Request} request */
const addressOf = (request) => (request.ip ?? '').replace(/^::ffff:/, '');

/**
 * The headers with the person's IP address and languages. The tenant accepts the address from a client that sends its secret, if *Trust
 * Token Endpoint IP Header* is on in the application's settings.
 *
 * @param {Request} request
 * @returns {Record<string, string>}
 */
function requester(request) {
  const languages = request.get('accept-language');
  return { 'auth0-forwarded-for': addressOf(request), ...(languages === undefined ? {} : { 'accept-language': languages }) };
}
