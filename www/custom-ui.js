// An example of your own login form in a regular web app. The form makes two calls to the SDK, and this app's server
// finishes the login at /callback. The server made the `state`, `nonce` and code challenge for this one page load.
(function () {
  'use strict';

  // What the person can do about an error, by the error's `kind`.
  var REMEDIES = {
    code_expired: 'Send a new code and use that one.',
    invalid_code: 'Check the code, or send a new one.',
    invalid_email: 'Check the spelling.',
    network: 'The login service does not answer. Check your connection, then try again.',
    rate_limited: 'Wait a few minutes, then try again.',
    server_error: 'The login service has a problem. Try again in a minute.',
    signup_disabled: 'Use the address you are known by.',
    timeout: 'The login service does not answer. Check your connection, then try again.',
    too_many_attempts: 'Send a new code and use that one.'
  };

  var config = window.latchkeySample;
  var el = {};
  ['title', 'lead', 'problem', 'status', 'email-form', 'email', 'send', 'code-form', 'code', 'verify', 'resend', 'change']
    .forEach(function (id) { el[id] = document.getElementById(id); });

  if (!config || !window.auth0) {
    el['email-form'].hidden = true;
    fail(config ? 'The SDK is not built yet. Run npm run build, then reload the page.'
      : 'The settings of this page did not load. Reload the page.');
    return;
  }

  var webAuth = new auth0.WebAuth({
    domain: config.domain,
    clientID: config.clientID,
    redirectUri: config.redirectUri, // has to be among the allowed callback URLs
    responseType: 'code',
    scope: 'openid profile email'
  });
  var email = '';
  var busy = false;

  el['email-form'].addEventListener('submit', function (event) {
    event.preventDefault();
    sendEmail(el.email.value.trim());
  });
  el['code-form'].addEventListener('submit', function (event) {
    event.preventDefault();
    login(el.code.value.replace(/\D/g, ''));
  });
  el.resend.addEventListener('click', function () { sendEmail(email); });
  el.change.addEventListener('click', function () {
    if (!busy) showEmailForm();
  });

  el.send.disabled = false; // the page disables it until this script can handle the form

  // First call: the tenant sends a code to the address.
  function sendEmail(address) {
    if (busy) return;
    var again = !el['code-form'].hidden;
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) {
      return fail('Enter your e-mail address, such as you@example.com.', el.email);
    }
    begin(again ? el.resend : el.send, again ? 'Sending…' : 'Sending the code…');
    webAuth.passwordlessStart({
      connection: 'email',
      send: 'code',
      email: address,
      authParams: config.authParams
    }, function (err) {
      end();
      if (err) return failWith(err, again ? el.code : el.email);
      email = address;
      showCodeForm(again);
    });
  }

  // Second call: the code logs the person in. On success the browser leaves this page for /authorize and /callback.
  function login(code) {
    if (busy) return;
    if (code.length !== 6) return fail('Enter the six digits from the e-mail.', el.code);
    begin(el.verify, 'Logging in…');
    webAuth.passwordlessLogin(Object.assign({
      connection: 'email',
      email: email,
      verificationCode: code
    }, config.authParams), function (err) {
      if (!err) return; // the browser is leaving this page; stay busy until it has left
      end();
      failWith(err, el.code);
      el.code.select();
    });
  }

  function showCodeForm(again) {
    el.title.textContent = 'Enter your code';
    el.lead.textContent = 'We sent it to ' + email + '.';
    el['email-form'].hidden = true;
    el['code-form'].hidden = false;
    el.code.value = '';
    el.code.focus();
    if (again) note(el.status, 'A new code is on its way. The one before no longer works.', 'ok');
    else el.status.textContent = 'A code is on its way.'; // for screen readers alone: others see the changed page
  }

  function showEmailForm() {
    clear();
    el.title.textContent = 'Log in with your e-mail';
    el.lead.textContent = 'We’ll e-mail you a code. No password needed.';
    el['code-form'].hidden = true;
    el['email-form'].hidden = false;
    el.email.focus();
  }

  // Says what happened, with the tenant's error description if there is one, and what the person can do about it.
  function failWith(err, field) {
    // In an outage the tenant gave no useful description, and the field's value is not at fault.
    var outage = /^(network|timeout|server_error)$/.test(err.kind);
    var said = !outage && typeof err.description === 'string' ? err.description.replace(/([^.!?])$/, '$1. ') : '';
    var remedy = REMEDIES[err.kind] || 'Try again, or ask for help.';
    if (err.retryAfter) remedy = 'Try again in ' + Math.ceil(err.retryAfter / 60) + ' min.';
    fail((said.trim() + ' ' + remedy).trim(), field);
    if (outage) field.removeAttribute('aria-invalid');
  }

  function begin(button, label) {
    clear();
    busy = true;
    button.dataset.label = button.textContent;
    button.textContent = label;
    button.setAttribute('aria-disabled', 'true');
  }

  function end() {
    busy = false;
    document.querySelectorAll('[data-label]').forEach(function (button) {
      button.textContent = button.dataset.label;
      button.removeAttribute('data-label');
      button.removeAttribute('aria-disabled');
    });
  }

  function fail(text, field) {
    clear();
    note(el.problem, text, 'error');
    if (!field) return;
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  }

  // Screen readers announce text added to #problem and #status, so the two elements stay in the page and only their
  // content changes.
  function note(place, text, kind) {
    var p = document.createElement('p');
    p.className = 'note note--' + kind;
    p.textContent = text;
    place.replaceChildren(p);
  }

  function clear() {
    el.problem.textContent = el.status.textContent = '';
    el.email.removeAttribute('aria-invalid');
    el.code.removeAttribute('aria-invalid');
  }
})();
