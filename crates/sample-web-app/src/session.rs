//! Who is logged in, kept on the server; the browser holds an id and nothing else.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
};

use axum_extra::extract::cookie::{Cookie, CookieJar};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{
    address::BaseUrl,
    random::{NoRandomness, Random},
    transaction::{cookie, host_prefix},
};

/// A session ends this long after the login, used or not.
pub const ABSOLUTE_LIFE: TimeDelta = TimeDelta::hours(12);

/// A session ends this long after its last use.
pub const IDLE_LIFE: TimeDelta = TimeDelta::hours(1);

/// How many sessions are kept at most; the one unused longest gives way.
const MAX_SESSIONS: usize = 10_000;

const NAME: &str = "latchkey-session";

/// One logged-in person.
#[derive(Debug, Clone)]
pub struct Session {
    /// The claims of the ID token that the pages show.
    pub claims: Map<String, Value>,
    /// Has to come with every form, so that no other site can send one.
    pub csrf_token: String,
    /// When the login was.
    pub logged_in_at: DateTime<Utc>,
    last_used_at: DateTime<Utc>,
}

impl Session {
    /// A claim that is a text; `None` when the tenant did not send it.
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }

    fn is_alive(&self, now: DateTime<Utc>) -> bool {
        now < self.logged_in_at + ABSOLUTE_LIFE && now < self.last_used_at + IDLE_LIFE
    }
}

/// All sessions, by the hash of their id: who reads the memory has no id to use, and a look-up tells nothing by its time.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<[u8; 32], Session>>);

impl Sessions {
    /// Begins a session under a new id, and ends the one the browser had before (session fixation).
    pub fn begin(
        &self,
        claims: Map<String, Value>,
        jar: CookieJar,
        base_url: &BaseUrl,
        now: DateTime<Utc>,
        random: &dyn Random,
    ) -> Result<CookieJar, NoRandomness> {
        let id = random.token()?;
        let session = Session {
            claims,
            csrf_token: random.token()?,
            logged_in_at: now,
            last_used_at: now,
        };
        let before = cookie_value(&jar, base_url).map(hash);
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|key, session| session.is_alive(now) && Some(key) != before.as_ref());
        if sessions.len() >= MAX_SESSIONS {
            let idlest = sessions.iter().min_by_key(|(_, s)| s.last_used_at);
            if let Some(key) = idlest.map(|(key, _)| *key) {
                sessions.remove(&key);
            }
        }
        sessions.insert(hash(&id), session);
        Ok(jar.add(cookie(name(base_url), id, base_url)))
    }

    /// The session of this browser, if it is alive. Counts as a use.
    pub fn find(&self, jar: &CookieJar, base_url: &BaseUrl, now: DateTime<Utc>) -> Option<Session> {
        let key = hash(cookie_value(jar, base_url)?);
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let session = sessions.get_mut(&key)?;
        if !session.is_alive(now) {
            sessions.remove(&key);
            return None;
        }
        session.last_used_at = now;
        Some(session.clone())
    }

    /// Ends the session of this browser and removes its cookie.
    pub fn end(&self, jar: CookieJar, base_url: &BaseUrl) -> CookieJar {
        if let Some(key) = cookie_value(&jar, base_url).map(hash) {
            let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            sessions.remove(&key);
        }
        jar.remove(cookie(name(base_url), String::new(), base_url))
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

fn cookie_value<'a>(jar: &'a CookieJar, base_url: &BaseUrl) -> Option<&'a str> {
    jar.get(&name(base_url)).map(Cookie::value)
}

fn name(base_url: &BaseUrl) -> String {
    format!("{}{NAME}", host_prefix(base_url))
}

/// What an id is kept as.
pub(crate) fn hash(id: &str) -> [u8; 32] {
    Sha256::digest(id.as_bytes()).into()
}
