//! Makes responses: JSON, pages, redirects, cookies, and the headers of every response.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

/// The Content Security Policy of the tenant's pages: only files of this origin, nothing inline, no framing.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A JSON response.
pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response {
    typed(
        status,
        "application/json; charset=utf-8",
        body.to_string().into(),
    )
}

/// An error in OAuth's shape (RFC 6749 section 5.2).
pub(crate) fn oauth_error(status: StatusCode, error: &str, description: &str) -> Response {
    json_response(
        status,
        &json!({"error": error, "error_description": description}),
    )
}

/// Plain text.
pub(crate) fn text_response(status: StatusCode, text: impl Into<String>) -> Response {
    typed(status, "text/plain; charset=utf-8", Body::from(text.into()))
}

/// A page.
pub(crate) fn html_response(status: StatusCode, html: String) -> Response {
    let mut response = typed(status, "text/html; charset=utf-8", html.into());
    set(
        response.headers_mut(),
        header::CONTENT_SECURITY_POLICY,
        PAGE_POLICY,
    );
    response
}

/// A script or a style sheet of a page.
pub(crate) fn asset_response(kind: &'static str, text: &'static str) -> Response {
    typed(StatusCode::OK, kind, text.into())
}

/// A script that is not part of this program.
pub(crate) fn script_response(script: axum::body::Bytes) -> Response {
    typed(
        StatusCode::OK,
        "text/javascript; charset=utf-8",
        script.into(),
    )
}

/// A redirect with the method GET. `location` has to be a checked URL.
pub(crate) fn redirect(location: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(location) else {
        return text_response(
            StatusCode::BAD_REQUEST,
            "The redirect URI cannot be written as a header.",
        );
    };
    let mut response = typed(
        StatusCode::FOUND,
        "text/plain; charset=utf-8",
        Body::empty(),
    );
    response.headers_mut().insert(header::LOCATION, location);
    response
}

/// Sets a cookie that scripts cannot read, with the lifetime `max_age_s` in seconds.
///
/// Over TLS it is `SameSite=None; Secure`, as at Auth0. Without TLS it is `Lax`, which is enough for applications on `localhost`.
pub(crate) fn set_cookie(
    headers: &mut HeaderMap,
    is_secure: bool,
    name: &str,
    value: &str,
    max_age_s: u64,
) {
    let site = if is_secure {
        "SameSite=None; Secure"
    } else {
        "SameSite=Lax"
    };
    let cookie = format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; {site}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// [`set_cookie`], and over TLS a second cookie without `SameSite`, for old browsers that read `SameSite=None` as `Strict`.
pub(crate) fn set_cookie_pair(
    headers: &mut HeaderMap,
    is_secure: bool,
    [name, twin]: [&str; 2],
    value: &str,
    max_age_s: u64,
) {
    set_cookie(headers, is_secure, name, value, max_age_s);
    if is_secure {
        let twin = format!("{twin}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; Secure");
        if let Ok(twin) = HeaderValue::from_str(&twin) {
            headers.append(header::SET_COOKIE, twin);
        }
    }
}

/// Sets the header `name`, if `value` is valid in a header.
pub(crate) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Adds the headers of every response, unless it has its own.
pub(crate) async fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::PRAGMA, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// `text`, escaped for HTML texts and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn typed(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
