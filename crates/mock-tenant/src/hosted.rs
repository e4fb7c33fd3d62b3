//! The logins at the hosted login page. Each keeps the request of `/authorize` until the person has authenticated.

use subtle::ConstantTimeEq as _;

use serde::{Deserialize, Serialize};

use crate::expiring::Expiring;
use crate::mail::Send;

/// The lifetime of a login page: an hour.
const LIFE_MS: u64 = 3_600_000;

/// A login that has not ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) client_id: String,
    /// The query of `/authorize`.
    pub(crate) query: String,
    /// The message that was sent, if any.
    pub(crate) sent: Option<Sent>,
    /// The value of the browser's cookie.
    browser: String,
}

/// A message that was sent from the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Sent {
    pub(crate) connection: String,
    pub(crate) address: String,
    pub(crate) send: Send,
}

/// All logins that have not ended, by the page's `state`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Hosted(Expiring<String, Pending>);

impl Hosted {
    /// Keeps a login under `id`.
    pub(crate) fn begin(
        &mut self,
        id: String,
        browser: &str,
        client_id: &str,
        query: &str,
        now_ms: u64,
    ) {
        let pending = Pending {
            client_id: client_id.to_owned(),
            query: query.to_owned(),
            sent: None,
            browser: browser.to_owned(),
        };
        let expires_at_ms = now_ms.saturating_add(LIFE_MS);
        self.0.insert(id, pending, expires_at_ms, now_ms);
    }

    /// The login `id`, in any browser.
    pub(crate) fn find(&self, id: &str, now_ms: u64) -> Option<&Pending> {
        self.0.get(id, now_ms)
    }

    /// The login `id`, if this browser has begun it.
    pub(crate) fn of_browser(
        &mut self,
        id: &str,
        browser: Option<&str>,
        now_ms: u64,
    ) -> Option<&mut Pending> {
        self.0
            .get_mut(id, now_ms)
            .filter(|pending| pending.is_of(browser))
    }

    /// Deletes the login `id`, which has ended.
    pub(crate) fn end(&mut self, id: &str) {
        self.0.take(id, 0);
    }
}

impl Pending {
    /// Whether `browser` is the cookie's value of the browser that has begun the login.
    pub(crate) fn is_of(&self, browser: Option<&str>) -> bool {
        browser.is_some_and(|browser| self.browser.as_bytes().ct_eq(browser.as_bytes()).into())
    }
}
