// @ts-check
/** The headers on every answer, and the one name this app answers to. */

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./state.mjs').Handler} Handler */

/** @param {Settings} settings @returns {Handler} */
export function secure({ domain }) {
  // The dialog's and the SDK's WebAssembly needs `wasm-unsafe-eval`. The logout form is redirected to the tenant.
  const policy = [
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data:", `connect-src 'self' ${domain}`,
    `frame-src ${domain}`, `form-action 'self' ${domain}`, "base-uri 'none'", "frame-ancestors 'none'",
  ].join('; ');
  return (request, response, next) => {
    // A form sent under `no-referrer` does not name its own site as its origin, and `login-form.mjs` wants it named.
    const isForm = request.path === '/inline.html' || /^\/login(\/|$)/.test(request.path);
    response.set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy,
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': isForm ? 'same-origin' : 'no-referrer',
      'Vary': 'Cookie',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  };
}

/**
 * Sends a person who opened `http://127.0.0.1:3000` to `http://localhost:3000`: the tenant knows one name of this app, and so do the
 * cookies. Only between loopback names with the same port, so that no proxy can make it a loop.
 *
 * @param {Settings} settings
 * @returns {Handler}
 */
export const canonicalHost = ({ baseUrl }) => (request, response, next) => {
  const [, port] = request.get('host')?.match(/^(?:127\.0\.0\.1|\[::1\])(:\d+)?$/) ?? [];
  if (request.method === 'GET' && port !== undefined && baseUrl === `http://localhost${port}`) response.redirect(307, baseUrl + request.originalUrl);
  else next();
};
