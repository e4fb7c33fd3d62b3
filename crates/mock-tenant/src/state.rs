//! The tenant's state, which one lock guards.
//!
//! Each request of the authentication API takes the lock once ([`crate::call::Call::turn`]) and cannot await while it holds the
//! lock, so requests happen one after another. A request that needs the signing key waits for it before it takes the lock.
//! `/passwordless/start` takes the lock twice, because templates are rendered without it. At first it decides that a code is
//! sent. The second time it makes the code valid and puts its message into the outbox, so that the newest message always has the
//! valid code.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::watch;

use crate::attack::Attacks;
use crate::captcha::Captchas;
use crate::client_assertion::Assertions;
use crate::clock::{Clock, SystemClock, TenantClock};
use crate::codes::CodeBook;
use crate::config::Config;
use crate::faults::Faults;
use crate::grants::Grants;
use crate::hosted::Hosted;
use crate::keys::KeyStore;
use crate::limits::Limits;
use crate::logs::{Caller, Event, Logs, Type};
use crate::outbox::{Message, Outbox};
use crate::post::{Outgoing, PostError};
use crate::random::{Random, Stream};
use crate::secret::Secret;
use crate::sessions::Sessions;
use crate::users::Users;

/// The parameters of a tenant.
#[derive(Debug)]
pub struct Options {
    /// The address of the tenant, without a trailing slash, such as `http://localhost:4000`. Links and the issuer are made from it,
    /// never from the header `Host` of a request.
    pub base_url: String,
    /// The settings. `POST /_mock/reset` restores them.
    pub config: Config,
    /// The source of time.
    pub clock: Box<dyn Clock>,
    /// The certificate authority that callers download from `/_mock/ca.pem`, when the tenant is served with [`crate::Tls`].
    pub ca_pem: Option<String>,
    /// The scripts of Latchkey's dialog. With them the hosted login page shows the dialog, without them a plain form.
    pub dialog: Option<Dialog>,
    /// The token with which callers on other machines use the control API (`Authorization: Bearer`). With `None` only this machine
    /// can use it.
    pub control_token: Option<Secret>,
    /// Makes codes, identifiers and keys repeatable. It is for tests only, because a person who knows it can forge all of them.
    pub seed: Option<u64>,
}

impl Options {
    /// The built-in tenant at `base_url`, on the machine's clock.
    #[must_use]
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            config: Config::default(),
            clock: Box::new(SystemClock),
            ca_pem: None,
            dialog: None,
            control_token: None,
            seed: None,
        }
    }
}

/// The tenant's state, shared by all requests.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    base_url: String,
    served: Served,
    clock: TenantClock,
    keys: KeyStore,
    initial: Config,
    seed: Option<u64>,
    store: Mutex<Store>,
    /// Counts changes that people and tests wait for: mail, logs, settings.
    changes: watch::Sender<u64>,
}

/// The scripts of Latchkey's dialog, as its build makes them.
#[derive(Clone, Debug, Default)]
pub struct Dialog {
    /// `lock.min.js`.
    pub script: axum::body::Bytes,
    /// `lock.more.js`, which the script loads from the same folder.
    pub more: axum::body::Bytes,
}

/// What the tenant was started with and that never changes.
#[derive(Debug, Default)]
pub(crate) struct Served {
    pub(crate) ca_pem: Option<String>,
    pub(crate) dialog: Option<Dialog>,
    pub(crate) control_token: Option<Secret>,
}

/// All data that changes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Store {
    pub(crate) config: Config,
    pub(crate) random: Random,
    pub(crate) codes: CodeBook,
    pub(crate) users: Users,
    pub(crate) sessions: Sessions,
    pub(crate) grants: Grants,
    pub(crate) hosted: Hosted,
    pub(crate) outbox: Outbox,
    /// The mails that are not sent yet. [`AppState::announce`] sends them.
    #[serde(skip)]
    pub(crate) outgoing: Vec<Outgoing>,
    pub(crate) logs: Logs,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) attacks: Attacks,
    pub(crate) captchas: Captchas,
    pub(crate) assertions: Assertions,
    /// Clients whose deprecated calls were logged.
    pub(crate) deprecations: BTreeSet<String>,
}

