// @ts-check
/** The headers of every response, and the redirect to the app's own host name. */

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
    // Under `no-referrer`, browsers send a form with `Origin: null`, and `login-form.mjs` checks the origin.
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
 * Redirects `http://127.0.0.1:3000` to `http://localhost:3000`, because the tenant's allowed callback URLs and the cookies belong to
 * one host name. It redirects only between loopback names with the same port, so that a proxy cannot turn it into a loop.
 *
 * @param {Settings} settings
 * @returns {Handler}
 */
export const canonicalHost = ({ baseUrl }) => (request, response, next) => {
  const [, port] = request.get('host')?.match(/^(?:127\.0\.0\.1|\[::1\])(:\d+)?$/) ?? [];
  if (request.method === 'GET' && port !== undefined && baseUrl === `http://localhost${port}`) response.redirect(307, baseUrl + request.originalUrl);
  else next();
};
