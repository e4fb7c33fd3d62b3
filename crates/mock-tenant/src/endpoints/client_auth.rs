//! How a client proves itself at `/oauth/token` (RFC 6749 section 2.3).

use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use crate::call::Step;
use crate::client_assertion::{self, AssertionError};
use crate::config::{AuthMethod, Client};
use crate::headers::text;
use crate::request::Params;

/// Why a client is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproven {
    /// Credentials in header and body at once (RFC 6749 section 2.3 forbids it).
    TwoMethods,
    /// The client signed, and something is wrong with it.
    Assertion(AssertionError),
    /// Unknown client, wrong secret, or none where one is needed.
    Unauthorized,
}

/// The client that sent the request. A public client needs no secret, and must prove itself by PKCE later.
pub(crate) fn authenticate(step: &mut Step<'_>, params: &Params) -> Result<Client, Unproven> {
    let base_url = step.base_url().to_owned();
    let basic = match step.headers().get(header::AUTHORIZATION) {
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
    let now_ms = step.now_ms;
    let (config, used) = (&step.store.config, &mut step.store.assertions);
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
        // A client that signs has given its secret up.
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

/// Finds out who really calls: the `auth0-forwarded-for` of a confidential client's server, believed only when the client is
/// set to trust it and proved itself by a secret in the body.
pub(crate) fn behind(step: &mut Step<'_>, client: &Client, params: &Params) {
    let proven = params.str("client_secret").is_some_and(|sent| {
        let secret = client.client_secret.as_ref();
        secret.is_some_and(|secret| secret.matches(sent))
    });
    let trusted = client.is_confidential() && proven && client.is_token_endpoint_ip_header_trusted;
    let forwarded = text(step.headers(), "auth0-forwarded-for")
        .filter(|_| trusted)
        .and_then(|ip| ip.trim().parse().ok());
    if let Some(ip) = forwarded {
        step.requester = step.requester.at(ip);
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
