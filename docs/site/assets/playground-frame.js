// The page in the playground's frame: a button, the dialog, and, where no mock tenant runs, a tenant played by `fetch`.
(function () {
  'use strict';

  var given = window.frameElement.playground; // set by playground.mjs before this page is loaded
  var lock = new Auth0LockPasswordless(given.clientID, given.domain, given.options);

  if (given.isPlayed) play();

  ['show', 'hide', 'code sent', 'code resent', 'link sent', 'link resent', 'step changed', 'federated login', 'cancelled', 'authenticated',
    'authorization_error', 'unrecoverable_error'].forEach(function (name) {
    lock.on(name, function (payload) { given.tell(name, payload); });
  });

  document.getElementById('login').addEventListener('click', function () { lock.show(); });
  lock.show();

  // Answers what the dialog asks its tenant for. The right code is always the same.
  function play() {
    var real = window.fetch;
    window.fetch = function (input, init) {
      var request = new Request(input, init);
      if (!request.url.startsWith(given.domain)) return real.call(window, input, init);
      return request.text().then(function (body) {
        if (/\/passwordless\/start$/.test(request.url)) return answer(200, { _id: 'played', email_verified: false });
        if (!/\/co\/authenticate$/.test(request.url)) return answer(404, { error: 'not_found' });
        if (JSON.parse(body).otp !== given.code) return answer(403, { error: 'access_denied', error_description: 'Wrong email or verification code.' });
        return answer(200, { login_ticket: 'played', co_verifier: 'played', co_id: 'played' });
      });
    };
  }

  function answer(status, body) {
    return new Response(JSON.stringify(body), { status: status, headers: { 'content-type': 'application/json' } });
  }
})();
