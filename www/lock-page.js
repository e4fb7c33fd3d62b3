// Shared by the three pages with the dialog: the button, the choice of a language, and the message if a file is missing.
// The examples are beside this: lock.js, lock-link.js and lock-sms.js.
(function () {
  'use strict';

  window.lockPage = {
    // Whether the settings and the dialog have loaded. If not, the page says what to do.
    isReady: function (config) {
      if (!config) showProblem('The settings of this page did not load. Reload the page.');
      else if (!window.Auth0LockPasswordless) showProblem('The dialog is not built yet. Run npm run build, then reload the page.');
      else return true;
      return false;
    },

    // Calls `open` with the language that the person chose, or undefined for that of the browser.
    onPress: function (open) {
      var button = document.getElementById('login');
      button.addEventListener('click', function () {
        open(document.getElementById('language').value || undefined);
      });
      button.disabled = false; // the page disables it until the dialog can open
    }
  };

  function showProblem(text) {
    var p = document.createElement('p');
    p.className = 'note note--error';
    p.textContent = text;
    document.getElementById('problem').replaceChildren(p);
  }
})();
