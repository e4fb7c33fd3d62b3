//! A type for values that must not be printed: codes, tickets, tokens, verifiers and client secrets.

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// A string whose `Debug` is redacted. It is serialized as the plain string, so the caller decides where it goes.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps `value`.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The plain value.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Compares in constant time for values of equal length.
    #[must_use]
    pub fn matches(&self, other: &str) -> bool {
        self.0.as_bytes().ct_eq(other.as_bytes()).into()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_value() {
        assert_eq!(format!("{:?}", Secret::new("123456")), "[redacted]");
    }

    /// Measures the time. A comparison that stops at the first difference would be thousands of times faster for a guess that differs
    /// at its beginning than for one that differs at its end.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "measures real time")]
    fn a_guess_takes_as_long_wherever_it_is_wrong() {
        let secret = Secret::new("a".repeat(1 << 16));
        let wrong_at_the_start = ["b", &"a".repeat((1 << 16) - 1)].concat();
        let wrong_at_the_end = ["a".repeat((1 << 16) - 1).as_str(), "b"].concat();
        let shortest = |guess: &str| {
            let time = |_| {
                let began = std::time::Instant::now();
                assert!(!std::hint::black_box(&secret).matches(std::hint::black_box(guess)));
                began.elapsed()
            };
            (0..25).map(time).min().unwrap_or_default()
        };
        let (start, end) = (shortest(&wrong_at_the_start), shortest(&wrong_at_the_end));
        assert!(start * 4 > end, "{start:?} and {end:?}");
    }
}
