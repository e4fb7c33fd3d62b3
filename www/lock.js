// The dialog in a regular web app. The dialog asks for the address and the code, and this app's server finishes the
// login at /callback. The server made the `state`, `nonce` and code challenge for this one page load.
(function () {
  'use strict';

  var config = window.latchkeySample;

  if (!config) {
    showProblem('The settings of this page did not load. Reload the page.');
    return;
  }
  if (!window.Auth0LockPasswordless) {
    showProblem('The dialog is not built yet. Run npm run build, then reload the page.');
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
  button.disabled = false; // the page disables it until this script can open the dialog

  function showProblem(text) {
    var p = document.createElement('p');
    p.className = 'note note--error';
    p.textContent = text;
    document.getElementById('problem').replaceChildren(p);
  }
})();