/// The error of a system that has no source of randomness.
#[derive(Debug, thiserror::Error)]
#[error("the system's random generator failed: {0}; the tenant cannot make codes without it")]
pub struct NoEntropy(#[from] rand_core::Error);

impl AppState {
    /// Makes a tenant and begins to make its signing keys in the background.
    pub fn new(options: Options) -> Result<Self, NoEntropy> {
        let Options {
            base_url,
            config,
            clock,
            ca_pem,
            dialog,
            control_token,
            seed,
        } = options;
        let keys = KeyStore::generate(
            Random::new(seed, Stream::Key)?,
            Random::new(seed, Stream::Blinding)?,
        );
        let served = Served {
            ca_pem,
            dialog,
            control_token,
        };
        Self::with_keys((&base_url, served), config, clock, seed, keys)
    }

    pub(crate) fn with_keys(
        (base_url, served): (&str, Served),
        config: Config,
        clock: Box<dyn Clock>,
        seed: Option<u64>,
        keys: KeyStore,
    ) -> Result<Self, NoEntropy> {
        let clock = TenantClock::new(clock);
        let store = Store::new(config.clone(), seed, clock.now_ms())?;
        Ok(Self(Arc::new(Inner {
            base_url: base_url.trim_end_matches('/').to_owned(),
            served,
            clock,
            keys,
            initial: config,
            seed,
            store: Mutex::new(store),
            changes: watch::Sender::new(0),
        })))
    }

    /// Locks the state. A poisoned lock is used all the same, so that a panic in one request does not stop the tenant.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn clock(&self) -> &TenantClock {
        &self.0.clock
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.0.clock.now_ms()
    }

    pub(crate) fn keys(&self) -> &KeyStore {
        &self.0.keys
    }

    /// The address of the tenant, without a trailing slash.
    pub(crate) fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// Whether it is served over TLS, so that cookies can be secure.
    pub(crate) fn is_secure(&self) -> bool {
        self.0.base_url.starts_with("https:")
    }

    /// The certificate authority to trust.
    pub(crate) fn ca_pem(&self) -> Option<&str> {
        self.0.served.ca_pem.as_deref()
    }

    /// The dialog of the hosted login page.
    pub(crate) fn dialog(&self) -> Option<&Dialog> {
        self.0.served.dialog.as_ref()
    }

    /// The token for callers of the control API on other machines.
    pub(crate) fn control_token(&self) -> Option<&Secret> {
        self.0.served.control_token.as_ref()
    }

    /// The issuer, with a trailing slash as at Auth0.
    pub(crate) fn issuer(&self) -> String {
        format!("{}/", self.0.base_url)
    }

    /// Wakes the tasks that wait for changes, and sends the mails that wait. The caller must not hold the lock.
    pub(crate) fn announce(&self) {
        let waiting = {
            let mut store = self.store();
            store.outbox.stamp(self.0.clock.machine_ms());
            std::mem::take(&mut store.outgoing)
        };
        for outgoing in waiting {
            self.send(outgoing);
        }
        self.0.changes.send_modify(|count| *count += 1);
    }

    /// Sends a mail, on another thread if the mail goes to another computer.
    fn send(&self, outgoing: Outgoing) {
        let is_slow = outgoing.is_slow();
        let state = self.clone();
        let send = move || {
            let Err(error) = outgoing.send() else {
                return;
            };
            let now_ms = state.now_ms();
            state.store().note_unsent(&outgoing.message, &error, now_ms);
            state.0.changes.send_modify(|count| *count += 1);
        };
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) if is_slow => drop(runtime.spawn_blocking(send)),
            Err(_) if is_slow => drop(std::thread::spawn(send)),
            _ => send(),
        }
    }

    /// A receiver that [`AppState::announce`] wakes.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    /// Restores the initial settings, users, clock, randomness and signing keys.
    pub(crate) fn reset(&self) -> Result<(), NoEntropy> {
        self.0.clock.reset();
        self.0.keys.reset();
        let fresh = Store::new(self.0.initial.clone(), self.0.seed, self.now_ms())?;
        *self.store() = fresh;
        self.announce();
        Ok(())
    }
}

impl Store {
    /// Logs that `message` could not be sent.
    pub(crate) fn note_unsent(&mut self, message: &Message, error: &PostError, now_ms: u64) {
        tracing::warn!("mail {}: {error}", message.id);
        let event = Event {
            description: "Failed to send notification",
            connection: &message.connection,
            client_id: &message.client_id,
            user_name: &message.to,
            details: json!({"error": error.to_string()}),
            ..Event::new(Type::Fn)
        };
        self.logs
            .push(&event, &Caller::default(), &mut self.random, now_ms);
    }

    fn new(config: Config, seed: Option<u64>, now_ms: u64) -> Result<Self, rand_core::Error> {
        let mut random = Random::new(seed, Stream::Main)?;
        let codes = CodeBook::new(random.bytes());
        let users = Users::seeded(&config, &mut random, now_ms);
        Ok(Self {
            config,
            codes,
            users,
            random,
            sessions: Sessions::default(),
            grants: Grants::default(),
            hosted: Hosted::default(),
            outbox: Outbox::default(),
            outgoing: Vec::new(),
            logs: Logs::default(),
            faults: Faults::default(),
            limits: Limits::default(),
            attacks: Attacks::default(),
            captchas: Captchas::default(),
            assertions: Assertions::default(),
            deprecations: BTreeSet::new(),
        })
    }
}
