//! Limits the messages that this app sends.
//!
//! The tenant allows each IP address 50 messages an hour, but does not count calls with the client's secret. So the app
//! needs limits of its own: one for each IP address, and one for each recipient.

use std::{
    fmt,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock, middleware::NoOpMiddleware, state::keyed::HashMapStateStore,
};

use crate::{clock::Clock, email_address::EmailAddress};

/// Messages an hour for one IP address. The tenant gives each browser the same.
pub const BY_IP: NonZeroU32 = number(50);

/// Messages an hour to one recipient.
pub const BY_RECIPIENT: NonZeroU32 = number(5);

/// How many IP addresses, and how many recipients, are remembered. If there are more, nothing is sent to a new one until others
/// are forgotten.
const ROOM: usize = 50_000;

/// Too many messages were requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this app sends no more messages for now")]
pub struct TooMany {
    /// Seconds until the next message is allowed.
    pub retry_after: u64,
}

/// Counts messages.
pub struct Limits {
    by_ip: Limiter<IpAddr>,
    by_recipient: Limiter<String>,
    clock: AppClock,
}

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, AppClock, NoOpMiddleware<Duration>>;

impl Limits {
    /// Limits for an app that has not sent a message yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = AppClock(clock);
        Self {
            by_ip: limiter(BY_IP, &clock),
            by_recipient: limiter(BY_RECIPIENT, &clock),
            clock,
        }
    }

    /// Counts a message, unless a limit is reached. All connections with an unknown address count as one address.
    pub fn count(&self, ip: Option<IpAddr>, recipient: &EmailAddress) -> Result<(), TooMany> {
        let from = network(ip.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)));
        self.take(&self.by_ip, &from)?;
        self.take(&self.by_recipient, &recipient.as_str().to_lowercase())
    }

    fn take<K: Clone + Eq + Hash>(&self, limiter: &Limiter<K>, key: &K) -> Result<(), TooMany> {
        if limiter.len() >= ROOM {
            limiter.retain_recent();
        }
        if limiter.len() >= ROOM {
            return Err(TooMany { retry_after: 60 });
        }
        limiter.check_key(key).map_err(|not_until| TooMany {
            retry_after: not_until
                .wait_time_from(clock::Clock::now(&self.clock))
                .as_secs(),
        })
    }
}

/// A limiter that allows a whole hour's messages at once, and after that one at a time.
fn limiter<K: Clone + Eq + Hash>(per_hour: NonZeroU32, clock: &AppClock) -> Limiter<K> {
    RateLimiter::hashmap_with_clock(Quota::per_hour(per_hour), clock.clone())
}

const fn number(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

/// The address under which messages are counted. One person may have all addresses of a 64-bit IPv6 network, so these
/// count as one.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).into(),
    }
}

/// The app's clock in the form that the limiter needs: the time since 1970.
#[derive(Clone)]
struct AppClock(Arc<dyn Clock>);

impl clock::Clock for AppClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let since = self.0.now().timestamp_millis();
        Duration::from_millis(u64::try_from(since).unwrap_or_default())
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits").finish_non_exhaustive()
    }
}
