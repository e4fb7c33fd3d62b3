//! Brute-force protection: failed logins of an identifier, and when they are too many.
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
/// How long after a notice the same address gets no other: an hour.
const NOTICE_MS: u64 = 3_600_000;

/// Settings, with the Management API's field names.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct BruteForceProtection {
    /// Whether failures are counted. Default on; connections can opt out.
    pub enabled: bool,
    /// Failures after which an identifier is blocked, 1 to 100. Default 10.
    pub max_attempts: u32,
    /// Whether a block meets one caller or the whole account.
    pub mode: BruteForceMode,
    /// Addresses whose failures do not count.
    pub allowlist: Vec<IpAddr>,
    /// What happens at a block. Default both.
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

/// What failures are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BruteForceMode {
    /// Account lock-out: whoever calls.
    CountPerIdentifier,
    /// By identifier and caller's address.
    CountPerIdentifierAndIp,
}

/// What a block does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shield {
    /// Refuses logins.
    Block,
    /// Sends a mail with a link that lifts the block.
    UserNotification,
}

/// Suspicious IP throttling: failed logins of an address, whoever they were for.
///
/// <https://auth0.com/docs/secure/attack-protection/suspicious-ip-throttling>
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct SuspiciousIpThrottling {
    /// Whether failures are counted. Default on.
    pub enabled: bool,
    /// Addresses whose failures do not count. Default this machine's own, which all of a developer's people share.
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

/// Where failures are counted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ThrottlingStages {
    /// Logins.
    #[serde(rename = "pre-login")]
    pub pre_login: Throttle,
}

/// How many failures, and how soon they are forgotten.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Throttle {
    /// Failures after which an address is refused. Default 100.
    pub max_attempts: u32,
    /// Milliseconds after which one of them is forgotten. Default 864,000: 100 a day.
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
    last_ms: u64,
}

type Key = (Addressee, Option<IpAddr>);

/// All failures that still matter.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Attacks {
    failures: Expiring<Key, Failures>,
    /// Addresses that got a notice lately.
    notices: Expiring<IpAddr, ()>,
    /// Tickets of unblock links.
    tickets: Expiring<String, Addressee>,
    /// Failed logins by address, and since when one of them is due to be forgotten.
    addresses: Expiring<IpAddr, Failures>,
}

impl Failures {
    /// What is left of them at `now_ms`, one being forgotten after each step of the throttle.
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

/// What a failure led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing more.
    Counted,
    /// It was one too many; `notify` is whether a mail should tell.
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

    /// Whether an address has failed too often, for whomever.
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

    /// Whether an address has failed lately, for whomever.
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

    /// Counts a failed login of an address.
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

    /// Forgets the failures of `who`: from `ip` after a login, or all.
    pub(crate) fn forgive(&mut self, who: &Addressee, ip: Option<IpAddr>) {
        if ip.is_some() {
            // After a login, which must stay quick: both keys are known.
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

    /// Lifts the block that the link `ticket` is about. False when there is none.
    pub(crate) fn unblock(&mut self, ticket: &str, now_ms: u64) -> bool {
        let who = self.tickets.take(ticket, now_ms);
        if let Some(who) = &who {
            self.forgive(who, None);
        }
        who.is_some()
    }

    /// Lifts all blocks of an address or number, whatever the connection.
    pub(crate) fn unblock_address(&mut self, address: &str) {
        self.failures
            .retain(|(known, _), _| known.address != address);
    }

    /// Who is blocked, for the control API.
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
