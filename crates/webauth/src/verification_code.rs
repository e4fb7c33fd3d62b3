//! The verification code that a person types: a secret that no error, log or store shows.

use std::fmt;

use crate::env::Env;
use crate::error::Error;
use crate::text;
use crate::wire::Value;

/// A verification code. `Debug` does not show it, and it is never serialized.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(transparent))]
pub struct VerificationCode(String);

impl VerificationCode {
    /// Takes the code as the person typed it. White space around it is not sent.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The code as text.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl From<&str> for VerificationCode {
    fn from(code: &str) -> Self {
        Self::new(code)
    }
}

impl From<String> for VerificationCode {
    fn from(code: String) -> Self {
        Self(code)
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("VerificationCode([redacted])")
    }
}

/// The code as a trimmed text. A number, which a page may read from a number field, becomes its digits.
pub(crate) fn require_code(env: &impl Env, code: &Value) -> Result<VerificationCode, Error> {
    let code = match code {
        Value::String(code) => text::trim(code).to_owned(),
        Value::Number(_) => env.to_json(code),
        _ => String::new(),
    };
    if code.is_empty() {
        Err(Error::MissingCode)
    } else {
        Ok(VerificationCode(code))
    }
}
