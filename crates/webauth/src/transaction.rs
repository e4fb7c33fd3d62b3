//! Transactions: state and nonce of an authorization request, which are stored until its response comes.

use crate::client::Client;
use crate::config::PKCE_AVAILABLE;
use crate::env::{Entry, Env};
use crate::error::Error;
use crate::pkce::CODE_VERIFIER;
use crate::text::contains;
use crate::verifier;
use crate::wire::{Params, Value, get, set, whole_number};

/// The number of transactions in cookies. Cookies enlarge every request, so only the newest transactions stay in cookies.
/// Older ones move to local storage and remain usable. auth0.js keeps all transactions of the last half hour in cookies.
const IN_COOKIES: usize = 5;

/// auth0.js's alphabet for random texts: 65 characters, without a `W`.
const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVXYZabcdefghijklmnopqrstuvwxyz-._~";

/// A stored transaction. A call that fails must leave nothing behind, so dropping this deletes the transaction.
/// [`Transaction::keep`] prevents that.
#[derive(Debug)]
pub(crate) struct Transaction<'a, E: Env> {
    client: &'a Client<E>,
    /// The storage key. `None` if the caller gave the state: then the transaction stays, because other code may need it.
    key: Option<String>,
}

impl<'a, E: Env> Transaction<'a, E> {
    pub(crate) fn new(client: &'a Client<E>, key: Option<String>) -> Self {
        Self { client, key }
    }

    /// Keeps the transaction for its authorization response. Returns its key, if the SDK made the state.
    pub(crate) fn keep(mut self) -> Option<String> {
        self.key.take()
    }
}

impl<E: Env> Drop for Transaction<'_, E> {
    fn drop(&mut self) {
        if let Some(key) = &self.key {
            self.client.take(key);
        }
    }
}

/// A transaction that is not stored yet.
struct Opened {
    key: String,
    record: Value,
    /// Whether the SDK made the state. Otherwise the caller gave it.
    is_own_state: bool,
}

/// Checks that `params` has a response type, which every transaction needs.
///
/// # Errors
/// [`Error::InvalidOptions`] with auth0.js's text.
pub(crate) fn check(params: &Params) -> Result<(), Error> {
    match get(params, "responseType") {
        Value::String(kind) if !kind.is_empty() => Ok(()),
        _ => Err(Error::InvalidOptions("responseType is required")),
    }
}

impl<E: Env> Client<E> {
    /// Adds a state and, if the response type contains `id_token`, a nonce to `params`, and stores both until the
    /// authorization response comes. Returns the storage key, if the SDK made the state.
    ///
    /// # Errors
    /// [`Error::RandomUnavailable`]; [`Error::StorageUnavailable`] if the SDK made the state and cannot store it.
    pub(crate) fn begin_transaction(&self, params: &mut Params) -> Result<Option<String>, Error> {
        let Some(opened) = self.open_transaction(params)? else {
            return Ok(None);
        };
        self.make_room();
        let stored = self.env.store(&Entry {
            key: &opened.key,
            value: &self.env.to_json(&opened.record),
            lifetime_s: self.settings.state_expiration_s,
            cookie_domain: self.cookie_domain(),
            cross_site: false,
        });
        if stored {
            return Ok(opened.is_own_state.then_some(opened.key));
        }
        if opened.is_own_state {
            return Err(Error::StorageUnavailable);
        }
        // The caller that minted the state, usually a server, checks it.
        self.env.warn("latchkey: the transaction could not be stored: only who gave `state` can check the answer");
        Ok(None)
    }

    /// [`Client::begin_transaction`] for a request in a frame of this page. The page is not left, so the transaction is kept in
    /// memory and not stored.
    ///
    /// # Errors
    /// [`Error::RandomUnavailable`].
    pub(crate) fn begin_in_page(&self, params: &mut Params) -> Result<(), Error> {
        if let Some(opened) = self.open_transaction(params)? {
            self.env.memory().put(&opened.key, opened.record);
        }
        Ok(())
    }

    /// Adds to `params` the members that a transaction needs. `None` on the tenant's own login page, which stores no
    /// transaction.
    fn open_transaction(&self, params: &mut Params) -> Result<Option<Opened>, Error> {
        let is_own_state = !get(params, "state").is_truthy();
        if is_own_state {
            let state = self.random_text()?;
            set(params, "state", state);
        }
        let wants_id_token = get(params, "responseType")
            .as_str()
            .is_some_and(|kind| contains(kind, "id_token"));
        if wants_id_token && !get(params, "nonce").is_truthy() {
            let nonce = self.random_text()?;
            set(params, "nonce", nonce);
        }
        if self.on_universal_login() {
            return Ok(None);
        }
        if self.wants_challenge(params) {
            // RFC 7636 section 4.1 asks for at least 43 characters, and allows all of the alphabet.
            let verifier = random_text(&self.env, 43)?;
            set(params, CODE_VERIFIER, verifier);
        }
        let key = [
            self.namespace(),
            get(params, "state").as_str().unwrap_or_default(),
        ]
        .concat();
        Ok(Some(Opened {
            key,
            record: Value::Object(self.record(params)),
            is_own_state,
        }))
    }

