//! The signing key: made in the background, so that listening does not wait for it.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::sync::watch;

use crate::random::Random;

const BITS: usize = 2048;

/// The key, once it is there.
#[derive(Debug, Clone)]
pub(crate) struct KeyStore(watch::Receiver<Option<Result<Arc<Key>, KeyError>>>);

/// Why there is no key.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum KeyError {
    #[error("the signing key could not be made: {0}")]
    Generation(Arc<rsa::Error>),
    #[error("the thread that makes the signing key ended early")]
    Gone,
    #[error("signing failed: {0}")]
    Signing(Arc<rsa::signature::Error>),
    #[error("the token's claims cannot be written as JSON: {0}")]
    Claims(Arc<serde_json::Error>),
}

/// An RSA key with its identifier.
pub(crate) struct Key {
    signing: SigningKey<Sha256>,
    public: RsaPublicKey,
    kid: String,
    blinding: Mutex<Random>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

impl KeyStore {
    /// Starts to make a key on a thread of its own.
    pub(crate) fn generate(mut random: Random, blinding: Random) -> Self {
        let (sender, receiver) = watch::channel(None);
        std::thread::spawn(move || {
            let key = RsaPrivateKey::new(random.rng(), BITS)
                .map(|private| Arc::new(Key::new(private, blinding)))
                .map_err(|error| KeyError::Generation(Arc::new(error)));
            sender.send_replace(Some(key));
        });
        Self(receiver)
    }

    /// One key for all tests: making one takes longer than the rest of a test.
    #[cfg(test)]
    pub(crate) fn shared() -> Self {
        static SHARED: std::sync::LazyLock<KeyStore> = std::sync::LazyLock::new(|| {
            use crate::random::Stream;
            let random = |stream| Random::new(Some(1), stream).unwrap();
            KeyStore::generate(random(Stream::Key), random(Stream::Blinding))
        });
        SHARED.clone()
    }

    /// The key; waits while it is being made.
    pub(crate) async fn key(&self) -> Result<Arc<Key>, KeyError> {
        let mut receiver = self.0.clone();
        let key = receiver
            .wait_for(Option::is_some)
            .await
            .map_err(|_| KeyError::Gone)?;
        key.clone().unwrap_or(Err(KeyError::Gone))
    }
}

impl Key {
    fn new(private: RsaPrivateKey, blinding: Random) -> Self {
        let public = private.to_public_key();
        let thumbprint = Sha256::digest(public.n().to_bytes_be());
        Self {
            kid: URL_SAFE_NO_PAD.encode(thumbprint),
            signing: SigningKey::new(private),
            public,
            blinding: Mutex::new(blinding),
        }
    }

    /// A compact RS256 JWT (RFC 7515) of `claims`.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, KeyError> {
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": self.kid});
        let part = |value: &Value| {
            serde_json::to_vec(value)
                .map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
                .map_err(|error| KeyError::Claims(Arc::new(error)))
        };
        let input = format!("{}.{}", part(&header)?, part(claims)?);
        let mut blinding = self.blinding.lock().unwrap_or_else(PoisonError::into_inner);
        let signature = self
            .signing
            .try_sign_with_rng(blinding.rng(), input.as_bytes())
            .map_err(|error| KeyError::Signing(Arc::new(error)))?;
        Ok(format!(
            "{input}.{}",
            URL_SAFE_NO_PAD.encode(signature.to_vec())
        ))
    }

    /// The public half as a JWK (RFC 7517).
    pub(crate) fn jwk(&self) -> Value {
        let number = |n: &rsa::BigUint| URL_SAFE_NO_PAD.encode(n.to_bytes_be());
        json!({
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.kid,
            "n": number(self.public.n()),
            "e": number(self.public.e()),
        })
    }
}
