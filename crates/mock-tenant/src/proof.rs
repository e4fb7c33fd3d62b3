//! Checks codes, for all endpoints. The endpoints differ only in their responses.

use serde_json::json;

use crate::address::normalise;
use crate::attack::Outcome;
use crate::call::Turn;
use crate::codes::{Addressee, Refusal};
use crate::config::{Connection, Strategy};
use crate::limits::Bucket;
use crate::logs::{Event, Type};
use crate::mail;

/// The text for a person whose logins are blocked.
pub(crate) const TOO_MANY_ATTEMPTS: &str = "Your account has been blocked after multiple consecutive login attempts. We've sent you a notification via your preferred contact method with instructions on how to unblock it.";

/// The text for an IP address that has failed too often.
pub(crate) const SUSPICIOUS: &str = "We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.";

/// The text for an unknown person, if only known people may log in.
pub(crate) const SIGNUP_DISABLED: &str = "Public signup is disabled";

/// The text for a person who logs in too often. No source tells Auth0's.
pub(crate) const TOO_MANY_LOGINS: &str = "Too many logins of this person. Wait a minute.";

/// A code that was refused. A setting decides whether the error shows the cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub(crate) struct Refused {
    pub(crate) refusal: Refusal,
    pub(crate) strategy: Strategy,
    /// Whether the error distinguishes expired and too often tried codes from wrong ones.
    pub(crate) distinct: bool,
}

impl Refused {
    /// The text for the person.
    pub(crate) fn text(self) -> &'static str {
        match (self.refusal, self.distinct, self.strategy) {
            (Refusal::Expired, true, _) => {
                "The verification code has expired. Please try to login again."
            }
            (Refusal::Exhausted, true, _) => {
                "You've reached the maximum number of attempts. Please try to login again."
            }
            (_, _, Strategy::Sms) => "Wrong phone number or verification code.",
            (_, _, Strategy::Email | Strategy::Database) => "Wrong email or verification code.",
        }
    }
}

/// Why a login with a code fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproved {
    /// The person may not log in.
    BlockedUser,
    /// The code was refused.
    Refused(Refused),
    /// The person is unknown, and only known people may log in.
    SignupDisabled,
    /// The IP address has failed too often, with all identifiers together. The code was not compared.
    Suspicious,
    /// The identifier has failed too often. The code was not compared.
    TooManyAttempts,
    /// The person has logged in too often, with right or wrong codes. The code was not compared.
    TooManyLogins,
}

/// A code and its claimed recipient.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) connection: &'a Connection,
    /// The address or number as it was typed.
    pub(crate) username: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) code: &'a str,
}

impl Attempt<'_> {
    /// The claimed recipient.
    pub(crate) fn addressee(&self) -> Addressee {
        Addressee {
            connection: self.connection.name.clone(),
            address: normalise(self.connection.strategy, self.username),
        }
    }

    /// Checks the code and uses it up. Returns the user ID; a new person is created.
    pub(crate) fn prove(&self, turn: &mut Turn<'_>) -> Result<String, Unproved> {
        self.look(turn)?;
        let to = self.addressee();
        turn.store.codes.consume(&to);
        turn.store.attacks.forgive(&to, Some(turn.requester.ip));
        let strategy = self.connection.strategy;
        let user = turn.store.users.first_login(&to, strategy, turn.now_ms);
        Ok(user.user_id.clone())
    }

    /// Checks the code. A right code stays valid, unless the person may not log in. A wrong code counts as a try.
    pub(crate) fn look(&self, turn: &mut Turn<'_>) -> Result<(), Unproved> {
        let to = self.addressee();
        self.check_limits(turn, &to)?;
        let codes = &mut turn.store.codes;
        let tried = codes.check(&to, self.client_id, self.code, turn.now_ms);
        if let Err(refusal) = tried {
            self.count_failure(turn, &to);
            return Err(Unproved::Refused(Refused {
                refusal,
                strategy: self.connection.strategy,
                distinct: turn.store.config.tenant.distinct_code_errors,
            }));
        }
        let known = turn.store.users.find(&to);
        // After the code was sent, the setting may have changed, or the person may have been deleted.
        let refused = if known.is_none() && self.connection.options.disable_signup {
            Unproved::SignupDisabled
        } else if known.is_some_and(|user| user.blocked) {
            Unproved::BlockedUser
        } else {
            return Ok(());
        };
        turn.store.codes.consume(&to);
        Err(refused)
    }

    /// Counts the login, and checks whether the code may be compared.
    fn check_limits(&self, turn: &mut Turn<'_>, to: &Addressee) -> Result<(), Unproved> {
        let (ip, now_ms) = (turn.requester.ip, turn.now_ms);
        let tenant = &turn.store.config.tenant;
        let protection = &tenant.attack_protection;
        let attacks = &turn.store.attacks;
        if attacks.is_suspicious(&protection.suspicious_ip_throttling, ip, now_ms) {
            turn.log(&Event {
                description: "Blocked IP address after too many failed logins",
                client_id: self.client_id,
                connection: &self.connection.name,
                ..Event::new(Type::LimitMu)
            });
            return Err(Unproved::Suspicious);
        }
        let is_counted = self.connection.options.brute_force_protection;
        let settings = &protection.brute_force_protection;
        if is_counted && attacks.is_blocked(settings, to, ip, now_ms) {
            return Err(Unproved::TooManyAttempts);
        }
        let bucket = Bucket::Logins(to.clone(), ip);
        let limit = tenant.logins_per_minute;
        let allowance = turn.store.limits.take(bucket, limit, now_ms);
        if allowance.is_some_and(|allowance| allowance.is_exceeded()) {
            return Err(Unproved::TooManyLogins);
        }
        Ok(())
    }

    fn count_failure(&self, turn: &mut Turn<'_>, to: &Addressee) {
        let (ip, now_ms) = (turn.requester.ip, turn.now_ms);
        let store = &mut *turn.store;
        let protection = &store.config.tenant.attack_protection;
        let attacks = &mut store.attacks;
        attacks.suspect(&protection.suspicious_ip_throttling, ip, now_ms);
        if self.connection.options.brute_force_protection
            && let Outcome::Blocked { notify } =
                attacks.fail(&protection.brute_force_protection, to, ip, now_ms)
        {
            self.announce_block(turn, to, notify);
        }
    }

    /// Logs a block, and sends the person a link that lifts it.
    fn announce_block(&self, turn: &mut Turn<'_>, to: &Addressee, notify: bool) {
        turn.log(&Event {
            description: "Blocked account after consecutive failed logins",
            client_id: self.client_id,
            connection: &to.connection,
            user_name: &to.address,
            details: json!({"notified": notify}),
            ..Event::new(Type::LimitWc)
        });
        if notify && self.connection.strategy == Strategy::Email {
            let base_url = turn.base_url().to_owned();
            let store = &mut *turn.store;
            let ticket = store.random.token::<24>();
            let now_ms = turn.now_ms;
            store.attacks.add_ticket(ticket.clone(), to.clone(), now_ms);
            mail::notice::send_unblock(store, &base_url, to, &ticket, now_ms);
        }
    }
}
