//! The client: its settings and its environment. It knows none of its calls: each of them is an `impl Client` in the module of
//! its own.

use std::fmt;

use crate::config::{Config, Settings};
use crate::env::Env;
use crate::error::Error;
use crate::telemetry;
use crate::wire::Value;

/// A client of one tenant (auth0.js: `WebAuth`). It keeps no state between calls, because [`Env::memory`] does. To use it in
/// several places, share it in an `Rc`.
///
/// # The errors of a request
/// Calls that send a request fail with [`Error::Network`] or [`Error::Timeout`] if there is no response, and with an error that
/// has a [`Refusal`](crate::Refusal) if the tenant refuses: [`Error::refusal`] returns it, and [`Error::kind`] is for a `match`.
/// [`Error::ServerError`] also stands for a response that is not the tenant's, such as a proxy's page. A caller aborts a call by
/// dropping its future.
pub struct Client<E: Env> {
    pub(crate) env: E,
    pub(crate) settings: Settings,
    /// The value of the telemetry header. `None` if telemetry is switched off.
    pub(crate) telemetry: Option<String>,
}

impl<E: Env> Client<E> {
    /// Makes a client. Nothing is sent and nothing is stored.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if an option under [`Config::extra`] has the wrong type.
    pub fn new(config: Config, env: E) -> Result<Self, Error> {
        Self::from_options(Value::Object(config.into_options()), env)
    }

    /// Makes a client from options under their JavaScript names, as auth0.js's `new WebAuth(options)` does.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] with auth0.js's text if a required option is missing or an option has the wrong type.
    pub fn from_options(options: Value, env: E) -> Result<Self, Error> {
        let settings = Settings::check(options)?;
        let send_telemetry = !matches!(settings.option("_sendTelemetry"), Value::Bool(false));
        let telemetry =
            send_telemetry.then(|| telemetry::header(&env, settings.option("_telemetryInfo")));
        Ok(Self {
            env,
            settings,
            telemetry,
        })
    }

    /// The environment in which the client runs.
    #[must_use]
    pub fn env(&self) -> &E {
        &self.env
    }

    /// Reads and deletes a stored entry.
    pub(crate) fn take(&self, key: &str) -> Option<String> {
        self.env.take(key, self.cookie_domain())
    }

    /// The attribute `Domain` of the cookies (`cookieDomain`).
    pub(crate) fn cookie_domain(&self) -> Option<&str> {
        self.settings.option("cookieDomain").as_str()
    }

    /// Whether the page is the tenant's own login page.
    pub(crate) fn on_universal_login(&self) -> bool {
        self.env.location().host == self.settings.host
    }
}

impl<E: Env> fmt::Debug for Client<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("root_url", &self.settings.root_url)
            .finish_non_exhaustive()
    }
}
