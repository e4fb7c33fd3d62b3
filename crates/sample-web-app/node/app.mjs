// @ts-check
/** The web app: pages, scripts, callback, login form and logout. Every response has the security headers. */

import express from 'express';
import { receive } from './callback.mjs';
import { readCookies } from './cookies.mjs';
import { canonicalHost, secure } from './headers.mjs';
import { isLocalPath } from './local-path.mjs';
import { loginForm } from './login-form.mjs';
import { Failure, foreignForm, methodNotAllowed, notFound, tenantDown } from './problems.mjs';
import { sharedBy } from './state.mjs';
import { codeChallenge, equal } from './transactions.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./state.mjs').App} App */
/** @typedef {import('./state.mjs').Handler} Handler */

/** The largest form that is accepted, in bytes. */
const MAX_BODY = 4096;

/** The browser must not keep these pages, because the transaction in a kept page may have been used. */
const RELOAD_WHEN_SHOWN_AGAIN = "window.addEventListener('pageshow', function (event) { if (event.persisted) location.reload(); });\n";

/** @param {Settings} settings */
export function createApp(settings) {
  const shared = sharedBy(settings);
  const app = express().disable('x-powered-by');
  app.use(secure(settings), canonicalHost(settings), readCookies, forms);

  app.get('/', home(shared));
  app.get('/login-config.js', loginConfig(shared));
  // A HEAD request must not use up the transaction.
  app.head('/callback', () => { throw methodNotAllowed(); });
  app.get('/callback', receive(shared));
  app.post('/logout', logout(shared));
  app.use(loginForm(shared));
  for (const path of ['/', '/login-config.js', '/callback', '/logout', '/login', '/login/code', '/login/resend']) app.all(path, () => { throw methodNotAllowed(); });

  // The files change with every build, so the browser asks each time whether a file has changed.
  const files = { index: false, redirect: false, setHeaders: (/** @type {express.Response} */ response, /** @type {string} */ path) => {
    if (!path.endsWith('.html')) response.set('Cache-Control', 'no-cache').removeHeader('Vary');
  } };
  app.use('/dist', express.static(settings.dist, files));
  app.use(express.static(settings.www, files));
  app.use(() => { throw notFound(); });
  app.use(problemPage(shared));
  return app;
}

/** Reads forms. A form that cannot be read counts as one without fields. @param {express.Request} request @param {express.Response} response @param {express.NextFunction} next */
function forms(request, response, next) {
  express.urlencoded({ extended: false, limit: MAX_BODY })(request, response, (error) => {
    if (error || !request.body) request.body = {};
    next();
  });
}

/** The start page: the person who is logged in, or the ways to log in. @param {App} app @returns {Handler} */
const home = ({ sessions, pages, settings, tenant }) => async (request, response) => {
  const session = sessions.find(request);
  if (session) response.send(pages.loggedIn(session));
  else response.send(pages.loggedOut(await tenant.isUp() ? undefined : tenantDown(settings)));
};

/** The settings with which a page begins a login. Each request gets a new transaction. @param {App} app @returns {Handler} */
const loginConfig = ({ settings, transactions }) => async (request, response) => {
  const { returnTo } = request.query;
  const transaction = await transactions.begin(request, response, isLocalPath(returnTo) ? returnTo : '/');
  // None of these values is a secret: state and nonce are useless without the cookie that is set with them.
  const config = {
    domain: settings.domain.replace(/^https:\/\//, ''),
    clientID: settings.clientID,
    redirectUri: `${settings.baseUrl}/callback`,
    authParams: { state: transaction.state, nonce: transaction.nonce, code_challenge: codeChallenge(transaction), code_challenge_method: 'S256' },
  };
  response.type('text/javascript').send(`window.latchkeySample = ${JSON.stringify(config, null, 2)};\n${RELOAD_WHEN_SHOWN_AGAIN}`);
};

/** Ends the session here, then at the tenant. @param {App} app @returns {Handler} */
const logout = ({ sessions, settings }) => (request, response) => {
  const session = sessions.find(request);
  if (!session) return response.redirect(303, '/');
  if (!equal(`${request.body.csrf_token}`, session.csrfToken)) throw foreignForm();
  sessions.end(request, response);
  response.redirect(303, `${settings.domain}/v2/logout?${new URLSearchParams({ client_id: settings.clientID, returnTo: `${settings.baseUrl}/` })}`);
};

/** @param {App} app @returns {express.ErrorRequestHandler} */
const problemPage = ({ pages, note }) => (error, _request, response, next) => {
  note(error);
  if (response.headersSent) return next(error);
  const failure = error instanceof Failure ? error : new Failure('', 500, 'The server has a problem', 'Try again in a moment.');
  response.status(failure.problem.status).send(pages.problem(failure.problem));
};
