//! Randomness, as a parameter.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// Gives unpredictable bytes. Must be fit for secrets.
pub trait Random: Send + Sync {
    /// Fills `bytes`, or tells that the machine has no randomness to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;

    /// A new secret of 32 random bytes (256 bits) in base64url, 43 characters long: fit for `state`, `nonce`,
    /// a code verifier (RFC 7636 section 4.1), a session id or a CSRF token.
    fn token(&self) -> Result<String, NoRandomness> {
        let mut bytes = [0; 32];
        self.fill(&mut bytes)?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// The operating system has no random bytes to give.
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
