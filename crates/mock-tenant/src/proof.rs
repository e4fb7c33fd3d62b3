//! The one place where codes are tried. Endpoints differ in what they answer, not in what counts as proof.

use serde_json::json;

use crate::address::normalise;
use crate::attack::Outcome;
use crate::codes::{Addressee, Refusal};
use crate::config::{Connection, Strategy};
use crate::limits::Bucket;
use crate::logs::{Event, Type};
use crate::mail;
use crate::request::Requester;
use crate::state::Store;

/// What is said to a person whose logins are blocked.
pub(crate) const TOO_MANY_ATTEMPTS: &str = "Your account has been blocked after multiple consecutive login attempts. We've sent you a notification via your preferred contact method with instructions on how to unblock it.";

/// What is said to an address that has failed too often.
pub(crate) const SUSPICIOUS: &str = "We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.";

/// What is said to a stranger where only known people may log in.
pub(crate) const SIGNUP_DISABLED: &str = "Public signup is disabled";

/// What is said to a person who logs in again and again; no source tells Auth0's words.
pub(crate) const TOO_MANY_LOGINS: &str = "Too many logins of this person. Wait a minute.";

/// Why a code proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproved {
    /// The person may not log in.
    BlockedUser,
    /// The code was refused.
    Refused(Refusal),
    /// A stranger, where only known people may log in.
    SignupDisabled,
    /// Too many failures of this address before this one, for whomever; the code was not even compared.
    Suspicious,
    /// Too many failures before this one; the code was not even compared.
    TooManyAttempts,
    /// Too many logins of this person in a short time, right or wrong; the code was not compared.
    TooManyLogins,
}

/// A code, and who hands it in.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) connection: &'a Connection,
    /// As typed.
    pub(crate) username: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) code: &'a str,
    pub(crate) requester: &'a Requester,
    /// Where an unblock link would point.
    pub(crate) base_url: &'a str,
    pub(crate) now_ms: u64,
}

impl Attempt<'_> {
    /// Whose code it should be.
    pub(crate) fn addressee(&self) -> Addressee {
        Addressee {
            connection: self.connection.name.clone(),
            address: normalise(self.connection.strategy, self.username),
        }
    }

    /// Uses the code up: the id of the person who proved their address, made known if new.
    pub(crate) fn prove(&self, store: &mut Store) -> Result<String, Unproved> {
        self.look(store)?;
        let to = self.addressee();
        store.codes.consume(&to);
        store.attacks.forgive(&to, Some(self.requester.ip));
        let strategy = self.connection.strategy;
        let user = store.users.first_login(&to, strategy, self.now_ms);
        Ok(user.user_id.clone())
    }

    /// Tries the code without using it up; wrong ones count all the same.
    pub(crate) fn look(&self, store: &mut Store) -> Result<(), Unproved> {
        let to = self.addressee();
        let settings = &store.config.tenant.attack_protection.brute_force_protection;
        let is_counted = self.connection.options.brute_force_protection;
        let ip = self.requester.ip;
        let throttling = &store
            .config
            .tenant
            .attack_protection
            .suspicious_ip_throttling;
        if store.attacks.is_suspicious(throttling, ip, self.now_ms) {
            self.log_throttled(store);
            return Err(Unproved::Suspicious);
        }
        if is_counted && store.attacks.is_blocked(settings, &to, ip, self.now_ms) {
            return Err(Unproved::TooManyAttempts);
        }
        let per_minute = store.config.tenant.logins_per_minute;
        let bucket = Bucket::Logins(to.clone(), ip);
        let allowance = store.limits.take(bucket, per_minute, self.now_ms);
        if allowance.is_some_and(|allowance| allowance.is_exceeded()) {
            return Err(Unproved::TooManyLogins);
        }
        let tried = store
            .codes
            .check(&to, self.client_id, self.code, self.now_ms);
        if let Err(refusal) = tried {
            store.attacks.suspect(throttling, ip, self.now_ms);
            if is_counted
                && let Outcome::Blocked { notify } =
                    store.attacks.fail(settings, &to, ip, self.now_ms)
            {
                self.tell(store, &to, notify);
            }
            return Err(Unproved::Refused(refusal));
        }
        let known = store.users.find(&to);
        // The setting may have changed, or the person gone, since the code was sent.
        if known.is_none() && self.connection.options.disable_signup {
            store.codes.consume(&to);
            return Err(Unproved::SignupDisabled);
        }
        if known.is_some_and(|user| user.blocked) {
            store.codes.consume(&to);
            return Err(Unproved::BlockedUser);
        }
        Ok(())
    }

    fn log_throttled(&self, store: &mut Store) {
        let event = Event {
            description: "Blocked IP address after too many failed logins",
            client_id: self.client_id,
            connection: &self.connection.name,
            ..Event::new(Type::LimitMu)
        };
        store
            .logs
            .push(&event, &self.requester.log, &mut store.random, self.now_ms);
    }

    /// Logs a block, and sends the person a link that lifts it.
    fn tell(&self, store: &mut Store, to: &Addressee, notify: bool) {
        let event = Event {
            description: "Blocked account after consecutive failed logins",
            client_id: self.client_id,
            connection: &to.connection,
            user_name: &to.address,
            details: json!({"notified": notify}),
            ..Event::new(Type::LimitWc)
        };
        store
            .logs
            .push(&event, &self.requester.log, &mut store.random, self.now_ms);
        if notify && self.connection.strategy == Strategy::Email {
            let ticket = store.random.token::<24>();
            store.attacks.add_ticket(ticket.clone(), to.clone());
            mail::notice::send_unblock(store, self.base_url, to, &ticket, self.now_ms);
        }
    }
}
