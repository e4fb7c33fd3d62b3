//! The time, as a parameter.

use std::time::SystemTime;

use chrono::{DateTime, Utc};

/// Tells the time. Everything that depends on the time takes a clock, so that tests can stop or change the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's own clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one adapter between the machine's clock and the app"
    )]
    fn now(&self) -> DateTime<Utc> {
        SystemTime::now().into()
    }
}
