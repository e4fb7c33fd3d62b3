//! The headers on every answer, and the one name this app answers to.

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

use crate::{config::Settings, login_form::FORM_PAGE, state::AppState};

/// Sets the security headers. Files from `www/` and `dist/` keep their own `Cache-Control`; pages are never stored.
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

/// Sends a person who opened `http://127.0.0.1:3000` to `http://localhost:3000`: the tenant knows one name of this
/// app, and so do the cookies. Only between loopback names with the same port, so that no proxy can make it a loop.
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

/// What the pages may load. The dialog's and the SDK's WebAssembly needs `wasm-unsafe-eval`; nothing is inline.
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

/// What other pages are told of the one a person comes from: nothing. A form sent under that policy does not name
/// its own site as its origin either, and `own_site` wants it named.
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
