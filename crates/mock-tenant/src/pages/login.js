// The hosted login page with Latchkey's own dialog. Where it cannot run, the plain form below it stays.
// @ts-check
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("login-data")?.textContent ?? "null");
  const { Auth0LockPasswordless } = /** @type {any} */ (window);
  const dialog = document.getElementById("dialog");
  const plain = document.getElementById("plain");
  if (!data || !Auth0LockPasswordless || !dialog || !plain) return;
  try {
    dialog.hidden = false;
    new Auth0LockPasswordless(data.clientID, location.origin, {
      container: "dialog",
      autofocus: true,
      allowedConnections: [data.connection],
      useCustomPasswordlessConnection: true,
      codeLength: data.codeLength,
      codeLifetime: data.codeLifetime,
      disableWarnings: true,
      showTerms: false,
      languageDictionary: { title: `Log in to ${data.clientName}` },
      ...(data.loginHint ? { prefill: { email: data.loginHint } } : {}),
      // The state leads the tenant back to what the application had asked for, whatever is said here.
      auth: { redirectUrl: data.redirectUri, responseType: "code", state: data.state, params: { scope: "openid", state: data.state } },
    }).show();
    plain.hidden = true;
  } catch (error) {
    dialog.hidden = true;
    console.error(error);
  }
})();
