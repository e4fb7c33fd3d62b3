//! What the app is told at start-up, checked.

use std::{fmt, path::PathBuf, time::Duration};

use crate::address::{AddressError, BaseUrl, Domain};

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
    /// The client id or secret is empty.
    #[error("the {0} is empty; copy it from the application's settings at the tenant")]
    Empty(&'static str),
    /// The pages are not where they were said to be.
    #[error(
        "there is no folder {0:?} with the pages; start from the top of the repository, or pass --www"
    )]
    NoPages(PathBuf),
    /// The built-in credentials are known to everyone and to the mock tenant alone.
    #[error(
        "the domain {0} is not on this machine: set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET to your application's own"
    )]
    PublicSecret(String),
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
