//! The state that all requests share.

use std::{fmt, sync::Arc};

use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;

use crate::{
    clock::{Clock, SystemClock},
    config::Settings,
    http::TenantHttp,
    limits::Limits,
    oidc::Tenant,
    pending_login::{self, PendingLogin},
    random::{OsRandom, Random},
    session::{self, Session},
    store::PerBrowser,
    transaction::Spent,
};

/// The app's shared state. Cloning it is cheap.
#[derive(Clone)]
pub struct AppState {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Encrypts the transaction cookies.
    pub cookie_key: Key,
    /// Limits the messages that are sent.
    pub limits: Arc<Limits>,
    /// Logins that wait for their code.
    pub pending: Arc<PerBrowser<PendingLogin>>,
    /// Makes the secrets.
    pub random: Arc<dyn Random>,
    /// The sessions of people who are logged in.
    pub sessions: Arc<PerBrowser<Session>>,
    /// The settings from the start-up.
    pub settings: Arc<Settings>,
    /// The transactions that were redeemed.
    pub spent: Arc<Spent>,
    /// The tenant. Its discovery is loaded when it is needed.
    pub tenant: Arc<Tenant>,
}

impl AppState {
    /// The state of a running app, with the machine's clock and randomness. Sends no request to the tenant.
    pub fn new(settings: Settings) -> Result<Self, StateError> {
        Self::with(settings, Arc::new(SystemClock), Arc::new(OsRandom))
    }

    /// The state with a given clock and randomness.
    pub fn with(
        settings: Settings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, StateError> {
        let cookie_key = if let Some(secret) = &settings.session_secret {
            Key::derive_from(secret.secret().as_bytes())
        } else {
            let mut key = [0; 64];
            random.fill(&mut key)?;
            Key::from(&key)
        };
        let http = TenantHttp::new(&settings)?;
        Ok(Self {
            cookie_key,
            limits: Arc::new(Limits::new(Arc::clone(&clock))),
            clock,
            pending: Arc::new(pending_login::store()),
            random,
            sessions: Arc::new(session::store()),
            spent: Arc::new(Spent::new(settings.login_life)),
            tenant: Arc::new(Tenant::new(http)),
            settings: Arc::new(settings),
        })
    }
}

/// The reason why the state cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// There is no key for the cookies.
    #[error(transparent)]
    Randomness(#[from] crate::random::NoRandomness),
    /// TLS cannot be set up.
    #[error(transparent)]
    Tls(#[from] openidconnect::reqwest::Error),
}

impl FromRef<AppState> for Key {
    fn from_ref(state: &AppState) -> Self {
        state.cookie_key.clone()
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
