//! The headers of every response, and the redirect to the one host name of this app.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY, VARY,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use crate::{config::Settings, pages::FORM_PAGE, state::AppState};

/// Sets the security headers. Files from `www/` and `dist/` keep their own `Cache-Control`. Other pages are never stored.
pub async fn secure(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let referrer = referrer_policy(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if is_page(headers) || !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static("Cookie"));
    }
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&app.settings)) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (REFERRER_POLICY, referrer),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // No other site may load our scripts, `/login-config.js` least of all.
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Redirects a person who opened `http://127.0.0.1:3000` to `http://localhost:3000`, because the tenant and the cookies
/// know only one name of this app. It redirects only between loopback names with the same port. So a proxy cannot cause
/// an endless loop.
pub async fn canonical_host(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|h| h.to_str().ok());
    let base_url = app.settings.base_url.origin();
    let elsewhere = host.is_some_and(|host| {
        ["127.0.0.1", "[::1]"].iter().any(|address| {
            host.strip_prefix(address)
                .is_some_and(|port| base_url == format!("http://localhost{port}"))
        })
    });
    if elsewhere && request.method() == Method::GET {
        let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
        return Redirect::temporary(&format!("{base_url}{path}")).into_response();
    }
    next.run(request).await
}

/// The policy for what the pages may load. The dialog's and the SDK's WebAssembly needs `wasm-unsafe-eval`. No script and
/// no style is inline.
fn content_security_policy(settings: &Settings) -> String {
    let domain = settings.domain.origin();
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        &format!("connect-src 'self' {domain}"),
        &format!("frame-src {domain}"),
        // The logout form is redirected to the tenant.
        &format!("form-action 'self' {domain}"),
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    .join("; ")
}

/// The policy for the header `Referer`. Other sites do not learn from which page a person comes. With `no-referrer` a form
/// does not send its origin either, but `own_site` checks that origin. So the pages with these forms have `same-origin`.
fn referrer_policy(path: &str) -> &'static str {
    if path == FORM_PAGE || path == "/login" || path.starts_with("/login/") {
        "same-origin"
    } else {
        "no-referrer"
    }
}

fn is_page(headers: &HeaderMap<HeaderValue>) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
