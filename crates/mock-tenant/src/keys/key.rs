//! A signing key: RSA, with the certificate that the JWKS contain.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256};
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, LineEnding};
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::lock;
use crate::random::Random;
use crate::secret::Secret;

const BITS: usize = 2048;

/// Why a key or a signature could not be made.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum KeyError {
    #[error("the certificate of the signing key could not be made: {0}")]
    Certificate(Arc<rcgen::Error>),
    #[error("the token's claims cannot be written as JSON: {0}")]
    Claims(Arc<serde_json::Error>),
    #[error("the signing key could not be written: {0}")]
    Encoding(Arc<rsa::pkcs8::Error>),
    #[error("the signing key could not be made: {0}")]
    Generation(Arc<rsa::Error>),
    #[error("the thread that makes the signing key ended early")]
    Gone,
    #[error("signing failed: {0}")]
    Signing(Arc<rsa::signature::Error>),
}

/// An RSA key with its identifier.
pub(crate) struct Key {
    private: RsaPrivateKey,
    signing: SigningKey<Sha256>,
    public: RsaPublicKey,
    kid: String,
    blinding: Arc<Mutex<Random>>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// The signed text of a compact JWT: header and claims, encoded.
fn signing_input(header: &Value, claims: &Value) -> Result<String, KeyError> {
    let part = |value: &Value| {
        serde_json::to_vec(value)
            .map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
            .map_err(|error| KeyError::Claims(Arc::new(error)))
    };
    Ok(format!("{}.{}", part(header)?, part(claims)?))
}

/// An RSA public key in PEM: PKCS #8 or PKCS #1.
pub(crate) fn read_public(pem: &str) -> Option<RsaPublicKey> {
    let pem = pem.trim();
    RsaPublicKey::from_public_key_pem(pem)
        .or_else(|_| RsaPublicKey::from_pkcs1_pem(pem).map_err(|_| ()))
        .ok()
}

/// A compact JWT of `claims`, signed with a client's secret (HS256).
pub(crate) fn sign_with_secret(secret: &Secret, claims: &Value) -> Result<String, KeyError> {
    let input = signing_input(&json!({"alg": "HS256", "typ": "JWT"}), claims)?;
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.expose().as_bytes());
    let tag = ring::hmac::sign(&key, input.as_bytes());
    Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag)))
}

impl Key {
    /// Makes a new key, which takes up to a second.
    pub(super) fn generate(
        random: &mut Random,
        blinding: Arc<Mutex<Random>>,
    ) -> Result<Self, KeyError> {
        RsaPrivateKey::new(random.rng(), BITS)
            .map(|private| Self::new(private, blinding))
            .map_err(|error| KeyError::Generation(Arc::new(error)))
    }

    /// Reads a key that [`Key::pem`] wrote.
    pub(super) fn from_pem(pem: &Secret, blinding: Arc<Mutex<Random>>) -> Option<Self> {
        let private = RsaPrivateKey::from_pkcs8_pem(pem.expose()).ok()?;
        Some(Self::new(private, blinding))
    }

    fn new(private: RsaPrivateKey, blinding: Arc<Mutex<Random>>) -> Self {
        let public = private.to_public_key();
        let thumbprint = Sha256::digest(public.n().to_bytes_be());
        Self {
            kid: URL_SAFE_NO_PAD.encode(thumbprint),
            signing: SigningKey::new(private.clone()),
            private,
            public,
            blinding,
        }
    }

    /// The identifier in tokens and JWKS.
    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// The private key, for a snapshot.
    pub(super) fn pem(&self) -> Result<Secret, KeyError> {
        let pem = self.private.to_pkcs8_pem(LineEnding::LF);
        pem.map(|pem| Secret::new(pem.as_str()))
            .map_err(|error| KeyError::Encoding(Arc::new(error)))
    }

    /// A compact RS256 JWT (RFC 7515) of `claims`.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, KeyError> {
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": self.kid});
        let input = signing_input(&header, claims)?;
        let signature = self
            .signing
            .try_sign_with_rng(lock(&self.blinding).rng(), input.as_bytes())
            .map_err(|error| KeyError::Signing(Arc::new(error)))?;
        Ok(format!(
            "{input}.{}",
            URL_SAFE_NO_PAD.encode(signature.to_vec())
        ))
    }

    /// The public key as a JWK (RFC 7517), with its certificate as at Auth0.
    pub(crate) fn jwk(&self) -> Result<Value, KeyError> {
        let number = |n: &rsa::BigUint| URL_SAFE_NO_PAD.encode(n.to_bytes_be());
        let certificate = self.certificate()?;
        let digest = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, &certificate);
        Ok(json!({
            "alg": "RS256",
            "kty": "RSA",
            "use": "sig",
            "n": number(self.public.n()),
            "e": number(self.public.e()),
            "kid": self.kid,
            "x5t": URL_SAFE_NO_PAD.encode(digest),
            "x5c": [STANDARD.encode(&certificate)],
        }))
    }

    /// The self-signed certificate of the key in DER. It is always the same for one key.
    fn certificate(&self) -> Result<Vec<u8>, KeyError> {
        let failed = |error: rcgen::Error| KeyError::Certificate(Arc::new(error));
        let pem = self.pem()?;
        let pair = KeyPair::from_pkcs8_pem_and_sign_algo(pem.expose(), &PKCS_RSA_SHA256);
        let mut params = CertificateParams::new(Vec::new()).map_err(failed)?;
        params
            .distinguished_name
            .push(DnType::CommonName, "Latchkey mock tenant");
        let certificate = params.self_signed(&pair.map_err(failed)?);
        Ok(certificate.map_err(failed)?.der().to_vec())
    }
}
