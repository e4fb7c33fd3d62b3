// The dialog in the page, in the place of its first screen, which came with the page and works without this script.
(function () {
  'use strict';

  var config = window.latchkeySample;

  // Without either the form goes to this app's server, which logs people in as well.
  if (!config || !window.Auth0LockPasswordless) return;

  new Auth0LockPasswordless(config.clientID, config.domain, {
    container: 'login',
    language: 'en',
    allowedConnections: ['email'],
    auth: {
      redirectUrl: config.redirectUri,
      responseType: 'code',
      params: Object.assign({ scope: 'openid profile email' }, config.authParams)
    }
  }).show();
})();
