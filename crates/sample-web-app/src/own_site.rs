//! Keeps the forms of other sites out.
//!
//! A form on any site can be sent to this one, with this browser's address and cookies. At `/login` it would have
//! mails sent in somebody's name, to whomever it likes. At `/login/code` it would log the person in with a code of
//! the attacker's (login CSRF), who then reads what the person leaves in the attacker's account. `SameSite` cookies
//! do not prevent the first, as `/login` needs none, nor the second by a neighbour under the same domain. But the
//! browser tells where a form comes from, and no page can make it lie.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header::ORIGIN},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    error::{Error, Page},
    state::AppState,
};

/// Refuses a request that changes something and comes from another site's page, with a page that says what to do.
pub async fn refuse_others(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let own = app.settings.base_url.origin();
    if request.method().is_safe() || is_own(request.headers(), own) {
        return next.run(request).await;
    }
    Page::of(&Error::ForeignRequest, &app).into_response()
}

/// What `Sec-Fetch-Site` ([Fetch Metadata](https://www.w3.org/TR/fetch-metadata/), in all browsers since 2023) and
/// `Origin` (RFC 6454) tell. Who sends neither is no browser, or older than both.
fn is_own(headers: &HeaderMap, own: &str) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let near = matches!(site, None | Some(b"same-origin" | b"none"));
    let named = match headers.get(ORIGIN).map(HeaderValue::as_bytes) {
        None => true,
        // What browsers say under `Referrer-Policy: no-referrer`, which a person may have set for all sites.
        Some(b"null") => site.is_some_and(|site| site == b"same-origin"),
        Some(origin) => origin == own.as_bytes(),
    };
    near && named
}
