// The dialog, in a regular web app: it asks for the address and the code, and this app's server finishes the
// login at /callback. The server minted `state`, `nonce` and the code challenge for this very page load.
(function () {
  'use strict';

  var config = window.latchkeySample;

  if (!config) {
    tell('The settings of this page did not load. Reload the page.');
    return;
  }
  if (!window.Auth0LockPasswordless) {
    tell('The dialog is not built yet. Run npm run build, then reload the page.');
    return;
  }

  var lock = new Auth0LockPasswordless(config.clientID, config.domain, {
    allowedConnections: ['email'], // the e-mail connection's name at the tenant
    passwordlessMethod: 'code',
    auth: {
      redirectUrl: config.redirectUri, // has to be among the allowed callback URLs
      responseType: 'code',
      params: Object.assign({ scope: 'openid profile email' }, config.authParams)
    }
  });

  var button = document.getElementById('login');
  button.addEventListener('click', function () {
    lock.show();
  });
  button.disabled = false; // before this, a press would do nothing

  function tell(text) {
    var p = document.createElement('p');
    p.className = 'note note--error';
    p.textContent = text;
    document.getElementById('problem').replaceChildren(p);
  }
})();
