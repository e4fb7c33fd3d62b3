//! The dialog's clock. Only [`Msg::Tick`](crate::model::Msg::Tick) sets it, and it never goes back.

/// The time of the last tick. If the browser's clock is set back, this clock continues from its last time,
/// because an expired code must not work again and a countdown must not stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds since 1970.
    pub now_ms: u64,
    /// The milliseconds by which the browser's clock was set back since the dialog was made.
    pub lag_ms: u64,
}

impl Clock {
    /// Sets the clock to `browser_ms`, the browser's time.
    pub(in crate::model) fn tick(&mut self, browser_ms: u64) {
        self.lag_ms = self.lag_ms.max(self.now_ms.saturating_sub(browser_ms));
        self.now_ms = browser_ms.saturating_add(self.lag_ms);
    }

    /// Milliseconds until `time_ms`. 0 if that time has passed.
    #[must_use]
    pub fn until_ms(self, time_ms: u64) -> u64 {
        time_ms.saturating_sub(self.now_ms)
    }

    /// Converts a time of this clock to the browser's clock.
    #[must_use]
    pub fn to_browser_ms(self, time_ms: u64) -> u64 {
        time_ms.saturating_sub(self.lag_ms)
    }
}
