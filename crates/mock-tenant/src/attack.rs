//! Attack protection: counts failed logins of an identifier (brute-force protection) and of an IP address (suspicious IP
//! throttling), and blocks logins after too many.
//!
//! <https://auth0.com/docs/secure/attack-protection/brute-force-protection>

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::rfc3339;
use crate::codes::Addressee;
use crate::expiring::Expiring;

/// How long a block lasts after the last failure: 30 days.
const BLOCK_MS: u64 = 30 * 86_400_000;
/// The time after a notice in which no other one is sent about the same IP address: an hour.
const NOTICE_MS: u64 = 3_600_000;

/// Settings, with the Management API's field names.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct BruteForceProtection {
    /// Whether failures are counted. Default on; connections can opt out.
    pub enabled: bool,
    /// Failures after which an identifier is blocked, 1 to 100. Default 10.
    pub max_attempts: u32,
    /// Whether a block concerns one IP address or the whole account.
    pub mode: BruteForceMode,
    /// IP addresses whose failures do not count.
    pub allowlist: Vec<IpAddr>,
    /// The effects of a block. Default: both.
    pub shields: Vec<Shield>,
}

impl Default for BruteForceProtection {
    fn default() -> Self {
        Self {
            enabled: true,
            max_attempts: 10,
            mode: BruteForceMode::CountPerIdentifierAndIp,
            allowlist: Vec::new(),
            shields: vec![Shield::Block, Shield::UserNotification],
        }
    }
}

/// How failures are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BruteForceMode {
    /// By identifier alone, from all IP addresses together.
    CountPerIdentifier,
    /// By identifier and IP address.
    CountPerIdentifierAndIp,
}

/// An effect of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shield {
    /// Refuses logins.
    Block,
    /// Sends a mail with a link that lifts the block.
    UserNotification,
}

/// Suspicious IP throttling: counts the failed logins of an IP address, for all identifiers together.
///
/// <https://auth0.com/docs/secure/attack-protection/suspicious-ip-throttling>
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct SuspiciousIpThrottling {
    /// Whether failures are counted. Default on.
    pub enabled: bool,
    /// IP addresses whose failures do not count. Default: those of this machine, because all test users of a developer share them.
    pub allowlist: Vec<IpAddr>,
    /// The limits.
    pub stage: ThrottlingStages,
}

impl Default for SuspiciousIpThrottling {
    fn default() -> Self {
        Self {
            enabled: true,
            allowlist: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            stage: ThrottlingStages::default(),
        }
    }
}

/// The stages at which failures are counted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ThrottlingStages {
    /// Logins.
    #[serde(rename = "pre-login")]
    pub pre_login: Throttle,
}

/// The limit of failures, and how fast they are forgotten.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Throttle {
    /// Failures after which an IP address is refused. Default 100.
    pub max_attempts: u32,
    /// Milliseconds after which one failure is forgotten. Default 864,000, which is 100 a day.
    pub rate: u64,
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            max_attempts: 100,
            rate: 864_000,
        }
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Failures {
    count: u32,
    /// The time of the last failure. [`Failures::after`] moves it on, by an interval for each failure that is forgotten.
    last_ms: u64,
}

type Key = (Addressee, Option<IpAddr>);

/// All failures that are not forgotten yet.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Attacks {
    failures: Expiring<Key, Failures>,
    /// The IP addresses whose block was announced within the last hour.
    notices: Expiring<IpAddr, ()>,
    /// Tickets of unblock links.
    tickets: Expiring<String, Addressee>,
    /// The failed logins of each IP address. Their `last_ms` is not the last failure's time, but the one
    /// from which [`Failures::after`] counts the intervals.
    addresses: Expiring<IpAddr, Failures>,
}

impl Failures {
    /// The failures that are left at `now_ms`. One is forgotten after each interval of the throttle.
    fn after(self, throttle: &Throttle, now_ms: u64) -> Self {
        let rate = throttle.rate.max(1);
        let forgotten = now_ms.saturating_sub(self.last_ms) / rate;
        let count = u64::from(self.count).saturating_sub(forgotten);
        Self {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            last_ms: self.last_ms.saturating_add(forgotten.saturating_mul(rate)),
        }
    }
}

/// The consequence of a failed login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The failure is counted.
    Counted,
    /// The failure exceeds the limit. `notify` says whether a mail informs the person.
    Blocked { notify: bool },
}

impl Attacks {
    /// Whether logins of `who` from `ip` are refused.
    pub(crate) fn is_blocked(
        &self,
        settings: &BruteForceProtection,
        who: &Addressee,
        ip: IpAddr,
        now_ms: u64,
    ) -> bool {
        let failures = self.failures.get(&key(settings, who, ip), now_ms);
        applies(settings, ip)
            && settings.shields.contains(&Shield::Block)
            && failures.is_some_and(|failures| failures.count >= settings.max_attempts)
    }

