//! The dialog's clock. It is set by [`Msg::Tick`](crate::model::Msg::Tick) alone, and never goes back.

/// The time of the last tick. If the browser's clock is set back, time goes on from where it was: an
/// expired code must not work again, and a countdown must not stand still.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds since 1970.
    pub now_ms: u64,
    /// How far the browser's clock was set back since the dialog was made, in milliseconds.
    pub lag_ms: u64,
}

impl Clock {
    /// The browser's clock says `browser_ms`.
    pub(in crate::model) fn tick(&mut self, browser_ms: u64) {
        self.lag_ms = self.lag_ms.max(self.now_ms.saturating_sub(browser_ms));
        self.now_ms = browser_ms.saturating_add(self.lag_ms);
    }

    /// Milliseconds until `time_ms`. 0: that time has come.
    #[must_use]
    pub fn until_ms(self, time_ms: u64) -> u64 {
        time_ms.saturating_sub(self.now_ms)
    }

    /// A time of this clock as the browser's clock has it.
    #[must_use]
    pub fn to_browser_ms(self, time_ms: u64) -> u64 {
        time_ms.saturating_sub(self.lag_ms)
    }
}
