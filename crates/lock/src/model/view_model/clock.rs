//! Spans of time as text.

use latchkey_webauth::text::digits;

use crate::i18n::{Dictionary, Unit};

/// Milliseconds as `m:ss` for a countdown. Rounds up, so that it does not show 0:00 too early.
#[must_use]
pub fn countdown(left_ms: u64) -> String {
    let seconds = left_ms.div_ceil(1000);
    let remaining = seconds % 60;
    let zero = if remaining < 10 { "0" } else { "" };
    [&*digits(seconds / 60), ":", zero, &digits(remaining)].concat()
}

/// Seconds to wait as text: "45 seconds", "1 minute", "3 hours". Rounds up to the unit shown.
#[must_use]
pub fn wait_text(seconds: u64, dictionary: &Dictionary) -> String {
    let (count, unit) = if seconds <= 90 {
        (seconds.max(1), Unit::Second)
    } else if seconds <= 90 * 60 {
        (seconds.div_ceil(60), Unit::Minute)
    } else {
        (seconds.div_ceil(3600), Unit::Hour)
    };
    (dictionary.formats().duration)(dictionary.language(), count, unit)
}
