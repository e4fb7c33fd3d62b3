//! The command line and the environment.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::TimeDelta;
use clap::{CommandFactory, FromArgMatches, Parser, error::ErrorKind};

use crate::{
    address::{BaseUrl, Domain},
    config::{MIN_SESSION_SECRET_BYTES, Secret, Settings, SettingsError, SettingsErrors},
};

/// The mock tenant's built-in client.
const MOCK_CLIENT_ID: &str = "latchkey-web";

/// The secret of that client. Everybody knows it.
const MOCK_CLIENT_SECRET: &str = "latchkey-web-secret";

/// The time limit for one response of the tenant.
const TENANT_TIMEOUT: Duration = Duration::from_secs(10);

/// The possible folders of the built package, the preferred one first: the repository's build, and npm's installation.
const DIST: [&str; 2] = ["dist", "node_modules/latchkey/dist"];

/// The sample web app: log in with a code by e-mail, against the mock tenant or your own.
///
/// The file .env in the current folder sets what the environment and the command line do not.
#[derive(Debug, Clone, Parser)]
#[command(version)]
pub struct Cli {
    /// The port to listen on; 0 takes a free one
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,

    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,

    /// The tenant's domain, such as me.auth0.com
    #[arg(long, env = "AUTH0_DOMAIN", default_value = "http://localhost:4000")]
    pub domain: String,

    /// The application's client id at the tenant [default on this machine: that of the mock tenant]
    #[arg(long, env = "AUTH0_CLIENT_ID")]
    pub client_id: Option<String>,

    /// The application's client secret; better set by the environment, where other users do not see it
    /// [default on this machine: that of the mock tenant]
    #[arg(long, env = "AUTH0_CLIENT_SECRET", hide_env_values = true)]
    pub client_secret: Option<String>,

    /// The address people open this app at [default: http://localhost:PORT]; the tenant's list of allowed callback
    /// URLs has to have this address with /callback behind it
    #[arg(long, env = "BASE_URL")]
    pub base_url: Option<String>,

    /// The secret that encrypts the cookies of logins in progress, 32 characters or more [default: drawn at each start]
    #[arg(long, env = "SESSION_SECRET", hide_env_values = true)]
    pub session_secret: Option<String>,

    /// How long a person may take from opening the page to the end of the login, in seconds
    #[arg(long, env = "LOGIN_SECONDS", default_value_t = 1800, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub login_seconds: u32,

    /// The folder with the pages
    #[arg(long, default_value = "www")]
    pub www: PathBuf,

    /// The folder with the built package [default: dist, or else the one in the installed npm package]
    #[arg(long)]
    pub dist: Option<PathBuf>,
}

impl Cli {
    /// Reads arguments and environment. `Ok(Err(text))` is what `--help` or `--version` asks to print.
    pub fn read<I, T>(arguments: I) -> Result<Result<Self, String>, SettingsError>
    where
        I: IntoIterator<Item = T>,
        T: Into<std::ffi::OsString> + Clone,
    {
        let parsed = Self::command()
            .try_get_matches_from(arguments)
            .and_then(|mut matches| Self::from_arg_matches_mut(&mut matches));
        match parsed {
            Ok(cli) => Ok(Ok(cli)),
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
                ) =>
            {
                Ok(Err(error.to_string()))
            }
            Err(error) => {
                let text = error.to_string();
                let first = text.lines().next().unwrap_or_default();
                let cause = first.strip_prefix("error: ").unwrap_or(first);
                Err(SettingsError::Arguments(cause.to_owned()))
            }
        }
    }

    /// Checks the settings. The error lists every setting that is missing or malformed. `port` is the port on which the
    /// app listens. The default base URL contains it.
    pub fn settings(self, port: u16) -> Result<Settings, SettingsErrors> {
        let mut errors = Vec::new();
        let mut note = |error: SettingsError| errors.push(error);
        let domain = Domain::parse(&self.domain)
            .map_err(|cause| note(SettingsError::Domain(self.domain.clone(), cause)));
        // If the domain cannot be read, it is unknown whether a client ID and a secret are needed. So those are not reported.
        let on_this_machine = domain.as_ref().map_or(true, Domain::is_local);
        let base_url = self
            .base_url
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| format!("http://localhost:{port}"));
        let base_url = BaseUrl::parse(&base_url)
            .map_err(|cause| note(SettingsError::BaseUrl(base_url.clone(), cause)));
        let mut own = |given: Option<String>, mocks: &str, missing: SettingsError| match given {
            Some(text) if text.is_empty() || (text == mocks && !on_this_machine) => {
                note(missing);
                None
            }
            None if !on_this_machine => {
                note(missing);
                None
            }
            given => Some(given.unwrap_or_else(|| mocks.to_owned())),
        };
        let client_id = own(self.client_id, MOCK_CLIENT_ID, SettingsError::ClientId);
        let client_secret = own(
            self.client_secret,
            MOCK_CLIENT_SECRET,
            SettingsError::ClientSecret,
        );
        let session_secret = self.session_secret.filter(|text| !text.is_empty());
        if session_secret
            .as_ref()
            .is_some_and(|text| text.len() < MIN_SESSION_SECRET_BYTES)
        {
            errors.push(SettingsError::SessionSecret);
        }
        if !self.www.is_dir() {
            errors.push(SettingsError::NoPages(self.www.clone()));
        }
        match (domain, base_url, client_id, client_secret) {
            (Ok(domain), Ok(base_url), Some(client_id), Some(client_secret))
                if errors.is_empty() =>
            {
                Ok(Settings {
                    base_url,
                    client_id,
                    client_secret: Secret::new(client_secret),
                    dist: self.dist.unwrap_or_else(built_package),
                    domain,
                    login_life: TimeDelta::seconds(self.login_seconds.into()),
                    session_secret: session_secret.map(Secret::new),
                    tenant_timeout: TENANT_TIMEOUT,
                    www: self.www,
                })
            }
            _ => Err(SettingsErrors(errors)),
        }
    }
}

fn built_package() -> PathBuf {
    let [first, _] = DIST;
    let there = DIST.into_iter().find(|folder| Path::new(folder).is_dir());
    PathBuf::from(there.unwrap_or(first))
}
