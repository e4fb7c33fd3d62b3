//! What the rules need of Unicode's tables. A browser has them already, so the dialog's module carries none.

use core::fmt;

/// Functions over Unicode's tables. Two of them are always equal: they say the same of every text.
///
/// A program of its own around the model gives them where it can, with the crate `unicode-normalization` and
/// `str::to_lowercase`. The default leaves characters beyond ASCII as they are.
#[derive(Clone, Copy)]
pub struct Unicode {
    /// A text in the compatibility form NFKC (UAX #15).
    pub nfkc: fn(&str) -> String,
    /// A text in lower case.
    pub lower_case: fn(&str) -> String,
}

impl Default for Unicode {
    fn default() -> Self {
        Self {
            nfkc: str::to_owned,
            lower_case: str::to_ascii_lowercase,
        }
    }
}

impl PartialEq for Unicode {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Unicode {}

impl fmt::Debug for Unicode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Unicode")
    }
}
