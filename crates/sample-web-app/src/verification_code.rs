//! A verification code that a person typed.

use std::fmt;

/// The longest code taken, in digits. How long a tenant's are is a setting of its connection; six, unless set.
const MAX_DIGITS: usize = 40;

/// A verification code, cleaned. Never shows itself in a log or an error.
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationCode(String);

/// Why something typed is no code. The tenant is not asked about it, for it counts wrong codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCode {
    /// Nothing but blanks and dashes.
    #[error("the form holds no verification code")]
    Empty,
    /// Something else than digits, or far too many of them.
    #[error("what was typed is no verification code")]
    Malformed,
}

impl VerificationCode {
    /// Reads a code. Blanks and dashes are dropped, for people write `123 456` and `123-456`.
    pub fn parse(typed: &str) -> Result<Self, NoCode> {
        let code: String = typed.chars().filter(|c| !is_separator(*c)).collect();
        if code.is_empty() {
            return Err(NoCode::Empty);
        }
        if code.len() > MAX_DIGITS || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoCode::Malformed);
        }
        Ok(Self(code))
    }

    /// The code itself, for the one place that needs it.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("([redacted])")
    }
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}
