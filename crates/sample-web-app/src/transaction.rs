//! A transaction is one login in progress. An encrypted cookie has the values that the callback has to match.
//!
//! If the script in the browser makes the state, the server has nothing to compare it with, and accepts anybody's code
//! (login CSRF). So the server makes the state and binds it to the browser. Each login in progress has its own cookie,
//! so that several tabs do not disturb each other.

use std::fmt;

use axum_extra::extract::{
    PrivateCookieJar,
    cookie::{Cookie, CookieJar},
};
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{PkceCodeChallenge, PkceCodeVerifier};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::{
    address::BaseUrl,
    cookies::{cookie, host_prefix},
    local_path::LocalPath,
    random::{NoRandomness, Random},
    store::{Limits, ROOM, Store},
};

/// The most logins in progress of one browser. A further one replaces the oldest.
pub const MAX_IN_PROGRESS: usize = 8;

const NAME: &str = "latchkey-transaction-";

/// The values that the callback has to match.
#[derive(Clone, Serialize, Deserialize)]
pub struct Transaction {
    /// The tenant sends it back with the code.
    pub state: String,
    /// The tenant sends it back in the ID token.
    pub nonce: String,
    /// It proves to the token endpoint that this app began the login (RFC 7636).
    pub code_verifier: String,
    /// The path to which the person goes after the login.
    pub return_to: String,
    /// The end of the transaction, in seconds since 1970.
    pub expires_at: i64,
}

/// The reason why there is no transaction for a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTransaction {
    /// The transaction has expired.
    Expired,
    /// This browser has no login in progress.
    Missing,
    /// This browser has logins in progress, but not this one.
    OtherState,
}

impl Transaction {
    /// A new transaction with fresh secrets.
    pub fn mint(
        random: &dyn Random,
        expires_at: DateTime<Utc>,
        return_to: &LocalPath,
    ) -> Result<Self, NoRandomness> {
        Ok(Self {
            state: random.token()?,
            nonce: random.token()?,
            code_verifier: random.token()?,
            return_to: return_to.as_str().to_owned(),
            expires_at: expires_at.timestamp(),
        })
    }

    /// The S256 code challenge that goes into the authorization request.
    #[must_use]
    pub fn code_challenge(&self) -> String {
        let verifier = PkceCodeVerifier::new(self.code_verifier.clone());
        PkceCodeChallenge::from_code_verifier_sha256(&verifier)
            .as_str()
            .to_owned()
    }

    /// Adds the transaction's cookie. Removes cookies that have expired, cannot be read, or are too many.
    pub fn store(
        &self,
        raw: CookieJar,
        jar: PrivateCookieJar,
        base_url: &BaseUrl,
        now: DateTime<Utc>,
    ) -> (CookieJar, PrivateCookieJar) {
        let (mut kept, mut useless) = in_progress(&raw, &jar, base_url, now);
        kept.sort_by_key(|(_, transaction)| transaction.expires_at);
        let surplus = (kept.len() + 1).saturating_sub(MAX_IN_PROGRESS);
        useless.extend(kept.into_iter().take(surplus).map(|(name, _)| name));
        // The private jar does not list cookies that it cannot read, such as those from before a restart.
        let raw = useless.into_iter().fold(raw, |raw, name| {
            raw.remove(cookie(name, String::new(), base_url))
        });

        let id: String = self.state.chars().take(12).collect();
        let value = serde_json::to_string(self).unwrap_or_default();
        let mut fresh = cookie(format!("{}{id}", prefix(base_url)), value, base_url);
        let life = self.expires_at - now.timestamp();
        fresh.set_max_age(cookie::time::Duration::seconds(life));
        (raw, jar.add(fresh))
    }

    /// Finds the transaction of `state` and removes its cookie, even if the callback fails later.
    pub fn take(
        state: &str,
        raw: &CookieJar,
        jar: PrivateCookieJar,
        base_url: &BaseUrl,
        now: DateTime<Utc>,
    ) -> (PrivateCookieJar, Result<Self, NoTransaction>) {
        let found = names(raw, base_url)
            .filter_map(|name| read(&jar, name))
            .collect::<Vec<_>>();
        if found.is_empty() {
            return (jar, Err(NoTransaction::Missing));
        }
        let matching = found
            .into_iter()
            .find(|(_, tx)| bool::from(tx.state.as_bytes().ct_eq(state.as_bytes())));
        let Some((name, transaction)) = matching else {
            return (jar, Err(NoTransaction::OtherState));
        };
        let jar = jar.remove(cookie(name, String::new(), base_url));
        if transaction.expires_at <= now.timestamp() {
            return (jar, Err(NoTransaction::Expired));
        }
        (jar, Ok(transaction))
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("return_to", &self.return_to)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// The transactions that were redeemed. So a copied cookie cannot redeem one a second time.
#[derive(Debug)]
pub struct Spent(Store<()>);

impl Spent {
    /// Marks the transaction as redeemed. Returns false if it was redeemed before.
    pub fn spend(&self, transaction: &Transaction, now: DateTime<Utc>) -> bool {
        self.0.add(&transaction.state, (), now)
    }
}

impl Spent {
    /// An empty list. `life` is the lifetime of a transaction.
    #[must_use]
    pub fn new(life: TimeDelta) -> Self {
        Self(Store::new(Limits {
            life,
            idle: None,
            room: ROOM,
        }))
    }
}

type Named = (String, Transaction);

/// The transactions that have not expired, and the names of the cookies that can be removed.
fn in_progress(
    raw: &CookieJar,
    jar: &PrivateCookieJar,
    base_url: &BaseUrl,
    now: DateTime<Utc>,
) -> (Vec<Named>, Vec<String>) {
    let (mut kept, mut stale) = (Vec::new(), Vec::new());
    for name in names(raw, base_url) {
        match read(jar, name) {
            Some((name, tx)) if tx.expires_at > now.timestamp() => kept.push((name, tx)),
            _ => stale.push(name.to_owned()),
        }
    }
    (kept, stale)
}

fn names<'a>(raw: &'a CookieJar, base_url: &BaseUrl) -> impl Iterator<Item = &'a str> {
    let prefix = prefix(base_url);
    raw.iter()
        .map(Cookie::name)
        .filter(move |name| name.starts_with(&prefix))
}

fn read(jar: &PrivateCookieJar, name: &str) -> Option<Named> {
    let cookie = jar.get(name)?;
    Some((name.to_owned(), serde_json::from_str(cookie.value()).ok()?))
}

fn prefix(base_url: &BaseUrl) -> String {
    format!("{}{NAME}", host_prefix(base_url))
}