    /// Whether an IP address has failed too often, with all identifiers together.
    pub(crate) fn is_suspicious(
        &self,
        settings: &SuspiciousIpThrottling,
        ip: IpAddr,
        now_ms: u64,
    ) -> bool {
        let throttle = &settings.stage.pre_login;
        let failures = self.addresses.get(&ip, now_ms);
        let failures = failures.map(|failures| failures.after(throttle, now_ms));
        settings.enabled
            && !settings.allowlist.contains(&ip)
            && failures.is_some_and(|failures| failures.count >= throttle.max_attempts)
    }

    /// Whether an IP address has a failure that is not forgotten yet, with whichever identifier.
    pub(crate) fn has_failed(
        &self,
        settings: &SuspiciousIpThrottling,
        ip: IpAddr,
        now_ms: u64,
    ) -> bool {
        let throttle = &settings.stage.pre_login;
        let failures = self.addresses.get(&ip, now_ms);
        failures.is_some_and(|failures| failures.after(throttle, now_ms).count > 0)
    }

    /// Counts a failed login of an IP address.
    pub(crate) fn suspect(&mut self, settings: &SuspiciousIpThrottling, ip: IpAddr, now_ms: u64) {
        let throttle = &settings.stage.pre_login;
        let none = Failures {
            count: 0,
            last_ms: now_ms,
        };
        let known = self.addresses.get(&ip, now_ms).copied();
        let mut failures = known.unwrap_or(none).after(throttle, now_ms);
        failures.count = failures.count.saturating_add(1);
        let life_ms = u64::from(failures.count).saturating_mul(throttle.rate.max(1));
        let over_ms = failures.last_ms.saturating_add(life_ms);
        self.addresses.insert(ip, failures, over_ms, now_ms);
    }

    /// Counts a failed login.
    pub(crate) fn fail(
        &mut self,
        settings: &BruteForceProtection,
        who: &Addressee,
        ip: IpAddr,
        now_ms: u64,
    ) -> Outcome {
        if !applies(settings, ip) {
            return Outcome::Counted;
        }
        let key = key(settings, who, ip);
        let before = self.failures.get(&key, now_ms).map_or(0, |f| f.count);
        let failures = Failures {
            count: before.saturating_add(1),
            last_ms: now_ms,
        };
        let over_ms = now_ms.saturating_add(BLOCK_MS);
        self.failures.insert(key, failures, over_ms, now_ms);
        if failures.count != settings.max_attempts {
            return Outcome::Counted;
        }
        let is_due = self.notices.get(&ip, now_ms).is_none();
        let notify = is_due && settings.shields.contains(&Shield::UserNotification);
        if notify {
            let over_ms = now_ms.saturating_add(NOTICE_MS);
            self.notices.insert(ip, (), over_ms, now_ms);
        }
        Outcome::Blocked { notify }
    }

    /// Forgets the failures of `who`: those from `ip`, or all without an `ip`.
    pub(crate) fn forgive(&mut self, who: &Addressee, ip: Option<IpAddr>) {
        if ip.is_some() {
            // This runs after every login, so it removes the two possible keys instead of searching all entries.
            for from in [None, ip] {
                self.failures.take(&(who.clone(), from), 0);
            }
        } else {
            self.failures.retain(|(known, _), _| known != who);
        }
    }

    /// Keeps the ticket of an unblock link.
    pub(crate) fn add_ticket(&mut self, ticket: String, who: Addressee, now_ms: u64) {
        let over_ms = now_ms.saturating_add(BLOCK_MS);
        self.tickets.insert(ticket, who, over_ms, now_ms);
    }

    /// Lifts the block to which the link's `ticket` belongs. Returns false if there is none.
    pub(crate) fn unblock(&mut self, ticket: &str, now_ms: u64) -> bool {
        let who = self.tickets.take(ticket, now_ms);
        if let Some(who) = &who {
            self.forgive(who, None);
        }
        who.is_some()
    }

    /// Lifts all blocks of an address or number, in every connection.
    pub(crate) fn unblock_address(&mut self, address: &str) {
        self.failures
            .retain(|(known, _), _| known.address != address);
    }

    /// The blocked identifiers, for the control API.
    pub(crate) fn blocked(&self, settings: &BruteForceProtection, now_ms: u64) -> Vec<Value> {
        let mut blocked: Vec<_> = self
            .failures
            .iter(now_ms)
            .filter(|(_, failures)| failures.count >= settings.max_attempts)
            .map(|((who, ip), failures)| {
                json!({"identifier": who.address, "connection": who.connection, "ip": ip, "failures": failures.count,
                    "last_failure": rfc3339(failures.last_ms)})
            })
            .collect();
        blocked.sort_by_key(ToString::to_string);
        blocked
    }
}

fn applies(settings: &BruteForceProtection, ip: IpAddr) -> bool {
    settings.enabled && !settings.allowlist.contains(&ip)
}

fn key(settings: &BruteForceProtection, who: &Addressee, ip: IpAddr) -> Key {
    let by_ip = settings.mode == BruteForceMode::CountPerIdentifierAndIp;
    (who.clone(), by_ip.then_some(ip))
}