    /// A new message makes the recipient's previous code or link invalid. So this deletes the previous message's transaction.
    /// `key` is the key of the new message's transaction.
    pub(crate) fn supersede(&self, recipient: &str, key: String) {
        let memory = self.env.memory();
        let place = ["start ", &self.settings.root_url, " ", recipient].concat();
        if let Some(Value::String(older)) = memory.get(&place)
            && older != key
        {
            self.take(&older);
        }
        memory.put(&place, Value::String(key));
    }

    /// Reads the transaction of the request with `state`. After [`Client::consume`] it comes from memory, so that a second call
    /// for the same authorization response returns the same result.
    pub(crate) fn stored_transaction(&self, state: &Value) -> Value {
        let Some(state) = state.as_str() else {
            return Value::Undefined;
        };
        let key = [self.namespace(), state].concat();
        self.env
            .read(&key)
            .and_then(|stored| self.env.parse_json(&stored))
            .or_else(|| self.env.memory().get(&key))
            .unwrap_or_default()
    }

    /// Deletes the stored transaction of the request with `state`, whose authorization response has come, and keeps it in
    /// memory.
    pub(crate) fn consume(&self, state: &Value, transaction: &Value) {
        if let Some(state) = state.as_str() {
            let key = [self.namespace(), state].concat();
            self.take(&key);
            if transaction.is_truthy() {
                self.env.memory().put(&key, transaction.clone());
            }
        }
    }

    fn namespace(&self) -> &str {
        let namespace = self.settings.option("transaction").member("namespace");
        namespace
            .as_str()
            .filter(|text| !text.is_empty())
            .unwrap_or("com.auth0.auth.")
    }

    /// The record that auth0.js stores, so that a page that still uses auth0.js can read it.
    fn record(&self, params: &Params) -> Params {
        let mut record = Params::new();
        let nonce = get(params, "nonce");
        set(
            &mut record,
            "nonce",
            if nonce.is_truthy() {
                nonce.clone()
            } else {
                Value::Null
            },
        );
        set(&mut record, "appState", get(params, "appState").clone());
        set(&mut record, "state", get(params, "state").clone());
        set(
            &mut record,
            "lastUsedConnection",
            get(params, "realm").or(get(params, "connection")).clone(),
        );
        let organization = get(params, "organization").or(self.settings.option("organization"));
        if organization.is_truthy() {
            set(&mut record, "organization", organization.clone());
        }
        let verifier = get(params, CODE_VERIFIER);
        if PKCE_AVAILABLE && verifier.is_truthy() {
            set(&mut record, CODE_VERIFIER, verifier.clone());
            let redirect_uri = get(params, "redirectUri").or(self.settings.option("redirectUri"));
            set(&mut record, "redirectUri", redirect_uri.clone());
        }
        record
    }

    /// Moves the oldest transactions out of the cookies, so that there is room for one more, and deletes expired entries.
    fn make_room(&self) {
        let keys = self.env.stored_keys(self.namespace());
        let surplus = (keys.len() + 1).saturating_sub(IN_COOKIES);
        let lifetime_s = self.settings.state_expiration_s;
        for key in keys.iter().take(surplus) {
            self.env.set_aside(key, lifetime_s, self.cookie_domain());
        }
        for prefix in [self.namespace(), verifier::KEY_PREFIX] {
            self.env.drop_expired(prefix);
        }
    }

    /// A random text of 32 characters, or of as many as the option `transaction.keyLength` says.
    fn random_text(&self) -> Result<String, Error> {
        let length = self
            .settings
            .option("transaction")
            .member("keyLength")
            .as_f64();
        random_text(
            &self.env,
            length.map_or(32, |length| whole_number(length) as usize),
        )
    }
}

/// A text of `length` evenly distributed characters of the alphabet.
fn random_text(env: &impl Env, length: usize) -> Result<String, Error> {
    // Greater bytes are drawn again: they would make the first characters of the alphabet likelier than the others.
    let limit = 256 - 256 % ALPHABET.len();
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let mut bytes = vec![0; length - text.len()];
        if !env.random(&mut bytes) {
            return Err(Error::RandomUnavailable);
        }
        let places = bytes
            .into_iter()
            .map(usize::from)
            .filter(|byte| *byte < limit);
        text.extend(
            places
                .filter_map(|byte| ALPHABET.get(byte % ALPHABET.len()))
                .copied()
                .map(char::from),
        );
    }
    Ok(text)
}
