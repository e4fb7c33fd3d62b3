//! Spans of time in words.

use latchkey_webauth::text::digits;

use crate::i18n::Dictionary;

/// Milliseconds as the `m:ss` of a countdown, rounded up so that it never shows 0:00 too early.
#[must_use]
pub fn countdown(left_ms: u64) -> String {
    let seconds = left_ms.div_ceil(1000);
    let rest = seconds % 60;
    let zero = if rest < 10 { "0" } else { "" };
    [&*digits(seconds / 60), ":", zero, &digits(rest)].concat()
}

/// Seconds to wait in words: "45 seconds", "1 minute", "3 hours". Rounded up to the unit shown.
#[must_use]
pub fn wait_words(seconds: u64, dictionary: &Dictionary) -> String {
    let (count, unit) = if seconds <= 90 {
        (seconds.max(1), "second")
    } else if seconds <= 90 * 60 {
        (seconds.div_ceil(60), "minute")
    } else {
        (seconds.div_ceil(3600), "hour")
    };
    (dictionary.formats().duration)(dictionary.language(), count, unit)
}
