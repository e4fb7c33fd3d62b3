//! The command line and the environment.

use std::{path::PathBuf, time::Duration};

use clap::{CommandFactory, FromArgMatches, Parser, error::ErrorKind};

use crate::{
    address::{BaseUrl, Domain},
    config::{Secret, Settings, SettingsError},
};

/// The secret that the mock tenant gives its built-in client. Not a secret.
const MOCK_CLIENT_SECRET: &str = "latchkey-web-secret";

/// How long the tenant may take for one answer.
const TENANT_TIMEOUT: Duration = Duration::from_secs(10);

/// The sample web app: log in with a code by e-mail, against the mock tenant or your own.
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

    /// The application's client id at the tenant
    #[arg(long, env = "AUTH0_CLIENT_ID", default_value = "latchkey-web")]
    pub client_id: String,

    /// The application's client secret; better set by the environment, where other users do not see it
    #[arg(long, env = "AUTH0_CLIENT_SECRET", default_value = MOCK_CLIENT_SECRET, hide_env_values = true)]
    pub client_secret: String,

    /// The address people open this app at [default: http://localhost:PORT]
    #[arg(long, env = "BASE_URL")]
    pub base_url: Option<String>,

    /// The folder with the pages
    #[arg(long, default_value = "www")]
    pub www: PathBuf,

    /// The folder with the built package
    #[arg(long, default_value = "dist")]
    pub dist: PathBuf,
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

    /// Checks the settings. `port` is the port really listened on, for the default base URL.
    pub fn settings(self, port: u16) -> Result<Settings, SettingsError> {
        let domain = Domain::parse(&self.domain)
            .map_err(|cause| SettingsError::Domain(self.domain.clone(), cause))?;
        let base_url = self
            .base_url
            .unwrap_or_else(|| format!("http://localhost:{port}"));
        let base_url = BaseUrl::parse(&base_url)
            .map_err(|cause| SettingsError::BaseUrl(base_url.clone(), cause))?;
        if self.client_id.is_empty() {
            return Err(SettingsError::Empty("client id"));
        }
        if self.client_secret.is_empty() {
            return Err(SettingsError::Empty("client secret"));
        }
        if self.client_secret == MOCK_CLIENT_SECRET && !domain.is_local() {
            return Err(SettingsError::PublicSecret(domain.origin().to_owned()));
        }
        if !self.www.is_dir() {
            return Err(SettingsError::NoPages(self.www));
        }
        Ok(Settings {
            base_url,
            client_id: self.client_id,
            client_secret: Secret::new(self.client_secret),
            dist: self.dist,
            domain,
            tenant_timeout: TENANT_TIMEOUT,
            www: self.www,
        })
    }
}
