//! Reading request headers.

use axum::http::{HeaderMap, header};

/// The greatest length of a language header that is kept, in characters.
const MAX_LANGUAGE: usize = 256;

/// The text of a header, if the request has it and it is readable.
pub(crate) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// The language header: `X-Request-Language`, or else `Accept-Language`.
pub(crate) fn request_language(headers: &HeaderMap) -> Option<String> {
    let raw = text(headers, "x-request-language").or_else(|| text(headers, "accept-language"))?;
    Some(raw.chars().take(MAX_LANGUAGE).collect())
}

/// The cookie `name`.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The token of `Authorization: Bearer` (RFC 6750 section 2.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = text(headers, "authorization")?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append("cookie", "a=1; auth0=x=y".parse().unwrap());
        headers.append("cookie", "b=2".parse().unwrap());
        assert_eq!(cookie(&headers, "auth0").as_deref(), Some("x=y"));
        assert_eq!(cookie(&headers, "b").as_deref(), Some("2"));
        assert_eq!(cookie(&headers, "auth"), None);
    }
}
