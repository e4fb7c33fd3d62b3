// Shared by the three pages with their own form: it shows the right part and the messages, and prevents sending twice.
// The examples are beside this: custom-ui.js, custom-ui-link.js and custom-ui-sms.js.
(function () {
  'use strict';

  // What the person can do about an error, by the error's `kind`.
  var REMEDIES = {
    code_expired: 'Send a new code and use that one.',
    invalid_code: 'Check the code, or send a new one.',
    invalid_email: 'Check the spelling.',
    invalid_phone_number: 'Check the digits.',
    network: 'The login service does not answer. Check your connection, then try again.',
    rate_limited: 'Wait a few minutes, then try again.',
    server_error: 'The login service has a problem. Try again in a minute.',
    signup_disabled: 'Use the address you are known by.',
    timeout: 'The login service does not answer. Check your connection, then try again.',
    too_many_attempts: 'Send a new code and use that one.'
  };

  var el = {};
  ['title', 'lead', 'problem', 'status', 'address-form', 'address', 'language', 'send', 'code-form', 'sent', 'code', 'verify', 'resend', 'change']
    .forEach(function (id) { el[id] = document.getElementById(id); });
  // The second part of the page: a form for the code, or after a link only the text about it.
  var second = el['code-form'] || el.sent;
  var first = { title: el.title.textContent, lead: el.lead.textContent };
  var address = '';
  var busy = false;

  window.sampleForm = {
    // Whether the settings and the SDK have loaded. If not, the page says what to do.
    isReady: function (config) {
      if (config && window.auth0) return true;
      el['address-form'].hidden = true;
      fail(config ? 'The SDK is not built yet. Run npm run build, then reload the page.'
        : 'The settings of this page did not load. Reload the page.');
      return false;
    },

    // `read` gives the address in what was typed, or false; `send` and `logIn` are the calls to the SDK.
    run: function (scene) {
      el['address-form'].addEventListener('submit', function (event) {
        event.preventDefault();
        var read = scene.read(el.address.value);
        if (read) send(scene, read, false);
        else fail(scene.refusal, el.address);
      });
      el.resend.addEventListener('click', function () { send(scene, address, true); });
      el.change.addEventListener('click', function () {
        if (!busy) showFirst();
      });
      if (scene.logIn) {
        el['code-form'].addEventListener('submit', function (event) {
          event.preventDefault();
          logIn(scene, el.code.value.replace(/\D/g, ''));
        });
      }
      el.send.disabled = false; // the page disables it until this script can handle the form
    }
  };

  function send(scene, to, again) {
    if (busy) return;
    begin(again ? el.resend : el.send, 'Sending…');
    scene.send(to, el.language.value || undefined, function (err) {
      end();
      if (err) return failWith(err, again ? el.code : el.address);
      address = to;
      showSecond(again);
    });
  }

  function logIn(scene, code) {
    if (busy) return;
    if (code.length !== 6) return fail('Enter the six digits of the code.', el.code);
    begin(el.verify, 'Logging in…');
    scene.logIn(address, code, function (err) {
      if (!err) return; // the browser is leaving this page; stay busy until it has left
      end();
      failWith(err, el.code);
      el.code.select();
    });
  }

  function showSecond(again) {
    el.title.textContent = el.title.dataset.then;
    el.lead.textContent = el.lead.dataset.then.replace('{address}', address);
    el['address-form'].hidden = true;
    second.hidden = false;
    if (el.code) {
      el.code.value = '';
      el.code.focus();
    } else {
      el.title.tabIndex = -1;
      el.title.focus();
    }
    var what = el.code ? 'code' : 'link';
    if (again) note(el.status, 'A new ' + what + ' is on its way. The one before no longer works.', 'ok');
    else el.status.textContent = 'A ' + what + ' is on its way.'; // for screen readers alone: others see the changed page
  }

  function showFirst() {
    clear();
    el.title.textContent = first.title;
    el.lead.textContent = first.lead;
    second.hidden = true;
    el['address-form'].hidden = false;
    el.address.focus();
  }

  // Says what happened, with the tenant's error description if there is one, and what the person can do about it.
  function failWith(err, field) {
    // In an outage the tenant gave no useful description, and the field's value is not at fault.
    var outage = /^(network|timeout|server_error)$/.test(err.kind);
    var said = !outage && typeof err.description === 'string' ? err.description.replace(/([^.!?])$/, '$1. ') : '';
    var remedy = REMEDIES[err.kind] || 'Try again, or ask for help.';
    if (err.retryAfter) remedy = 'Try again in ' + Math.ceil(err.retryAfter / 60) + ' min.';
    fail((said.trim() + ' ' + remedy).trim(), field);
    if (outage && field) field.removeAttribute('aria-invalid');
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
    [el.address, el.code].forEach(function (field) {
      if (field) field.removeAttribute('aria-invalid');
    });
  }
})();
