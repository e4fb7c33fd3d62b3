//! Time as a parameter: the machine's clock, a manual one for tests, and the tenant's own, which a control call can move
//! on and back.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Where time comes from.
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

/// What `GET /_mock/clock` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) now_ms: u64,
    /// How far from the base clock; negative when it was put back.
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

    /// Moves the clock by `ms`, back when negative; a frozen clock moves too, and stays frozen.
    pub(crate) fn advance_ms(&self, ms: i64) {
        let mut shift = self.shift.lock().unwrap_or_else(PoisonError::into_inner);
        shift.offset_ms = shift.offset_ms.saturating_add(ms);
    }

    /// Stops the clock, or lets it run on from the real time plus what it was advanced by.
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

    /// As it was when `shift` was taken.
    pub(crate) fn set_shift(&self, shift: Shift) {
        *self.shift.lock().unwrap_or_else(PoisonError::into_inner) = shift;
    }

    /// Back to the base clock.
    pub(crate) fn reset(&self) {
        *self.shift.lock().unwrap_or_else(PoisonError::into_inner) = Shift::default();
    }
}

/// `ms` since the epoch as RFC 3339 in UTC with milliseconds, the form Auth0's records use.
pub(crate) fn rfc3339(ms: u64) -> String {
    let (days, rest) = (ms / 86_400_000, ms % 86_400_000);
    // Civil date from a day count: the year begins in March, so that a leap day comes last.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, milli) = (rest / 1_000 % 60, rest % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
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
