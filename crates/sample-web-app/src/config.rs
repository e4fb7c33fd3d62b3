//! The app's settings, checked at start-up.

use std::{fmt, path::PathBuf, time::Duration};

use chrono::TimeDelta;

use crate::address::{AddressError, BaseUrl, Domain};

/// The shortest session secret that is accepted, in bytes.
pub const MIN_SESSION_SECRET_BYTES: usize = 32;

/// The settings, all valid.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address people open this app at.
    pub base_url: BaseUrl,
    /// The client's id at the tenant.
    pub client_id: String,
    /// The client's secret at the tenant.
    pub client_secret: Secret,
    /// The folder with the built package, served under `/dist/`.
    pub dist: PathBuf,
    /// The tenant's domain.
    pub domain: Domain,
    /// How long a person may take from opening the page to the end of the login. Default 30 minutes.
    pub login_life: TimeDelta,
    /// The secret that encrypts the cookies of logins in progress. With `None` the app makes a random key at each start.
    /// Then logins that began before a restart, or at another instance of the app, have to begin again.
    pub session_secret: Option<Secret>,
    /// The time limit for one response of the tenant. Default: 10 s.
    pub tenant_timeout: Duration,
    /// The folder with the pages.
    pub www: PathBuf,
}

/// The reason why the app cannot start. Each message is one sentence that names the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The command line cannot be read.
    #[error("{0} (see --help)")]
    Arguments(String),
    /// The app's own address cannot be used.
    #[error("the base URL {0:?} {1} (set --base-url or BASE_URL)")]
    BaseUrl(String, AddressError),
    /// The tenant's address cannot be used.
    #[error("the domain {0:?} {1} (set --domain or AUTH0_DOMAIN)")]
    Domain(String, AddressError),
    /// The client ID is missing, or is the mock tenant's although the tenant is not on this machine.
    #[error(
        "the client id is missing: set AUTH0_CLIENT_ID to the Client ID in the application's settings at the tenant"
    )]
    ClientId,
    /// The client secret is missing, or is the mock tenant's, which everybody knows, although the tenant is not on this
    /// machine.
    #[error(
        "the client secret is missing: set AUTH0_CLIENT_SECRET to the Client Secret in the application's settings at the tenant"
    )]
    ClientSecret,
    /// The file with settings cannot be read.
    #[error("the file {0} cannot be read: {1}")]
    EnvFile(String, String),
    /// The folder with the pages does not exist.
    #[error(
        "there is no folder {0:?} with the pages; start from the top of the repository, or pass --www"
    )]
    NoPages(PathBuf),
    /// The session secret is so short that somebody could guess it.
    #[error(
        "the session secret is shorter than {MIN_SESSION_SECRET_BYTES} characters: set SESSION_SECRET to what `openssl rand -hex 32` prints, or leave it out"
    )]
    SessionSecret,
}

/// All errors in the settings. The message has one line for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsErrors(pub Vec<SettingsError>);

impl fmt::Display for SettingsErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SettingsErrors {}

impl From<SettingsError> for SettingsErrors {
    fn from(error: SettingsError) -> Self {
        Self(vec![error])
    }
}

/// A text that `Debug` does not show, so that it is in no log and no error.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text of the secret.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("([redacted])")
    }
}
