//! What an authorization response is (RFC 6749 section 4.1.2, OpenID Connect Core 1.0 section 3.2.2.5), and where it is in an
//! address. No other module of the crate decides that.
//!
//! The scripts of the SDK and of the dialog recognize responses before a module with this code is loaded:
//! `js/authorization-response.mjs`, and `RESPONSE` in `crates/lock/js/lock.mjs`. `tests/authorization-responses.json` is the list of
//! addresses to which tests hold all three.

use crate::text::split;
use crate::url::parse;
use crate::wire::{Params, Value, get};

/// The fragment of an address, without `#`. Empty if there is none.
pub(crate) fn fragment(href: &str) -> &str {
    split(href, "#").map_or("", |(_, fragment)| fragment)
}

/// The parameters in a fragment without its `#`. Routers that keep the page's path in the fragment put a `/` before it.
pub(crate) fn parameters(fragment: &str) -> Params {
    parse(fragment.strip_prefix('/').unwrap_or(fragment))
}

/// The member of an authorization response that is an error (RFC 6749 section 4.1.2.1).
pub(crate) const ERROR: &[&str] = &["error"];

/// The members that are tokens. An authorization response with tokens has at least one of them.
pub(crate) const TOKENS: &[&str] = &["access_token", "id_token", "refresh_token"];

/// The member that is an authorization code.
const CODE: &[&str] = &["code"];

/// Whether `response` has at least one of the members `names`.
pub(crate) fn has_any(response: &Params, names: &[&str]) -> bool {
    names
        .iter()
        .any(|name| *get(response, name) != Value::Undefined)
}

/// The authorization response in an address. In the fragment it is recognized by a token, a code or an error. In the query,
/// where pages have parameters of their own, it also needs a state.
pub(crate) fn response_in(href: &str) -> Option<Params> {
    let (page, fragment) = split(href, "#").unwrap_or((href, ""));
    let in_fragment = parameters(fragment);
    if [TOKENS, CODE, ERROR]
        .iter()
        .any(|names| has_any(&in_fragment, names))
    {
        return Some(in_fragment);
    }
    let (_, query) = split(page, "?")?;
    let in_query = parse(query);
    let is_response = has_any(&in_query, CODE) || has_any(&in_query, ERROR);
    (is_response && has_any(&in_query, &["state"])).then_some(in_query)
}
