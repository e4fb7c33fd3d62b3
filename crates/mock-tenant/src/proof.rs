//! The one place where codes are tried. Endpoints differ in what they answer, not in what counts as proof.

use serde_json::json;

use crate::address::normalise;
use crate::attack::Outcome;
use crate::call::Step;
use crate::codes::{Addressee, Refusal};
use crate::config::{Connection, Strategy};
use crate::limits::Bucket;
use crate::logs::{Event, Type};
use crate::mail;

/// What is said to a person whose logins are blocked.
pub(crate) const TOO_MANY_ATTEMPTS: &str = "Your account has been blocked after multiple consecutive login attempts. We've sent you a notification via your preferred contact method with instructions on how to unblock it.";

/// What is said to an address that has failed too often.
pub(crate) const SUSPICIOUS: &str = "We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.";

/// What is said to a stranger where only known people may log in.
pub(crate) const SIGNUP_DISABLED: &str = "Public signup is disabled";

/// What is said to a person who logs in again and again; no source tells Auth0's words.
pub(crate) const TOO_MANY_LOGINS: &str = "Too many logins of this person. Wait a minute.";

/// A code that was refused. How much of the cause people are told is a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub(crate) struct Refused {
    pub(crate) refusal: Refusal,
    pub(crate) strategy: Strategy,
    /// Whether people are told "expired" and "too many tries" apart from "wrong".
    pub(crate) distinct: bool,
}

impl Refused {
    /// What a person is told.
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

/// Why a code proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproved {
    /// The person may not log in.
    BlockedUser,
    /// The code was refused.
    Refused(Refused),
    /// A stranger, where only known people may log in.
    SignupDisabled,
    /// Too many failures of this address before this one, for whomever; the code was not even compared.
    Suspicious,
    /// Too many failures before this one; the code was not even compared.
    TooManyAttempts,
    /// Too many logins of this person in a short time, right or wrong; the code was not compared.
    TooManyLogins,
}

/// A code, and who is said to have got it.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) connection: &'a Connection,
    /// As typed.
    pub(crate) username: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) code: &'a str,
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
    pub(crate) fn prove(&self, step: &mut Step<'_>) -> Result<String, Unproved> {
        self.look(step)?;
        let to = self.addressee();
        step.store.codes.consume(&to);
        step.store.attacks.forgive(&to, Some(step.requester.ip));
        let strategy = self.connection.strategy;
        let user = step.store.users.first_login(&to, strategy, step.now_ms);
        Ok(user.user_id.clone())
    }

    /// Tries the code without using it up; wrong ones count all the same.
    pub(crate) fn look(&self, step: &mut Step<'_>) -> Result<(), Unproved> {
        let to = self.addressee();
        self.check_limits(step, &to)?;
        let codes = &mut step.store.codes;
        let tried = codes.check(&to, self.client_id, self.code, step.now_ms);
        if let Err(refusal) = tried {
            self.count_failure(step, &to);
            return Err(Unproved::Refused(Refused {
                refusal,
                strategy: self.connection.strategy,
                distinct: step.store.config.tenant.distinct_code_errors,
            }));
        }
        let known = step.store.users.find(&to);
        // The setting may have changed, or the person gone, since the code was sent.
        let refused = if known.is_none() && self.connection.options.disable_signup {
            Unproved::SignupDisabled
        } else if known.is_some_and(|user| user.blocked) {
            Unproved::BlockedUser
        } else {
            return Ok(());
        };
        step.store.codes.consume(&to);
        Err(refused)
    }

    /// Whether the code may be looked at. Counts the attempt.
    fn check_limits(&self, step: &mut Step<'_>, to: &Addressee) -> Result<(), Unproved> {
        let (ip, now_ms) = (step.requester.ip, step.now_ms);
        let tenant = &step.store.config.tenant;
        let protection = &tenant.attack_protection;
        let attacks = &step.store.attacks;
        if attacks.is_suspicious(&protection.suspicious_ip_throttling, ip, now_ms) {
            step.log(&Event {
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
        let allowance = step.store.limits.take(bucket, limit, now_ms);
        if allowance.is_some_and(|allowance| allowance.is_exceeded()) {
            return Err(Unproved::TooManyLogins);
        }
        Ok(())
    }

    fn count_failure(&self, step: &mut Step<'_>, to: &Addressee) {
        let (ip, now_ms) = (step.requester.ip, step.now_ms);
        let store = &mut *step.store;
        let protection = &store.config.tenant.attack_protection;
        let attacks = &mut store.attacks;
        attacks.suspect(&protection.suspicious_ip_throttling, ip, now_ms);
        if self.connection.options.brute_force_protection
            && let Outcome::Blocked { notify } =
                attacks.fail(&protection.brute_force_protection, to, ip, now_ms)
        {
            self.tell(step, to, notify);
        }
    }

    /// Logs a block, and sends the person a link that lifts it.
    fn tell(&self, step: &mut Step<'_>, to: &Addressee, notify: bool) {
        step.log(&Event {
            description: "Blocked account after consecutive failed logins",
            client_id: self.client_id,
            connection: &to.connection,
            user_name: &to.address,
            details: json!({"notified": notify}),
            ..Event::new(Type::LimitWc)
        });
        if notify && self.connection.strategy == Strategy::Email {
            let base_url = step.base_url().to_owned();
            let store = &mut *step.store;
            let ticket = store.random.token::<24>();
            let now_ms = step.now_ms;
            store.attacks.add_ticket(ticket.clone(), to.clone(), now_ms);
            mail::notice::send_unblock(store, &base_url, to, &ticket, now_ms);
        }
    }
}
