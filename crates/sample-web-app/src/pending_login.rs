//! Logins that wait for their code.

use chrono::TimeDelta;

use crate::{
    email_address::EmailAddress,
    store::{Limits, PerBrowser, ROOM},
};

/// How long a person has from the sending of a code to the end of the login.
pub const LIFE: TimeDelta = TimeDelta::minutes(30);

/// A login whose code was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLogin {
    /// Where the code went.
    pub address: EmailAddress,
    /// Whether it replaced another.
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
