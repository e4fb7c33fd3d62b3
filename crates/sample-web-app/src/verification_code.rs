//! A verification code that a person typed.

use std::fmt;

/// The longest code that is accepted, in digits. A connection's setting says how long its codes are. Default: six.
const MAX_DIGITS: usize = 40;

/// A verification code without blanks and dashes. `Debug` does not show it, so it is in no log and no error.
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationCode(String);

/// The reason why a typed text is not a code. The tenant counts wrong codes, so such a text is not sent to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCode {
    /// The text has only blanks and dashes.
    #[error("the form holds no verification code")]
    Empty,
    /// The text has other characters than digits, or too many digits.
    #[error("what was typed is no verification code")]
    Malformed,
}

impl VerificationCode {
    /// Reads a code. People write `123 456` and `123-456`, so blanks and dashes are removed.
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

    /// The text of the code.
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
