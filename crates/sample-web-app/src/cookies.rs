//! The flags that all cookies of this app have, and the prefix of their names.

use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::address::BaseUrl;

/// The prefix of cookie names. With `__Host-` the browser accepts the cookie only from this host, and only over https.
pub(crate) fn host_prefix(base_url: &BaseUrl) -> &'static str {
    if base_url.is_https() { "__Host-" } else { "" }
}

/// A cookie with the flags that all cookies of this app have.
pub(crate) fn cookie(name: String, value: String, base_url: &BaseUrl) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(base_url.is_https())
        .same_site(SameSite::Lax)
        .build()
}
