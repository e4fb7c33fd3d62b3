// A single page that logs people in by itself: two calls to the SDK, and the authorization code exchanged with PKCE when the
// browser comes back. `latchkeySample` is in config.js.
(function () {
  'use strict';

  var byId = document.getElementById.bind(document);
  var address = '';
  var webAuth = new auth0.WebAuth({
    domain: latchkeySample.domain,
    clientID: latchkeySample.clientID,
    redirectUri: latchkeySample.redirectUri, // has to be among the allowed callback URLs
    responseType: 'code',
    pkce: true,
    scope: 'openid profile email'
  });

  byId('address-form').addEventListener('submit', function (event) {
    event.preventDefault();
    address = byId('address').value.trim();
    webAuth.passwordlessStart({ connection: 'email', send: 'code', email: address }).then(function () {
      show('Enter your code', 'We sent it to ' + address + '.', 'code-form');
      byId('code').focus();
    }).catch(tell);
  });

  // On success the browser leaves this page, and comes back to it with an authorization code.
  byId('code-form').addEventListener('submit', function (event) {
    event.preventDefault();
    webAuth.passwordlessLogin({ connection: 'email', email: address, verificationCode: byId('code').value.replace(/\D/g, '') }).catch(tell);
  });

  byId('log-out').addEventListener('click', function () {
    webAuth.logout({ returnTo: latchkeySample.redirectUri });
  });

  if (/[?&](code|error)=/.test(location.search)) {
    webAuth.handleRedirectCallback().then(function (result) {
      history.replaceState(null, '', location.pathname);
      show('You are logged in', result.idTokenPayload.email, 'log-out');
    }).catch(tell);
  }

  function show(title, lead, part) {
    byId('title').textContent = title;
    byId('lead').textContent = lead;
    byId('problem').textContent = '';
    ['address-form', 'code-form', 'log-out'].forEach(function (id) { byId(id).hidden = id !== part; });
  }

  function tell(error) {
    var p = document.createElement('p');
    p.className = 'note note--error';
    p.textContent = error.description || error.message;
    byId('problem').replaceChildren(p);
  }
})();
