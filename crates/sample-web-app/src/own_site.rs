//! Refuses forms from other sites.
//!
//! A page of any site can send a form to this one, with the person's IP address and cookies. A form to `/login` would
//! send mails to any address, from the person's IP address. A form to `/login/code` would log the person in with the
//! attacker's code (login CSRF). The attacker could then read everything that the person enters in that account.
//! `SameSite` cookies do not prevent the first, because `/login` needs no cookie. They do not prevent the second if the
//! attacker has another host of the same domain. But browsers say from which site a form comes, and no page can change
//! that.

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

/// Refuses a request from another site's page that changes something. The response is a page that says what to do.
pub async fn refuse_others(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let own = app.settings.base_url.origin();
    if request.method().is_safe() || is_own(request.headers(), own) {
        return next.run(request).await;
    }
    Page::of(&Error::ForeignRequest, &app).into_response()
}

/// Whether `Sec-Fetch-Site` ([Fetch Metadata](https://www.w3.org/TR/fetch-metadata/), in all browsers since 2023) and
/// `Origin` (RFC 6454) say that a request is from this site. A client that sends neither is no browser, or a very old one,
/// and is accepted.
fn is_own(headers: &HeaderMap, own: &str) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let near = matches!(site, None | Some(b"same-origin" | b"none"));
    let named = match headers.get(ORIGIN).map(HeaderValue::as_bytes) {
        None => true,
        // Browsers send `null` under `Referrer-Policy: no-referrer`, which a person may have set for all sites.
        Some(b"null") => site.is_some_and(|site| site == b"same-origin"),
        Some(origin) => origin == own.as_bytes(),
    };
    near && named
}
