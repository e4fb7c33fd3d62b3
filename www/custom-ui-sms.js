// Your own form with a code by text message: two calls to the SDK. The server made the `state`, `nonce` and code challenge
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
      var number = typed.replace(/[\s()./-]/g, '');
      return /^\+\d{6,15}$/.test(number) && number;
    },
    refusal: 'Enter your number with its country code, such as +49 1512 3456789.',

    // First call: the tenant sends a code to the number.
    send: function (number, language, callback) {
      webAuth.passwordlessStart({
        connection: 'sms',
        send: 'code',
        phoneNumber: number,
        authParams: config.authParams,
        xRequestLanguage: language
      }, callback);
    },

    // Second call: the code logs the person in. On success the browser leaves this page for /authorize and /callback.
    logIn: function (number, code, callback) {
      webAuth.passwordlessLogin(Object.assign({
        connection: 'sms',
        phoneNumber: number,
        verificationCode: code
      }, config.authParams), callback);
    }
  });
})();
