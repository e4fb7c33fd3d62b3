// @ts-check
/**
 * Pages of applications that use auth0.js. Each exists twice, with auth0.js and with Latchkey in its script tag, and is otherwise
 * the same. The function `say` of a page adds a line to its body.
 */

/** A page with a library, `webAuth` and `say`. @param {string} library @param {string} options @param {string} script */
const page = (library, options, script) => `<!doctype html><title>app</title><body>
<script src="/${library}.js"></script>
<script>
  function say() {
    var line = document.body.appendChild(document.createElement('p'));
    line.textContent = [].map.call(arguments, function (value) { return typeof value === 'string' ? value : JSON.stringify(value); }).join(' ');
  }
  var webAuth = new auth0.WebAuth(${options});
  ${script}
</script>`;

/** Functions for a login by code, which use the page's `webAuth` and `say`. */
const FORM = `
  var email = 'nora@example.com';
  function send() {
    webAuth.passwordlessStart({ connection: 'email', send: 'code', email: email }, function (err, res) {
      if (err) return say('start failed:', err.code, err.description, err.statusCode);
      say('sent to', res.email, res.Id);
    });
  }
  function logIn(code) {
    webAuth.passwordlessLogin({ connection: 'email', email: email, verificationCode: code, appState: { returnTo: '/inbox' } }, function (err) {
      say('login failed:', err.error, err.error_description, err.code, err.description);
    });
  }`;

/** A single-page app. It parses the fragment when it loads, stores the tokens, and shows the user. */
const singlePage = `${FORM}
  window.addEventListener('load', function () {
    webAuth.parseHash({ hash: window.location.hash }, function (err, result) {
      if (err) return say('callback failed:', err.error, err.errorDescription, err.state || '');
      if (!result || !result.accessToken) return say(localStorage.getItem('access_token') ? 'back again' : 'anonymous');
      history.replaceState(null, '', location.pathname);
      localStorage.setItem('access_token', result.accessToken);
      localStorage.setItem('expires_at', JSON.stringify(result.expiresIn * 1000));
      say('logged in', result.idTokenPayload.email, result.appState, result.tokenType, result.scope, localStorage.getItem('expires_at'));
      webAuth.client.userInfo(result.accessToken, function (err, user) { say('user', err, user.sub, user.email_verified); });
    });
  });
  function logOut() {
    localStorage.clear();
    webAuth.logout({ returnTo: location.origin + '/', clientID: 'CID' });
  }`;

/** A page of a web app whose server handles the callback. */
const webApp = FORM;

/** A page that polls the session with `checkSession`. */
const polling = `
  function poll(left) {
    webAuth.checkSession({ scope: 'openid' }, function (err, result) {
      if (err) say('no session:', err.code, err.error, err.error_description);
      else say('session:', result.accessToken, result.expiresIn, result.idTokenPayload && result.idTokenPayload.email);
      if (left > 1) setTimeout(function () { poll(left - 1); }, 20);
      else say('asked enough');
    });
  }`;

const popupLogin = `
  function logIn() {
    webAuth.popup.authorize({ connection: 'email', popupOptions: { width: 400, height: 500 } }, function (err, result) {
      if (err) return say('popup failed:', err.code, err.description);
      say('logged in', result.accessToken, result.idTokenPayload && result.idTokenPayload.email, result.appState);
    });
  }`;
const popupCallback = 'webAuth.popup.callback({ hash: window.location.hash });';

/** The tenant's customised (classic) login page. The tenant writes \`config\` into it. */
const hosted = `
  function send() {
    webAuth.passwordlessStart({ connection: 'sms', send: 'code', phoneNumber: '+15551234567', authParams: config.internalOptions }, function (err, res) { say('sent', err, res); });
  }
  function logIn(code) {
    webAuth.passwordlessLogin({ connection: 'sms', phoneNumber: '+15551234567', verificationCode: code }, function (err) { say('login failed:', err.code, err.description); });
  }`;

const spa = (/** @type {string} */ domain, more = '') => `{ domain: '${domain}', clientID: 'CID', redirectUri: location.origin + '/spa', responseType: 'token id_token', scope: 'openid profile email', leeway: 30${more} }`;
const config = '{ internalOptions: { protocol: "oauth2", state: "tenant-state", _csrf: "csrf", _intstate: "deprecated", response_type: "code" } }';

/**
 * The source of each page, by host and path.
 *
 * @param {string} library
 * @returns {Record<string, string>}
 */
export const pages = (library) => ({
  [`page.com/${library}/spa`]: page(library, spa('me.auth0.com').replace('/spa', `/${library}/spa`), singlePage),
  [`page.com/${library}/custom-domain`]: page(library, spa('login.page.com', ", overrides: { __tenant: 'me', __token_issuer: 'https://me.auth0.com/' }").replace('/spa', `/${library}/custom-domain`), singlePage),
  [`page.com/${library}/web-app`]: page(library, "{ domain: 'me.auth0.com', clientID: 'CID', redirectUri: 'https://page.com/callback', responseType: 'code', state: 'of-the-server' }", webApp),
  [`page.com/${library}/polling`]: page(library, "{ domain: 'me.auth0.com', clientID: 'CID', redirectUri: 'https://page.com/silent', responseType: 'token id_token' }", polling),
  [`page.com/${library}/popup`]: page(library, `{ domain: 'me.auth0.com', clientID: 'CID', redirectUri: 'https://page.com/' + (location.search.slice(1) || '${library}') + '/popup-callback', responseType: 'token' }`, popupLogin),
  [`page.com/${library}/popup-callback`]: page(library, "{ domain: 'me.auth0.com', clientID: 'CID' }", popupCallback),
  [`me.auth0.com/${library}/login`]: page(library, "{ domain: 'me.auth0.com', clientID: 'CID', redirectUri: 'https://page.com/callback', responseType: 'code', state: 'tenant-state', _csrf: 'csrf', _intstate: 'deprecated' }", `var config = ${config};${hosted}`),
});
