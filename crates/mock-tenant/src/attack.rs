//! Brute-force protection: failed logins of an identifier, and when they are too many.
//!
//! <https://auth0.com/docs/secure/attack-protection/brute-force-protection>

use std::collections::HashMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::rfc3339;
use crate::codes::Addressee;

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

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Failures {
    count: u32,
    last_ms: u64,
}

type Key = (Addressee, Option<IpAddr>);

/// All failures that still matter.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Attacks {
    #[serde(with = "crate::snapshot::pairs")]
    failures: HashMap<Key, Failures>,
    #[serde(with = "crate::snapshot::pairs")]
    notices: HashMap<IpAddr, u64>,
    /// Tickets of unblock links.
    tickets: HashMap<String, Addressee>,
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
        let failures = self.failures.get(&key(settings, who, ip));
        applies(settings, ip)
            && settings.shields.contains(&Shield::Block)
            && failures.is_some_and(|f| f.count >= settings.max_attempts && lasts(*f, now_ms))
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
        self.failures.retain(|_, failures| lasts(*failures, now_ms));
        let failures = self
            .failures
            .entry(key(settings, who, ip))
            .or_insert(Failures {
                count: 0,
                last_ms: now_ms,
            });
        failures.count = failures.count.saturating_add(1);
        failures.last_ms = now_ms;
        if failures.count != settings.max_attempts {
            return Outcome::Counted;
        }
        let last = self.notices.get(&ip).copied();
        let is_due = last.is_none_or(|at| now_ms.saturating_sub(at) >= NOTICE_MS);
        let notify = is_due && settings.shields.contains(&Shield::UserNotification);
        if notify {
            self.notices.insert(ip, now_ms);
        }
        Outcome::Blocked { notify }
    }

    /// Forgets the failures of `who`: from `ip` after a login, or all.
    pub(crate) fn forgive(&mut self, who: &Addressee, ip: Option<IpAddr>) {
        self.failures.retain(|(known, from), _| {
            known != who || (ip.is_some() && from.is_some() && *from != ip)
        });
    }

    /// Keeps the ticket of an unblock link.
    pub(crate) fn add_ticket(&mut self, ticket: String, who: Addressee) {
        self.tickets.insert(ticket, who);
    }

    /// Lifts the block that the link `ticket` is about. False when there is none.
    pub(crate) fn unblock(&mut self, ticket: &str) -> bool {
        let who = self.tickets.remove(ticket);
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
            .iter()
            .filter(|(_, f)| f.count >= settings.max_attempts && lasts(**f, now_ms))
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

fn lasts(failures: Failures, now_ms: u64) -> bool {
    now_ms < failures.last_ms.saturating_add(BLOCK_MS)
}

fn key(settings: &BruteForceProtection, who: &Addressee, ip: IpAddr) -> Key {
    let by_ip = settings.mode == BruteForceMode::CountPerIdentifierAndIp;
    (who.clone(), by_ip.then_some(ip))
}
