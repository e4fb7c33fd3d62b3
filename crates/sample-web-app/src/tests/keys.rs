//! Keys and tokens of the scripted tenant. All tests share one RSA key, because making one is slow.

use std::sync::LazyLock;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rsa::{
    RsaPrivateKey,
    pkcs1v15::SigningKey,
    signature::{SignatureEncoding, Signer},
    traits::PublicKeyParts,
};
use serde_json::{Value, json};
use sha2::Sha256;

static KEY: LazyLock<RsaPrivateKey> =
    LazyLock::new(|| RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap());

pub(super) fn jwks(kid: &str) -> Value {
    json!({"keys": [{
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": encode(&KEY.n().to_bytes_be()), "e": encode(&KEY.e().to_bytes_be()),
    }]})
}

/// A token with any header and claims, which has a valid signature of the tenant's key.
pub(super) fn signed(header: &Value, claims: &Value) -> String {
    let body = unsigned(header, claims);
    let signature = SigningKey::<Sha256>::new(KEY.clone()).sign(body.as_bytes());
    format!("{body}.{}", encode(&signature.to_bytes()))
}

/// The header and the claims of a token, encoded and joined, without the signature.
pub(super) fn unsigned(header: &Value, claims: &Value) -> String {
    format!(
        "{}.{}",
        encode(header.to_string().as_bytes()),
        encode(claims.to_string().as_bytes())
    )
}

pub(super) fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
