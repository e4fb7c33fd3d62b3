//! The Unicode functions that the rules need. A browser has Unicode's tables already, so the wasm carries
//! none.

use core::fmt;

/// Functions over Unicode's tables. Any two values compare equal, because both return the same for every
/// text.
///
/// A program that runs the model itself can set them with the crate `unicode-normalization` and
/// `str::to_lowercase`. The default leaves characters beyond ASCII unchanged.
#[derive(Clone, Copy)]
pub struct Unicode {
    /// Converts a text to the compatibility form NFKC (UAX #15).
    pub nfkc: fn(&str) -> String,
    /// Converts a text to lower case.
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
