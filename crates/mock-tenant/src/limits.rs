//! Rate limits: so many calls in a window that opens with the first one.

use std::collections::HashMap;
use std::net::IpAddr;

use axum::http::HeaderMap;

/// One hour in milliseconds.
const HOUR_MS: u64 = 3_600_000;

#[derive(Debug, Clone, Copy)]
struct Window {
    opened_ms: u64,
    used: u32,
}

/// Who has called how often.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    starts: HashMap<IpAddr, Window>,
}

/// What a caller has left; becomes the `x-ratelimit-*` headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    limit: u32,
    remaining: u32,
    /// UNIX seconds at which the window closes.
    reset_s: u64,
    /// Seconds until then, when nothing is left.
    retry_after_s: Option<u64>,
}

impl Limits {
    /// Counts a `/passwordless/start` of `ip`. None when `per_hour` is 0: no limit.
    pub(crate) fn start(&mut self, ip: IpAddr, per_hour: u32, now_ms: u64) -> Option<Allowance> {
        if per_hour == 0 {
            return None;
        }
        self.starts
            .retain(|_, window| now_ms < window.opened_ms.saturating_add(HOUR_MS));
        let window = self.starts.entry(ip).or_insert(Window {
            opened_ms: now_ms,
            used: 0,
        });
        let closes_ms = window.opened_ms.saturating_add(HOUR_MS);
        let refused = window.used >= per_hour;
        if !refused {
            window.used += 1;
        }
        Some(Allowance {
            limit: per_hour,
            remaining: per_hour.saturating_sub(window.used),
            reset_s: closes_ms.div_ceil(1_000),
            retry_after_s: refused.then(|| (closes_ms - now_ms).div_ceil(1_000)),
        })
    }
}

impl Allowance {
    /// Whether the call must be refused with 429.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.retry_after_s.is_some()
    }

    /// Writes the headers that Auth0 sends on success and failure alike.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.insert("x-ratelimit-limit", self.limit.into());
        headers.insert("x-ratelimit-remaining", self.remaining.into());
        headers.insert("x-ratelimit-reset", self.reset_s.into());
        if let Some(seconds) = self.retry_after_s {
            headers.insert("retry-after", seconds.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_of_an_hour_opens_with_the_first_call() {
        let ip = IpAddr::from([127, 0, 0, 1]);
        let mut limits = Limits::default();
        assert_eq!(limits.start(ip, 1, 1_000).unwrap().remaining, 0);
        let refused = limits.start(ip, 1, 601_000).unwrap();
        assert_eq!(
            (refused.retry_after_s, refused.reset_s),
            (Some(3_000), 3_601)
        );
        assert!(!limits.start(ip, 1, 3_601_000).unwrap().is_exceeded());
        assert!(limits.start(ip, 0, 0).is_none());
    }
}
