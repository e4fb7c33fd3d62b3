/** Invalid code. The compiler has to refuse each statement. */

import { AuthError, Management, WebAuth } from '../../crates/webauth/js/index.js';

// @ts-expect-error no options
new WebAuth();
// @ts-expect-error no client
new WebAuth({ domain: 'me.auth0.com' });
// @ts-expect-error a number as domain
new WebAuth({ domain: 5, clientID: 'CID' });
// @ts-expect-error only the SDK constructs it
new AuthError();
// @ts-expect-error left out
new Management({ domain: 'd', token: 't' });

const webAuth = new WebAuth({ domain: 'me.auth0.com', clientID: 'CID' });
// @ts-expect-error not a value of `send`
webAuth.passwordlessStart({ connection: 'email', send: 'pigeon', email: 'a@b.co' });
// @ts-expect-error no connection
webAuth.passwordlessStart({ send: 'code', email: 'a@b.co' });
// @ts-expect-error no code
webAuth.passwordlessLogin({ connection: 'email', email: 'a@b.co' });
// @ts-expect-error a list as code
webAuth.passwordlessLogin({ connection: 'email', email: 'a@b.co', verificationCode: ['1'] });
// @ts-expect-error a signal is no controller
webAuth.checkSession({ signal: new AbortController() });
// @ts-expect-error left out
webAuth.signup({ email: 'a@b.co', password: 'x' });
// @ts-expect-error left out
webAuth.popup.loginWithCredentials({});
// @ts-expect-error a success that leaves the page has no result
webAuth.passwordlessLogin({ connection: 'email', email: 'a@b.co', verificationCode: '1' }, (_error, result) => result.accessToken);
// @ts-expect-error the result may be null
webAuth.parseHash().then((result) => result.accessToken);
// @ts-expect-error an address is no promise
webAuth.client.buildAuthorizeUrl({}).then(() => {});
// @ts-expect-error a token is a text
webAuth.client.userInfo({ accessToken: 'x' });
