// Your own form with a link by e-mail: one call to the SDK. The server made the `state`, `nonce` and code challenge
// for this one page load, and finishes the login at /callback. form.js shows and hides the parts of the page.
(function () {
  'use strict';

  var config = window.latchkeySample;
  if (!sampleForm.isReady(config)) return;

  var webAuth = new auth0.WebAuth({
    domain: config.domain,
    clientID: config.clientID,
    redirectUri: config.redirectUri, // has to be among the allowed callback URLs
    responseType: 'code',
    scope: 'openid profile email'
  });

  sampleForm.run({
    read: function (typed) {
      return /^[^\s@]+@[^\s@]+$/.test(typed.trim()) && typed.trim();
    },
    refusal: 'Enter your e-mail address, such as you@example.com.',

    // The only call: the tenant mails a link, which comes back to /callback by way of the tenant.
    send: function (email, language, callback) {
      webAuth.passwordlessStart({
        connection: 'email',
        send: 'link',
        email: email,
        authParams: config.authParams,
        xRequestLanguage: language
      }, callback);
    }
  });
})();
