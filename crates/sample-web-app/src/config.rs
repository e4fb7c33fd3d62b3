//! What the app is told at start-up, checked.

use std::{fmt, path::PathBuf, time::Duration};

use chrono::TimeDelta;

use crate::address::{AddressError, BaseUrl, Domain};

/// The shortest session secret taken, in bytes.
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
    /// What the cookies of logins in progress are encrypted with. `None`: a key is drawn at each start, and logins begun
    /// before a restart, or at another instance of the app, have to begin again.
    pub session_secret: Option<Secret>,
    /// How long the tenant may take for one answer. Default 10 s.
    pub tenant_timeout: Duration,
    /// The folder with the pages.
    pub www: PathBuf,
}

/// Why the app cannot start. Each message is one sentence that names the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// A command line that cannot be read.
    #[error("{0} (see --help)")]
    Arguments(String),
    /// The app's own address cannot be used.
    #[error("the base URL {0:?} {1} (set --base-url or BASE_URL)")]
    BaseUrl(String, AddressError),
    /// The tenant's address cannot be used.
    #[error("the domain {0:?} {1} (set --domain or AUTH0_DOMAIN)")]
    Domain(String, AddressError),
    /// No client id, or the mock tenant's for a tenant elsewhere.
    #[error(
        "the client id is missing: set AUTH0_CLIENT_ID to the Client ID in the application's settings at the tenant"
    )]
    ClientId,
    /// No client secret, or the mock tenant's for a tenant elsewhere: everybody knows that one.
    #[error(
        "the client secret is missing: set AUTH0_CLIENT_SECRET to the Client Secret in the application's settings at the tenant"
    )]
    ClientSecret,
    /// The file with settings cannot be read.
    #[error("the file {0} cannot be read: {1}")]
    EnvFile(String, String),
    /// The pages are not where they were said to be.
    #[error(
        "there is no folder {0:?} with the pages; start from the top of the repository, or pass --www"
    )]
    NoPages(PathBuf),
    /// Too short to be beyond guessing.
    #[error(
        "the session secret is shorter than {MIN_SESSION_SECRET_BYTES} characters: set SESSION_SECRET to what `openssl rand -hex 32` prints, or leave it out"
    )]
    SessionSecret,
}

/// All that is wrong with the settings, one sentence a line.
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

/// A text that never shows itself in a log or an error.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the one place that needs it.
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
