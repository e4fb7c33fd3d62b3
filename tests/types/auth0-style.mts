/** Code of pages that use auth0.js. It has to compile unchanged. */

import * as auth0 from '../../crates/webauth/js/index.js';
import { WebAuth } from '../../crates/webauth/js/index.js';
import type { Auth0DecodedHash, Auth0Error, Auth0ParseHashError, AuthOptions } from '../../crates/webauth/js/index.js';

const options: AuthOptions = {
  domain: 'me.auth0.com',
  clientID: 'CID',
  redirectUri: 'https://app.example.com/callback',
  responseType: 'token id_token',
  scope: 'openid profile email',
  leeway: 30,
  overrides: { __tenant: 'me', __token_issuer: 'https://me.auth0.com/' },
  _disableDeprecationWarnings: true,
};
const webAuth = new auth0.WebAuth(options);
const version: string = auth0.version.raw;

webAuth.passwordlessStart({ connection: 'email', send: 'code', email: 'a@b.co', authParams: { scope: 'openid' }, xRequestLanguage: 'de' }, (err, res) => {
  if (err) return console.log(err.code, err.description, err.statusCode, err.original.message);
  console.log(res?.email, res?.emailVerified, res?.Id);
});
webAuth.passwordlessLogin({ connection: 'sms', phoneNumber: '+15551234567', verificationCode: '123456', onRedirecting: (done) => done() }, (err) => {
  if (err && err.error === 'access_denied') console.log(err.error_description);
});
webAuth.passwordlessVerify({ connection: 'email', email: 'a@b.co', verificationCode: '123456' }, function (err: Auth0Error | null) {
  console.log(err);
});
webAuth.parseHash({ hash: window.location.hash }, (err, authResult) => {
  if (err) return console.log(err.error, err.errorDescription);
  if (authResult && authResult.accessToken && authResult.idTokenPayload) console.log(authResult.idTokenPayload.sub, authResult.expiresIn);
});
webAuth.parseHash(function (err: Auth0ParseHashError | null, authResult?: Auth0DecodedHash | null) {
  console.log(err, authResult?.state);
});
webAuth.checkSession({ audience: 'urn:api', scope: 'read:x', timeout: 5000 }, (err, result) => {
  if (err?.error === 'login_required') console.log('log in');
  else console.log(result?.accessToken);
});
webAuth.renewAuth({ redirectUri: 'https://app.example.com/silent.html', usePostMessage: true }, (err, result) => console.log(err, result));
webAuth.validateAuthenticationResponse({ nonce: 'n', state: 's' }, { id_token: 'x', state: 's' }, (err, result) => console.log(err, result));
webAuth.authorize({ connection: 'email', prompt: 'login', login_hint: 'a@b.co', appState: { back: '/' } });
webAuth.authorize();
webAuth.logout({ returnTo: 'https://app.example.com', federated: true });
webAuth.logout();
webAuth.crossOriginVerification();
webAuth.crossOriginAuthenticationCallback();
webAuth.popup.authorize({ connection: 'email', popupOptions: { width: 400 } }, (err, result) => console.log(err, result?.accessToken));
webAuth.popup.callback({ hash: '#x', popupOrigin: 'https://app.example.com' });
const url: string = webAuth.client.buildAuthorizeUrl({ responseType: 'code', state: 's' });
const bye: string = webAuth.client.buildLogoutUrl();
webAuth.client.userInfo('AT', (err, user) => console.log(err, user?.email));
webAuth.client.oauthToken({ grantType: 'refresh_token', refreshToken: 'R' }, (err, tokens) => console.log(err, tokens.accessToken));
webAuth.client.passwordless.start({ connection: 'email', send: 'link', email: 'a@b.co' }, (err) => console.log(err));
webAuth.client.passwordless.verify({ connection: 'email', email: 'a@b.co', verificationCode: '1' }, (err) => console.log(err));
const captcha = webAuth.renderPasswordlessCaptcha(document.body, { lang: 'de' }, (err) => console.log(err));
captcha.reload();
const solution: string | undefined = captcha.getValue();
const alone = new auth0.Authentication({ domain: 'me.auth0.com', clientID: 'CID' });
alone.buildLogoutUrl({ returnTo: url + bye + solution + version });
export { WebAuth };
