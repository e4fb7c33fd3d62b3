// The tenant may put its response into the fragment of the callback's address, which no server sees. This sends a code or an
// error on in the query, where the server checks it against the login that this browser began. Tokens stay where they are:
// this app asked for none, and an address with a token would stand in logs.
(function () {
  'use strict';

  var response = new URLSearchParams(location.hash.slice(1));
  var query = new URLSearchParams();
  ['code', 'error', 'error_description', 'iss', 'state'].forEach(function (name) {
    response.getAll(name).forEach(function (value) { query.append(name, value); });
  });
  if (query.has('state') && (query.has('code') || query.has('error'))) location.replace('/callback?' + query);
})();
