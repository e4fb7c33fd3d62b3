//! The sessions of people who are logged in.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use crate::{
    random::{NoRandomness, Random},
    store::{Limits, PerBrowser, ROOM},
};

/// A session ends this long after the login, even if it is used.
pub const ABSOLUTE_LIFE: TimeDelta = TimeDelta::hours(12);

/// A session ends this long after its last use.
pub const IDLE_LIFE: TimeDelta = TimeDelta::hours(1);

/// The session of one person.
#[derive(Debug, Clone)]
pub struct Session {
    /// The claims of the ID token that the pages show.
    pub claims: Map<String, Value>,
    /// Every form has to contain this token, so that no other site can send one.
    pub csrf_token: String,
    /// The time of the login.
    pub logged_in_at: DateTime<Utc>,
}

impl Session {
    /// Makes the session of a login that has just succeeded.
    pub fn new(
        claims: Map<String, Value>,
        now: DateTime<Utc>,
        random: &dyn Random,
    ) -> Result<Self, NoRandomness> {
        Ok(Self {
            claims,
            csrf_token: random.token()?,
            logged_in_at: now,
        })
    }

    /// A claim that is a text. `None` if the tenant did not send it.
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }
}

/// A store for sessions. Against session fixation, each login begins a new session and ends the browser's earlier one.
#[must_use]
pub fn store() -> PerBrowser<Session> {
    let limits = Limits {
        life: ABSOLUTE_LIFE,
        idle: Some(IDLE_LIFE),
        room: ROOM,
    };
    PerBrowser::new("latchkey-session", None, limits)
}
