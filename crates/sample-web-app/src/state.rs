//! What all requests share.

use std::{fmt, sync::Arc};

use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;

use crate::{
    clock::{Clock, SystemClock},
    config::Settings,
    http::TenantHttp,
    oidc::Tenant,
    pending_login::PendingLogins,
    random::{OsRandom, Random},
    session::Sessions,
    transaction::Spent,
};

/// The app's shared state; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Encrypts the transaction cookies. New at each start: logins begun before a restart have to begin again.
    pub cookie_key: Key,
    /// Logins that wait for their code.
    pub pending: Arc<PendingLogins>,
    /// Gives the secrets.
    pub random: Arc<dyn Random>,
    /// Who is logged in.
    pub sessions: Arc<Sessions>,
    /// What the app was told at start-up.
    pub settings: Arc<Settings>,
    /// Transactions already redeemed.
    pub spent: Arc<Spent>,
    /// The tenant, asked only when needed.
    pub tenant: Arc<Tenant>,
}

impl AppState {
    /// The state of a running app: the machine's clock and randomness. Asks nothing of the tenant yet.
    pub fn new(settings: Settings) -> Result<Self, StateError> {
        Self::with(settings, Arc::new(SystemClock), Arc::new(OsRandom))
    }

    /// The state with a given clock and randomness.
    pub fn with(
        settings: Settings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, StateError> {
        let mut key = [0; 64];
        random.fill(&mut key)?;
        let http = TenantHttp::new(&settings)?;
        Ok(Self {
            clock,
            cookie_key: Key::from(&key),
            pending: Arc::default(),
            random,
            sessions: Arc::default(),
            spent: Arc::default(),
            tenant: Arc::new(Tenant::new(http)),
            settings: Arc::new(settings),
        })
    }
}

/// Why the state cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// No key for the cookies.
    #[error(transparent)]
    Randomness(#[from] crate::random::NoRandomness),
    /// No TLS.
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
