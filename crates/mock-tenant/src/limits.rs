//! Rate limits: token buckets that are refilled at fixed intervals of the tenant's clock.
//!
//! <https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy>

use std::net::IpAddr;

use crate::codes::Addressee;
use crate::expiring::Expiring;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};

const SECOND_MS: u64 = 1_000;
const MINUTE_MS: u64 = 60 * SECOND_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// The text of the error.
pub(crate) const TOO_MANY_REQUESTS: &str = "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.";

/// The calls that are counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Bucket {
    /// `/co/authenticate`, of all callers together.
    CoAuthenticate,
    /// `/passwordless/start` without the client's secret, from an IP address.
    Start(IpAddr),
    /// Messages that the hosted login page sends, for an IP address.
    HostedChallenge(IpAddr),
    /// `/.well-known/jwks.json`, of all callers together.
    Jwks,
    /// Successful and failed logins of one person from one IP address.
    Logins(Addressee, IpAddr),
    /// The whole authentication API, of all callers together.
    Tenant,
    /// `/oauth/token`, of all callers together.
    Token,
    /// `/userinfo`, about a person.
    Userinfo(String),
}

/// The size of a bucket, and the calls that are added after each interval.
#[derive(Debug, Clone, Copy)]
struct Rate {
    burst: u32,
    refill: u32,
    window_ms: u64,
}

impl Bucket {
    /// The rate for the setting `limit`, which is in calls an hour, a minute or a second, depending on the bucket.
    fn rate(&self, limit: u32) -> Rate {
        let (burst, window_ms) = match self {
            Self::CoAuthenticate | Self::Jwks | Self::Token => (limit, SECOND_MS),
            Self::HostedChallenge(_) | Self::Tenant => (limit, MINUTE_MS),
            Self::Start(_) => (limit, HOUR_MS),
            Self::Logins(..) | Self::Userinfo(_) => (limit.saturating_mul(2), MINUTE_MS),
        };
        Rate {
            burst,
            refill: limit,
            window_ms,
        }
    }
}

/// How full a bucket is: the calls that were taken and are not added again, and the beginning of the current interval.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Window {
    opened_ms: u64,
    used: u32,
}

impl Window {
    /// The state of the bucket at `now_ms`, after the refills.
    fn at(self, rate: Rate, now_ms: u64) -> Self {
        let fresh = Self {
            opened_ms: now_ms,
            used: 0,
        };
        // If the clock was moved back, the bucket counts as full, so that no caller waits longer.
        let Some(age_ms) = now_ms.checked_sub(self.opened_ms) else {
            return fresh;
        };
        let windows = age_ms / rate.window_ms;
        let refilled = u64::from(rate.refill).saturating_mul(windows);
        match u64::from(self.used).checked_sub(refilled) {
            Some(used) if used > 0 => Self {
                opened_ms: self.opened_ms + windows * rate.window_ms,
                used: u32::try_from(used).unwrap_or(u32::MAX),
            },
            _ => fresh,
        }
    }
}

/// The buckets of all callers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Limits(Expiring<Bucket, Window>);

/// The calls that a caller has left, for the headers `x-ratelimit-*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    limit: u32,
    remaining: u32,
    /// The time of the next refill in UNIX seconds.
    reset_s: u64,
    /// The seconds until the next refill, if no call is left.
    retry_after_s: Option<u64>,
}

impl Limits {
    /// Counts a call. Returns `None` if `limit` is 0, which means no limit.
    pub(crate) fn take(&mut self, bucket: Bucket, limit: u32, now_ms: u64) -> Option<Allowance> {
        if limit == 0 {
            return None;
        }
        let rate = bucket.rate(limit);
        let opening = Window {
            opened_ms: now_ms,
            used: 0,
        };
        let known = self.0.get(&bucket, now_ms).copied();
        let mut window = known.unwrap_or(opening).at(rate, now_ms);
        let closes_ms = window.opened_ms.saturating_add(rate.window_ms);
        let refused = window.used >= rate.burst;
        if !refused {
            window.used += 1;
        }
        // An hour is the longest interval. Older buckets are full again and can be deleted.
        let over_ms = window.opened_ms.saturating_add(HOUR_MS);
        self.0.insert(bucket, window, over_ms, now_ms);
        let wait_ms = closes_ms.saturating_sub(now_ms);
        Some(Allowance {
            limit: rate.burst,
            remaining: rate.burst.saturating_sub(window.used),
            reset_s: closes_ms.div_ceil(SECOND_MS),
            retry_after_s: refused.then(|| wait_ms.div_ceil(SECOND_MS)),
        })
    }
}

impl Allowance {
    /// Whether the call is refused with 429.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.retry_after_s.is_some()
    }

    /// Sets the headers, which Auth0 sends with successes and errors.
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

    fn start() -> Bucket {
        Bucket::Start(IpAddr::from([127, 0, 0, 1]))
    }

    #[test]
    fn a_window_of_an_hour_opens_with_the_first_call() {
        let mut limits = Limits::default();
        assert_eq!(limits.take(start(), 1, 1_000).unwrap().remaining, 0);
        let refused = limits.take(start(), 1, 601_000).unwrap();
        assert_eq!(
            (refused.retry_after_s, refused.reset_s),
            (Some(3_000), 3_601)
        );
        assert!(!limits.take(start(), 1, 3_601_000).unwrap().is_exceeded());
        assert!(limits.take(start(), 0, 0).is_none());
    }

    #[test]
    fn a_clock_that_is_put_back_lengthens_no_wait() {
        let mut limits = Limits::default();
        limits.take(start(), 1, 10_000_000);
        assert!(!limits.take(start(), 1, 5_000).unwrap().is_exceeded());
        let refused = limits.take(start(), 1, 5_000).unwrap();
        assert_eq!(refused.retry_after_s, Some(3_600));
    }

    #[test]
    fn userinfo_holds_ten_and_gets_five_back_a_minute() {
        let mut limits = Limits::default();
        let bucket = || Bucket::Userinfo("email|1".to_owned());
        let served = |limits: &mut Limits, now_ms| {
            let calls = (0..20).filter_map(|_| limits.take(bucket(), 5, now_ms));
            calls.filter(|allowance| !allowance.is_exceeded()).count()
        };
        assert_eq!(served(&mut limits, 0), 10);
        assert_eq!(served(&mut limits, 59_999), 0);
        assert_eq!(served(&mut limits, 60_000), 5);
        assert_eq!(served(&mut limits, 360_000), 10);
    }
}
