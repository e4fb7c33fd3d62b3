//! Stores values on the server for a limited time, and a limited number of them. The browser has only an id.
//!
//! The known caches and session stores (moka, tower-sessions) read the machine's clock, so a test could not stop or change
//! the time. This store gets the time as a parameter.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum_extra::extract::cookie::{Cookie, CookieJar};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::{
    address::BaseUrl,
    cookies::{cookie, host_prefix},
    random::{NoRandomness, Random},
};

/// The most entries that a store keeps by default.
pub const ROOM: usize = 10_000;

/// The limits of a store.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// An entry ends this long after it was made, even if it is used.
    pub life: TimeDelta,
    /// An entry ends this long after its last use. `None`: only `life` counts.
    pub idle: Option<TimeDelta>,
    /// The most entries that are kept. A further one replaces the entry that would end first.
    pub room: usize,
}

/// Values by the hash of their id. A person who reads the memory learns no id, and the time of a look-up reveals nothing
/// about the ids.
pub struct Store<T> {
    kept: Mutex<HashMap<[u8; 32], Entry<T>>>,
    limits: Limits,
}

struct Entry<T> {
    value: T,
    /// The time when the entry ends, even if it is used.
    ends_at: DateTime<Utc>,
    /// The time when the entry ends, unless it is used before that.
    expires_at: DateTime<Utc>,
}

impl<T: Clone> Store<T> {
    /// An empty store.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            kept: Mutex::default(),
            limits,
        }
    }

    /// Stores `value` under `id`. Returns false if there is a value already. That value then stays.
    pub fn add(&self, id: &str, value: T, now: DateTime<Utc>) -> bool {
        let mut kept = self.kept();
        kept.retain(|_, entry| now < entry.expires_at);
        let key = hash(id);
        if kept.contains_key(&key) {
            return false;
        }
        if kept.len() >= self.limits.room {
            let first = kept.iter().min_by_key(|(_, entry)| entry.expires_at);
            if let Some(key) = first.map(|(key, _)| *key) {
                kept.remove(&key);
            }
        }
        let ends_at = now + self.limits.life;
        let entry = Entry {
            value,
            ends_at,
            expires_at: self.expiry(ends_at, now),
        };
        kept.insert(key, entry);
        true
    }

    /// The value under `id`, if it is alive. Counts as a use.
    pub fn find(&self, id: &str, now: DateTime<Utc>) -> Option<T> {
        let mut kept = self.kept();
        let entry = kept.get_mut(&hash(id))?;
        if now >= entry.expires_at {
            return None;
        }
        entry.expires_at = self.expiry(entry.ends_at, now);
        Some(entry.value.clone())
    }

    /// Deletes the value under `id`.
    pub fn remove(&self, id: &str) {
        self.kept().remove(&hash(id));
    }

    fn expiry(&self, ends_at: DateTime<Utc>, used_at: DateTime<Utc>) -> DateTime<Utc> {
        let idle = self.limits.idle;
        idle.map_or(ends_at, |idle| ends_at.min(used_at + idle))
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<[u8; 32], Entry<T>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> fmt::Debug for Store<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// A store with one value for each browser. The browser has the value's id in a cookie.
#[derive(Debug)]
pub struct PerBrowser<T> {
    store: Store<T>,
    cookie: &'static str,
    max_age: Option<TimeDelta>,
}

impl<T: Clone> PerBrowser<T> {
    /// An empty store whose ids are in a cookie of this name. The browser keeps the cookie for `max_age`. With `None` it
    /// keeps the cookie until it is closed.
    #[must_use]
    pub fn new(cookie: &'static str, max_age: Option<TimeDelta>, limits: Limits) -> Self {
        Self {
            store: Store::new(limits),
            cookie,
            max_age,
        }
    }

    /// Stores a value under a new id. It replaces the value that the browser had before.
    pub fn begin(
        &self,
        value: T,
        jar: CookieJar,
        base_url: &BaseUrl,
        now: DateTime<Utc>,
        random: &dyn Random,
    ) -> Result<CookieJar, NoRandomness> {
        let id = random.token()?;
        if let Some(before) = self.id(&jar, base_url) {
            self.store.remove(before);
        }
        self.store.add(&id, value, now);
        let mut fresh = cookie(self.name(base_url), id, base_url);
        if let Some(age) = self.max_age {
            fresh.set_max_age(cookie::time::Duration::seconds(age.num_seconds()));
        }
        Ok(jar.add(fresh))
    }

    /// The value of this browser, if it is alive. Counts as a use.
    pub fn find(&self, jar: &CookieJar, base_url: &BaseUrl, now: DateTime<Utc>) -> Option<T> {
        self.store.find(self.id(jar, base_url)?, now)
    }

    /// Deletes the value of this browser, and its cookie.
    pub fn end(&self, jar: CookieJar, base_url: &BaseUrl) -> CookieJar {
        if let Some(id) = self.id(&jar, base_url) {
            self.store.remove(id);
        }
        jar.remove(cookie(self.name(base_url), String::new(), base_url))
    }

    fn id<'a>(&self, jar: &'a CookieJar, base_url: &BaseUrl) -> Option<&'a str> {
        jar.get(&self.name(base_url)).map(Cookie::value)
    }

    fn name(&self, base_url: &BaseUrl) -> String {
        format!("{}{}", host_prefix(base_url), self.cookie)
    }
}

fn hash(id: &str) -> [u8; 32] {
    Sha256::digest(id.as_bytes()).into()
}
