// The dialog asks for a phone number, then for the code that was sent there. The server made the `state`, `nonce` and
// code challenge for this one page load, and finishes the login at /callback.
(function () {
  'use strict';

  var config = window.latchkeySample;
  if (!lockPage.isReady(config)) return;

  var lock = new Auth0LockPasswordless(config.clientID, config.domain, {
    allowedConnections: ['sms'], // the connection's name at the tenant
    passwordlessMethod: 'code',
    auth: {
      redirectUrl: config.redirectUri, // has to be among the allowed callback URLs
      responseType: 'code',
      params: Object.assign({ scope: 'openid profile email' }, config.authParams)
    }
  });

  lockPage.onPress(function (language) {
    lock.show({ language: language }); // sent to the tenant as X-Request-Language
  });
})();
