//! Time as a parameter: the machine's clock, a manual clock for tests, and the tenant's clock, which the control API can move.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A source of time.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Milliseconds since the UNIX epoch.
    fn now_ms(&self) -> u64;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn now_ms(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        u64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(u64::MAX)
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<AtomicU64>);

impl ManualClock {
    /// Starts at `now_ms` milliseconds since the UNIX epoch.
    #[must_use]
    pub fn new(now_ms: u64) -> Self {
        Self(Arc::new(AtomicU64::new(now_ms)))
    }

    /// Moves on by `ms` milliseconds.
    pub fn advance_ms(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The tenant's clock: a base clock that the control API can move or stop.
#[derive(Debug)]
pub(crate) struct TenantClock {
    base: Box<dyn Clock>,
    shift: Mutex<Shift>,
}

/// How the tenant's clock differs from its base.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Shift {
    offset_ms: i64,
    frozen_at: Option<u64>,
}

/// The response of `GET /_mock/clock`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) now_ms: u64,
    /// The difference to the base clock. It is negative if the clock was moved back.
    pub(crate) offset_ms: i64,
    pub(crate) frozen: bool,
}

impl TenantClock {
    pub(crate) fn new(base: Box<dyn Clock>) -> Self {
        Self {
            base,
            shift: Mutex::default(),
        }
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.reading().now_ms
    }

    /// The time of the base clock, which the control API cannot move.
    pub(crate) fn machine_ms(&self) -> u64 {
        self.base.now_ms()
    }

    pub(crate) fn reading(&self) -> Reading {
        let shift = *self.shift.lock().unwrap_or_else(PoisonError::into_inner);
        Reading {
            now_ms: shift
                .frozen_at
                .unwrap_or_else(|| self.base.now_ms())
                .saturating_add_signed(shift.offset_ms),
            offset_ms: shift.offset_ms,
            frozen: shift.frozen_at.is_some(),
        }
    }

    /// Moves the clock by `ms`, back if that is negative. A frozen clock also moves, and stays frozen.
    pub(crate) fn advance_ms(&self, ms: i64) {
        let mut shift = self.shift.lock().unwrap_or_else(PoisonError::into_inner);
        shift.offset_ms = shift.offset_ms.saturating_add(ms);
    }

    /// Stops the clock, or lets it run again, from the machine's time plus the sum of all moves.
    pub(crate) fn freeze(&self, freeze: bool) {
        let mut shift = self.shift.lock().unwrap_or_else(PoisonError::into_inner);
        shift.frozen_at = match (freeze, shift.frozen_at) {
            (true, None) => Some(self.base.now_ms()),
            (true, already) => already,
            (false, _) => None,
        };
    }

    pub(crate) fn shift(&self) -> Shift {
        *self.shift.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Restores the difference `shift`.
    pub(crate) fn set_shift(&self, shift: Shift) {
        *self.shift.lock().unwrap_or_else(PoisonError::into_inner) = shift;
    }

    /// Sets the clock to the base clock.
    pub(crate) fn reset(&self) {
        *self.shift.lock().unwrap_or_else(PoisonError::into_inner) = Shift::default();
    }
}

/// `ms` since the epoch in RFC 3339, in UTC with milliseconds, as in Auth0's records. A later time than the year 9999 becomes the
/// end of that year.
pub(crate) fn rfc3339(ms: u64) -> String {
    const LAST_MS: i128 = 253_402_300_799_999;
    let ns = i128::from(ms).min(LAST_MS) * 1_000_000;
    let at = OffsetDateTime::from_unix_timestamp_nanos(ns).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

/// The milliseconds since the epoch of a text that [`rfc3339`] wrote; 0 for other texts.
pub(crate) fn parse_rfc3339(text: &str) -> u64 {
    let parsed = OffsetDateTime::parse(text, &Rfc3339);
    let ms = parsed.map_or(0, |at| at.unix_timestamp_nanos() / 1_000_000);
    u64::try_from(ms).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "1970-01-01T00:00:00.000Z")]
    #[case(951_782_400_000, "2000-02-29T00:00:00.000Z")]
    #[case(1_707_478_562_123, "2024-02-09T11:36:02.123Z")]
    #[case(1_798_761_599_999, "2026-12-31T23:59:59.999Z")]
    fn formats_instants(#[case] ms: u64, #[case] expected: &str) {
        assert_eq!(rfc3339(ms), expected);
        assert_eq!(parse_rfc3339(expected), ms);
    }

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let base = ManualClock::new(1_000);
        let clock = TenantClock::new(Box::new(base.clone()));
        clock.freeze(true);
        base.advance_ms(500);
        assert_eq!(clock.now_ms(), 1_000);
        clock.advance_ms(181_000);
        assert_eq!(clock.now_ms(), 182_000);
        clock.freeze(false);
        assert_eq!(clock.now_ms(), 182_500);
        clock.reset();
        assert_eq!(clock.now_ms(), 1_500);
    }
}
