// The dialog inside the page. The page already contains its first screen as HTML, which works without JavaScript; the
// dialog replaces that HTML.
(function () {
  'use strict';

  var config = window.latchkeySample;

  // If the settings or the dialog did not load, the form in the HTML still works: this app's server handles it.
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
