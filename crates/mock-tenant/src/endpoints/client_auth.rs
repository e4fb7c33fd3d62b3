//! How a client proves itself at `/oauth/token` (RFC 6749 section 2.3).

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use crate::config::{Client, Config};
use crate::request::{Params, Requester, text};

/// Why a client is not believed. Auth0 answers all of these alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproven {
    /// Credentials in header and body at once (RFC 6749 section 2.3 forbids it).
    TwoMethods,
    /// Unknown client, wrong secret, or none where one is needed.
    Unauthorized,
}

/// The client that sent the request. A public client needs no secret, and must prove itself by PKCE later.
pub(crate) fn authenticate(
    config: &Config,
    headers: &HeaderMap,
    params: &Params,
) -> Result<Client, Unproven> {
    let basic = match headers.get(header::AUTHORIZATION) {
        None => None,
        Some(value) => {
            Some(parse_basic(value.to_str().unwrap_or_default()).ok_or(Unproven::Unauthorized)?)
        }
    };
    let body_secret = params.string("client_secret");
    if basic.is_some() && body_secret.is_some() {
        return Err(Unproven::TwoMethods);
    }
    let (client_id, secret) = match basic {
        Some((client_id, secret)) => (Some(client_id), Some(secret)),
        None => (params.string("client_id"), body_secret),
    };
    let client = client_id
        .and_then(|id| config.client(&id))
        .ok_or(Unproven::Unauthorized)?;
    let proven = match secret {
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

/// Who really calls: the `auth0-forwarded-for` of a confidential client's server, believed only when the client is set to
/// trust it and proved itself by a secret in the body.
pub(crate) fn behind(
    requester: &Requester,
    client: &Client,
    params: &Params,
    headers: &HeaderMap,
) -> Requester {
    let proven = params.str("client_secret").is_some_and(|sent| {
        let secret = client.client_secret.as_ref();
        secret.is_some_and(|secret| secret.matches(sent))
    });
    let trusted = client.is_confidential() && proven && client.is_token_endpoint_ip_header_trusted;
    let forwarded = text(headers, "auth0-forwarded-for")
        .filter(|_| trusted)
        .and_then(|ip| ip.trim().parse().ok());
    forwarded.map_or_else(|| requester.clone(), |ip| requester.at(ip))
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
