//! Checks an ID token (OpenID Connect Core 3.1.3.7).
//!
//! The crate `openidconnect` checks the signature and does the standard's steps. This module first makes the checks
//! that the standard or the crate does not require: the token must have a key id, the issuer is compared letter by
//! letter, and times must be whole numbers (CVE-2026-25537).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    ClaimsVerificationError, ClientId, JsonWebKey, JsonWebKeySet, Nonce,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKey, CoreJwsSigningAlgorithm},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;

/// How far the tenant's clock may differ from this server's.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(60);

/// The claims that the pages show, in the order of the pages. All other claims are dropped.
pub(crate) const KEPT_CLAIMS: [&str; 11] = [
    "name",
    "nickname",
    "email",
    "email_verified",
    "updated_at",
    "sub",
    "iss",
    "aud",
    "iat",
    "exp",
    "sid",
];

/// The values with which an ID token is compared.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// This app's client id, the audience.
    pub client_id: &'a str,
    /// The tenant's issuer, with its slash.
    pub issuer: &'a str,
    /// The tenant's keys.
    pub keys: &'a JsonWebKeySet<CoreJsonWebKey>,
    /// The nonce of the transaction. `None` for a login without a transaction, whose token has no nonce either.
    pub nonce: Option<&'a str>,
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// Why an ID token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdTokenError {
    /// The token is signed with another algorithm than RS256, or not at all.
    #[error("it is not signed with RS256; set the application's signature algorithm to RS256")]
    Algorithm,
    /// The token was made for another application.
    #[error("it was made for another application")]
    Audience,
    /// The token has expired.
    #[error("it has expired; check the clocks of this server and the tenant")]
    Expired,
    /// Another tenant made the token.
    #[error("it was made by another tenant")]
    Issuer,
    /// The text is not a signed token, or lacks a claim that every token must have.
    #[error("it is malformed")]
    Malformed,
    /// The token was made for another login.
    #[error("it belongs to another login")]
    Nonce,
    /// The token was made in the future, or is only valid then.
    #[error("it is from the future; check the clocks of this server and the tenant")]
    NotYetValid,
    /// The signature is false.
    #[error("its signature is false")]
    Signature,
    /// The key is not among the tenant's known keys. The caller should load the keys once more.
    #[error("it is signed with a key that the tenant does not publish")]
    UnknownKey,
}

/// Checks `token` and returns the claims in [`KEPT_CLAIMS`].
pub fn verify(
    token: &CoreIdToken,
    expected: Expected<'_>,
) -> Result<Map<String, Value>, IdTokenError> {
    let raw = token.to_string();
    let header: Header = part(&raw, 0)?;
    if header.alg != "RS256" {
        return Err(IdTokenError::Algorithm);
    }
    let known = |key: &CoreJsonWebKey| key.key_id().is_some_and(|id| **id == header.kid);
    if !expected.keys.keys().iter().any(known) {
        return Err(IdTokenError::UnknownKey);
    }

    let issuer = openidconnect::IssuerUrl::new(expected.issuer.to_owned())
        .map_err(|_| IdTokenError::Issuer)?;
    // With the client's secret, an HS256 token could pass the check (CVE-2026-42280). So the verifier gets no secret.
    let verifier = CoreIdTokenVerifier::new_public_client(
        ClientId::new(expected.client_id.to_owned()),
        issuer,
        expected.keys.clone(),
    )
    .set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256])
    .set_time_fn(|| expected.now - LEEWAY);
    token
        .claims(&verifier, |nonce: Option<&Nonce>| {
            let same = match (nonce, expected.nonce) {
                (Some(given), Some(own)) => given.secret().as_bytes().ct_eq(own.as_bytes()).into(),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if same { Ok(()) } else { Err(String::new()) }
        })
        .map_err(|error| cause(&error))?;

    let must: MustHave = part(&raw, 1)?;
    let latest = (expected.now + LEEWAY).timestamp();
    if must.iss != expected.issuer {
        return Err(IdTokenError::Issuer);
    }
    if must.azp.is_some_and(|azp| azp != expected.client_id) {
        return Err(IdTokenError::Audience);
    }
    if must.exp <= (expected.now - LEEWAY).timestamp() {
        return Err(IdTokenError::Expired);
    }
    if must.iat > latest || must.nbf.is_some_and(|nbf| nbf > latest) {
        return Err(IdTokenError::NotYetValid);
    }
    if must.sub.is_empty() || must.sub.len() > 255 {
        return Err(IdTokenError::Malformed);
    }
    let mut claims: Map<String, Value> = part(&raw, 1)?;
    claims.retain(|name, _| KEPT_CLAIMS.contains(&name.as_str()));
    Ok(claims)
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

/// The claims that every token must have, with their types.
#[derive(Deserialize)]
struct MustHave {
    iss: String,
    sub: String,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    azp: Option<String>,
}

fn part<T: DeserializeOwned>(raw: &str, index: usize) -> Result<T, IdTokenError> {
    let text = raw.split('.').nth(index).ok_or(IdTokenError::Malformed)?;
    let json = BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| IdTokenError::Malformed)?;
    serde_json::from_slice(&json).map_err(|_| IdTokenError::Malformed)
}

fn cause(error: &ClaimsVerificationError) -> IdTokenError {
    match error {
        ClaimsVerificationError::Expired(_) => IdTokenError::Expired,
        ClaimsVerificationError::InvalidAudience(_) => IdTokenError::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => IdTokenError::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => IdTokenError::Nonce,
        ClaimsVerificationError::SignatureVerification(_) => IdTokenError::Signature,
        _ => IdTokenError::Malformed,
    }
}
