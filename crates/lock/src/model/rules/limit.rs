//! The tenant's rate limits: their notes, and their ends. The dialog's own cool-down between two
//! codes or links is in [`Shared::resend_wait_ms`].

use crate::model::failure::Failure;
use crate::model::state::note::Note;
use crate::model::state::shared::Shared;

/// The note for a rate limit that ends at `until_ms`.
pub(in crate::model) fn limit_note(shared: &Shared, until_ms: u64) -> Note {
    let seconds = shared.clock.until_ms(until_ms).div_ceil(1000);
    Note::RateLimited { until_ms, seconds }
}

/// The end of the rate limit of `failure`: after the tenant's `Retry-After`, or else after the option `resendCoolDown`.
pub(in crate::model) fn limit_end_ms(shared: &Shared, failure: &Failure) -> u64 {
    let wait_ms = match failure.retry_after_s {
        Some(seconds) => u64::from(seconds) * 1000,
        None => shared.settings.cool_down_ms,
    };
    shared.clock.now_ms.saturating_add(wait_ms)
}

/// Removes the note of a rate limit that has ended.
pub(in crate::model) fn still_limited(note: Option<Note>, shared: &Shared) -> Option<Note> {
    note.filter(|note| match note {
        Note::RateLimited { until_ms, .. } => *until_ms > shared.clock.now_ms,
        _ => true,
    })
}
