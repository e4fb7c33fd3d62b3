//! Logins that wait for their code, kept on the server; the browser holds an id and nothing else.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
};

use axum_extra::extract::cookie::{Cookie, CookieJar};
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    address::BaseUrl,
    email_address::EmailAddress,
    random::{NoRandomness, Random},
    session::hash,
    transaction::{cookie, host_prefix},
};

/// How long a person has from the sending of a code to the end of the login.
pub const LIFE: TimeDelta = TimeDelta::minutes(30);

/// How many logins are kept at most, unless set; the oldest gives way.
pub const MAX_PENDING: usize = 10_000;

const NAME: &str = "latchkey-login";

/// A login whose code was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLogin {
    /// Where the code went.
    pub address: EmailAddress,
    /// When it was sent.
    pub begun_at: DateTime<Utc>,
    /// Whether it replaced another.
    pub sent_again: bool,
}

impl PendingLogin {
    fn is_alive(&self, now: DateTime<Utc>) -> bool {
        now < self.begun_at + LIFE
    }
}

/// All logins that wait, by the hash of their id, as [`Sessions`](crate::session::Sessions) are.
pub struct PendingLogins {
    kept: Mutex<HashMap<[u8; 32], PendingLogin>>,
    room: usize,
}

impl PendingLogins {
    /// A store with room for so many, and for one at least.
    #[must_use]
    pub fn with_room(room: usize) -> Self {
        Self {
            kept: Mutex::default(),
            room,
        }
    }

    /// Keeps a login under a new id, in the place of the one the browser had before.
    pub fn begin(
        &self,
        login: PendingLogin,
        jar: CookieJar,
        base_url: &BaseUrl,
        random: &dyn Random,
    ) -> Result<CookieJar, NoRandomness> {
        let id = random.token()?;
        let before = cookie_value(&jar, base_url).map(hash);
        let now = login.begun_at;
        let mut logins = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        logins.retain(|key, login| login.is_alive(now) && Some(key) != before.as_ref());
        if logins.len() >= self.room {
            let oldest = logins.iter().min_by_key(|(_, login)| login.begun_at);
            if let Some(key) = oldest.map(|(key, _)| *key) {
                logins.remove(&key);
            }
        }
        logins.insert(hash(&id), login);
        let mut fresh = cookie(name(base_url), id, base_url);
        fresh.set_max_age(cookie::time::Duration::seconds(LIFE.num_seconds()));
        Ok(jar.add(fresh))
    }

    /// The login of this browser, if it is alive.
    pub fn find(
        &self,
        jar: &CookieJar,
        base_url: &BaseUrl,
        now: DateTime<Utc>,
    ) -> Option<PendingLogin> {
        let key = hash(cookie_value(jar, base_url)?);
        let logins = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        logins
            .get(&key)
            .filter(|login| login.is_alive(now))
            .cloned()
    }

    /// Forgets the login of this browser and removes its cookie.
    pub fn end(&self, jar: CookieJar, base_url: &BaseUrl) -> CookieJar {
        if let Some(key) = cookie_value(&jar, base_url).map(hash) {
            let mut logins = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            logins.remove(&key);
        }
        jar.remove(cookie(name(base_url), String::new(), base_url))
    }
}

impl Default for PendingLogins {
    fn default() -> Self {
        Self::with_room(MAX_PENDING)
    }
}

impl fmt::Debug for PendingLogins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingLogins").finish_non_exhaustive()
    }
}

fn cookie_value<'a>(jar: &'a CookieJar, base_url: &BaseUrl) -> Option<&'a str> {
    jar.get(&name(base_url)).map(Cookie::value)
}

fn name(base_url: &BaseUrl) -> String {
    format!("{}{NAME}", host_prefix(base_url))
}
