//! Writing responses: JSON, pages, redirects, cookies, and the headers that each of them always has.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

/// Content security policy of our own pages: everything from here, nothing inline, not to be framed.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A JSON answer.
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

/// A part of a page: script or style.
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

/// A redirect that turns the method into GET. `location` must be a URL that was checked before.
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

/// Sets a cookie of the tenant: not readable by scripts, gone after `max_age_s` seconds.
///
/// Auth0 sends `SameSite=None; Secure`; without TLS there is only `Lax`, which `localhost` applications satisfy.
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

/// As [`set_cookie`], and over TLS a twin without `SameSite`, for old browsers that take `SameSite=None` for `Strict`.
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

/// Sets `name`, if `value` can stand in a header.
pub(crate) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Headers that every answer has, unless it set its own.
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

/// `text` made harmless in HTML text and quoted attributes.
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
