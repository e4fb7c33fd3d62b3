//! The verifier of a cross-origin login, and its place in the browser's storage.

use crate::client::Client;
use crate::env::{Entry, Env};
use crate::url::encode_component;
use crate::wire::Value;

/// The value `co_verifier` of `/co/authenticate`. The application stores it, because some browsers block the tenant's own
/// cookie. The tenant then opens the application's verification page in a frame. That page reads the stored value and passes it
/// to the tenant.
pub(crate) struct Verifier {
    key: String,
    value: Value,
}

impl Verifier {
    /// The verifier `value` of the login `id` (`co_id`) at the tenant `origin`.
    pub(crate) fn new(origin: &str, id: &str, value: Value) -> Self {
        Self {
            key: storage_key(origin, id),
            value,
        }
    }

    /// Stores the verifier for 15 minutes. Warns on the console if the browser keeps it nowhere: then the login ends only in
    /// browsers that send third-party cookies.
    pub(crate) fn store<E: Env>(&self, client: &Client<E>) {
        let stored = client.env.store(&Entry {
            key: &self.key,
            value: &client.env.to_json(&self.value),
            lifetime_s: 900,
            cookie_domain: client.cookie_domain(),
            // The verification page runs in a frame of the tenant's page. There its cookie is third-party, so the cookie has to
            // be allowed cross-site.
            cross_site: true,
        });
        if !stored {
            client.env.warn("latchkey: the cross-origin verifier could not be stored: allow cookies for this page");
        }
    }
}

impl<E: Env> Client<E> {
    /// Reads and deletes the `co_verifier` of the login `id` (`co_id`) at the tenant `origin`, for the cross-origin verification
    /// page (auth0.js: `crossOriginVerification`). Returns an empty text if there is none.
    pub fn take_verifier(&self, origin: &str, id: &str) -> String {
        let stored = self.take(&storage_key(origin, id));
        match stored.and_then(|stored| self.env.parse_json(&stored)) {
            Some(Value::String(verifier)) => verifier,
            _ => String::new(),
        }
    }
}

/// The beginning of the storage keys of all verifiers.
pub(crate) const KEY_PREFIX: &str = "co/verifier/";

/// The storage key of a verifier, by the tenant's origin and the login's `co_id`.
fn storage_key(origin: &str, id: &str) -> String {
    [
        KEY_PREFIX,
        &encode_component(origin),
        "/",
        &encode_component(id),
    ]
    .concat()
}
