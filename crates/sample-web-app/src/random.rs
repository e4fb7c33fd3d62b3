//! The source of randomness, as a parameter.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// A source of unpredictable bytes. They must be good enough for secrets.
pub trait Random: Send + Sync {
    /// Fills `bytes`. Fails if the operating system gives no random bytes.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;

    /// A new secret of 32 random bytes (256 bits) in base64url, which is 43 characters long. It can be a `state`, a
    /// `nonce`, a code verifier (RFC 7636 section 4.1), a session id or a CSRF token.
    fn token(&self) -> Result<String, NoRandomness> {
        let mut bytes = [0; 32];
        self.fill(&mut bytes)?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness;

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}
