//! The cookies that identify a device, independently of the person who logs in.
//!
//! <https://auth0.com/docs/manage-users/cookies/authentication-api-cookies>

use axum::http::HeaderMap;

use crate::headers::cookie;
use crate::random::Random;
use crate::response::set_cookie_pair;

/// The cookie, and its second copy for old browsers.
const COOKIES: [&str; 2] = ["did", "did_compat"];
/// The lifetime of a device's name in seconds: a year. No source tells Auth0's.
const LIFE_S: u64 = 31_557_600;
/// Length of a name: 24 random bytes as base64url.
const LENGTH: usize = 32;

/// The device name in a browser's cookie, if it has the form that the tenant gives.
pub(crate) fn shown(headers: &HeaderMap) -> Option<String> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_ours = |name: &String| name.len() == LENGTH && name.bytes().all(is_letter);
    let found = COOKIES.map(|name| cookie(headers, name));
    found.into_iter().flatten().find(is_ours)
}

/// The name of a device: the one in the cookie, or a new one.
pub(crate) fn name(shown: Option<&str>, random: &mut Random) -> String {
    shown.map_or_else(|| random.token::<24>(), str::to_owned)
}

/// Sets the cookie with the device's name. Over TLS there is a second copy for old browsers.
pub(crate) fn set_device_cookie(headers: &mut HeaderMap, is_secure: bool, name: &str) {
    set_cookie_pair(headers, is_secure, COOKIES, name, LIFE_S);
}
