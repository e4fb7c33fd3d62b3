//! State and nonce of a login, kept from before the navigation until after it.

use crate::client::Client;
use crate::cross_origin::VERIFIER_PREFIX;
use crate::env::{Entry, Env};
use crate::error::Error;
use crate::pkce::{AVAILABLE, VERIFIER};
use crate::text::contains;
use crate::wire::{Params, Value, get, set};

/// How many transactions are kept in cookies. auth0.js keeps all that began in the last half hour there and so fills the
/// request headers. Here those before the newest move to where no request carries them: each of them can still be
/// finished.
const IN_COOKIES: usize = 5;

/// auth0.js's alphabet: 65 characters, without a `W`.
const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVXYZabcdefghijklmnopqrstuvwxyz-._~";

/// A stored transaction that is removed again unless the login gets as far as to need it.
#[derive(Debug)]
pub(crate) struct Transaction<'a, E: Env> {
    client: &'a Client<E>,
    /// Key of the entry to remove: only where the state is ours, so nobody else waits for it.
    key: Option<String>,
}

impl<'a, E: Env> Transaction<'a, E> {
    pub(crate) fn new(client: &'a Client<E>, key: Option<String>) -> Self {
        Self { client, key }
    }

    /// The answer will come for it: let it stay. Returns its key, if the state is ours.
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

/// Whether `params` say what to respond with; every transaction depends on it.
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
    /// Gives `params` a state and, if an ID token is asked for, a nonce, and stores both for the way back. Returns the
    /// key to forget it by, if the state is ours.
    ///
    /// # Errors
    /// [`Error::RandomUnavailable`]; [`Error::StorageUnavailable`] when a state that only we know cannot be stored.
    pub(crate) fn begin_transaction(&self, params: &mut Params) -> Result<Option<String>, Error> {
        let Some((key, record, ours)) = self.open_transaction(params)? else {
            return Ok(None);
        };
        self.make_room();
        let stored = self.env.store(&Entry {
            key: &key,
            value: &self.env.to_json(&record),
            lifetime_s: self.settings.state_expiration_s,
            cookie_domain: self.cookie_domain(),
            cross_site: false,
        });
        if stored {
            return Ok(ours.then_some(key));
        }
        if ours {
            return Err(Error::StorageUnavailable);
        }
        // Whoever minted the state checks it, usually a server.
        self.env.warn("latchkey: the transaction could not be stored: only who gave `state` can check the answer");
        Ok(None)
    }

    /// [`Client::begin_transaction`] for a request that ends in this very page, in a frame: nothing has to outlast the
    /// page, so nothing is stored.
    ///
    /// # Errors
    /// [`Error::RandomUnavailable`].
    pub(crate) fn begin_in_page(&self, params: &mut Params) -> Result<(), Error> {
        if let Some((key, record, _)) = self.open_transaction(params)? {
            self.env.memory().put(&key, record);
        }
        Ok(())
    }

    /// Gives `params` what a transaction needs. Returns the key and the record of it, and whether the state is ours;
    /// `None` where there is none to keep.
    fn open_transaction(
        &self,
        params: &mut Params,
    ) -> Result<Option<(String, Value, bool)>, Error> {
        let ours = !get(params, "state").is_truthy();
        if ours {
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
            // 43 of the characters that RFC 7636 section 4.1 allows, as many as its 32 random bytes need.
            let verifier = random_text(&self.env, 43)?;
            set(params, VERIFIER, verifier);
        }
        let key = [
            self.namespace(),
            get(params, "state").as_str().unwrap_or_default(),
        ]
        .concat();
        Ok(Some((key, Value::Object(self.record(params)), ours)))
    }

    /// A message was sent to `to` with the transaction `key`: the one before to the same recipient is dead at the tenant,
    /// so its transaction goes.
    pub(crate) fn supersede(&self, to: &str, key: String) {
        let memory = self.env.memory();
        let place = ["start ", &self.settings.root_url, " ", to].concat();
        if let Some(Value::String(older)) = memory.get(&place)
            && older != key
        {
            self.take(&older);
        }
        memory.put(&place, Value::String(key));
    }

    /// What is stored for the request that had `state`, and stays stored; also what was stored until
    /// [`Client::consume`], so that a second look at one answer comes to the same.
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

    /// The request that had `state` has its answer: its transaction is deleted.
    pub(crate) fn consume(&self, state: &Value, transaction: &Value) {
        if let Some(state) = state.as_str() {
            let key = [self.namespace(), state].concat();
            self.take(&key);
            if transaction.is_truthy() {
                self.env.memory().put(&key, transaction.clone());
            }
        }
    }

    /// A stored entry, which is deleted by reading it.
    pub(crate) fn take(&self, key: &str) -> Option<String> {
        self.env.take(key, self.cookie_domain())
    }

    pub(crate) fn cookie_domain(&self) -> Option<&str> {
        self.settings.option("cookieDomain").as_str()
    }

    fn namespace(&self) -> &str {
        let namespace = self.settings.option("transaction").member("namespace");
        namespace
            .as_str()
            .filter(|text| !text.is_empty())
            .unwrap_or("com.auth0.auth.")
    }

    /// What auth0.js stores, so that a page half-way through a migration still understands it.
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
        let verifier = get(params, VERIFIER);
        if AVAILABLE && verifier.is_truthy() {
            set(&mut record, VERIFIER, verifier.clone());
            let redirect_uri = get(params, "redirectUri").or(self.settings.option("redirectUri"));
            set(&mut record, "redirectUri", redirect_uri.clone());
        }
        record
    }

    /// Makes room for one more transaction in the cookies, and deletes what is over elsewhere.
    fn make_room(&self) {
        let keys = self.env.stored_keys(self.namespace());
        let surplus = (keys.len() + 1).saturating_sub(IN_COOKIES);
        let lifetime_s = self.settings.state_expiration_s;
        for key in keys.iter().take(surplus) {
            self.env.set_aside(key, lifetime_s, self.cookie_domain());
        }
        for prefix in [self.namespace(), VERIFIER_PREFIX] {
            self.env.drop_expired(prefix);
        }
    }

    /// 32 random characters, evenly distributed.
    fn random_text(&self) -> Result<String, Error> {
        let length = self
            .settings
            .option("transaction")
            .member("keyLength")
            .as_f64();
        random_text(
            &self.env,
            length.map_or(32, |length| crate::config::seconds(length) as usize),
        )
    }
}

fn random_text(env: &impl Env, length: usize) -> Result<String, Error> {
    // Bytes from here on would make the first characters likelier than the rest.
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
