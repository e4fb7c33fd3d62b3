// Shows Latchkey's dialog on the hosted login page. If it cannot run, the page's plain form stays.
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
      // By `state` the tenant finds the application's authorization request, which overrides the other parameters.
      auth: { redirectUrl: data.redirectUri, responseType: "code", state: data.state, params: { scope: "openid", state: data.state } },
    }).show();
    plain.hidden = true;
    // The page has no other purpose than the login, so the first field gets the focus, also after the dialog has changed its
    // screen. After the user's first key or click the focus is not moved any more.
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
