//! Logins that wait for their code.

use chrono::TimeDelta;

use crate::{
    email_address::EmailAddress,
    store::{Limits, PerBrowser, ROOM},
};

/// The time from the sending of a code in which a person has to log in.
pub const LIFE: TimeDelta = TimeDelta::minutes(30);

/// A login whose code was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLogin {
    /// The address to which the code was sent.
    pub address: EmailAddress,
    /// Whether the code replaced an earlier one.
    pub sent_again: bool,
}

/// A store for logins that wait for their code.
#[must_use]
pub fn store() -> PerBrowser<PendingLogin> {
    let limits = Limits {
        life: LIFE,
        idle: None,
        room: ROOM,
    };
    PerBrowser::new("latchkey-login", Some(LIFE), limits)
}
