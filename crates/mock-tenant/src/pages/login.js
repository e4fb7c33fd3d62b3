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
    // A person who comes here wants to type their address, so the field is given the focus: also when the dialog takes the
    // place of its first screen. From their first key or press on, the focus is theirs.
    const focus = () => {
      const field = /** @type {HTMLElement | null} */ (dialog.querySelector("input:not([type=hidden]):not([type=checkbox])"));
      if (field && document.activeElement === document.body) field.focus();
    };
    const watch = new MutationObserver(focus);
    watch.observe(dialog, { childList: true, subtree: true });
    for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => watch.disconnect(), { once: true, capture: true });
    focus();
  } catch (error) {
    dialog.hidden = true;
    console.error(error);
  }
})();
