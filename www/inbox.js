// With a mock tenant on the developer's machine, adds a link to the inbox where the mock keeps its mails. With any other
// tenant, does nothing.
(function () {
  'use strict';

  var place = document.getElementById('inbox');
  var domain = window.latchkeySample && window.latchkeySample.domain;
  if (!domain || !/^http:\/\/([^/:]+\.)?(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(domain)) return;

  var link = document.createElement('a');
  link.id = 'inbox-link';
  link.href = domain + '/_mock/inbox';
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = 'tenant’s\u00a0inbox';
  place.append('No message leaves this machine. Read yours in the ', link, '.');
  place.hidden = false;
})();
