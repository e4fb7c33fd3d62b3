//! Client authentication at `/oauth/token` (RFC 6749 section 2.3).

use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use crate::call::Turn;
use crate::client_assertion::{self, AssertionError};
use crate::config::{AuthMethod, Client};
use crate::headers::text;
use crate::request::Params;

/// Why a client is not authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproven {
    /// The request has credentials in the header and in the body, which RFC 6749 section 2.3 forbids.
    TwoMethods,
    /// The client's assertion is refused.
    Assertion(AssertionError),
    /// The client is unknown, or its secret is wrong or missing.
    Unauthorized,
}

/// Authenticates the client of the request. A public client has no secret; PKCE protects its grants.
pub(crate) fn authenticate(turn: &mut Turn<'_>, params: &Params) -> Result<Client, Unproven> {
    let base_url = turn.base_url().to_owned();
    let basic = match turn.headers().get(header::AUTHORIZATION) {
        None => None,
        Some(value) => {
            Some(parse_basic(value.to_str().unwrap_or_default()).ok_or(Unproven::Unauthorized)?)
        }
    };
    let body_secret = params.string("client_secret");
    let has_assertion = params.value("client_assertion").is_some();
    let methods = [basic.is_some(), body_secret.is_some(), has_assertion];
    if methods.into_iter().filter(|used| *used).count() > 1 {
        return Err(Unproven::TwoMethods);
    }
    let now_ms = turn.now_ms;
    let (config, used) = (&turn.store.config, &mut turn.store.assertions);
    let signed = client_assertion::authenticate((config, used), params, &base_url, now_ms);
    if let Some(signed) = signed {
        return signed.map_err(Unproven::Assertion);
    }
    let (client_id, secret) = match basic {
        Some((client_id, secret)) => (Some(client_id), Some(secret)),
        None => (params.string("client_id"), body_secret),
    };
    let client = client_id
        .and_then(|id| config.client(&id))
        .ok_or(Unproven::Unauthorized)?;
    let proven = match secret {
        // A client with `private_key_jwt` cannot use its secret.
        Some(_) if client.token_endpoint_auth_method == Some(AuthMethod::PrivateKeyJwt) => false,
        Some(sent) => client
            .client_secret
            .as_ref()
            .is_some_and(|secret| secret.matches(&sent)),
        None => !client.is_confidential(),
    };
    if proven {
        Ok(client.clone())
    } else {
        Err(Unproven::Unauthorized)
    }
}

/// Sets the caller to the address in `auth0-forwarded-for`, which a confidential client's server sends. It counts only if the client
/// trusts this header and has authenticated with a secret in the body.
pub(crate) fn behind(turn: &mut Turn<'_>, client: &Client, params: &Params) {
    let proven = params.str("client_secret").is_some_and(|sent| {
        let secret = client.client_secret.as_ref();
        secret.is_some_and(|secret| secret.matches(sent))
    });
    let trusted = client.is_confidential() && proven && client.is_token_endpoint_ip_header_trusted;
    let forwarded = text(turn.headers(), "auth0-forwarded-for")
        .filter(|_| trusted)
        .and_then(|ip| ip.trim().parse().ok());
    if let Some(ip) = forwarded {
        turn.requester = turn.requester.at(ip);
    }
}

/// `Basic base64(urlencoded id:urlencoded secret)`.
fn parse_basic(value: &str) -> Option<(String, String)> {
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let decode = |text: &str| {
        percent_decode_str(text)
            .decode_utf8()
            .ok()
            .map(String::from)
    };
    Some((decode(id)?, decode(secret)?))
}
