//! Who is logged in.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use crate::{
    random::{NoRandomness, Random},
    store::{Limits, PerBrowser, ROOM},
};

/// A session ends this long after the login, used or not.
pub const ABSOLUTE_LIFE: TimeDelta = TimeDelta::hours(12);

/// A session ends this long after its last use.
pub const IDLE_LIFE: TimeDelta = TimeDelta::hours(1);

/// One logged-in person.
#[derive(Debug, Clone)]
pub struct Session {
    /// The claims of the ID token that the pages show.
    pub claims: Map<String, Value>,
    /// Has to come with every form, so that no other site can send one.
    pub csrf_token: String,
    /// When the login was.
    pub logged_in_at: DateTime<Utc>,
}

impl Session {
    /// The session of a login that has just ended well.
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

    /// A claim that is a text; `None` when the tenant did not send it.
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }
}

/// A store for sessions. Each login begins a new one and ends the one before (session fixation).
#[must_use]
pub fn store() -> PerBrowser<Session> {
    let limits = Limits {
        life: ABSOLUTE_LIFE,
        idle: Some(IDLE_LIFE),
        room: ROOM,
    };
    PerBrowser::new("latchkey-session", None, limits)
}
