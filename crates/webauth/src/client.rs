//! The client: its settings, its environment, and the one function that sends its requests.

use std::fmt;

use crate::config::{Config, DEFAULT_TIMEOUT_MS, Settings, seconds};
use crate::cross_origin::Verifier;
use crate::env::{Body, Env, HttpError, Request, Response};
use crate::error::{Clock, Error};
use crate::passwordless::VerificationCode;
use crate::pkce;
use crate::telemetry;
use crate::wire::{Params, Value, get, remove};

/// A client of one tenant (auth0.js: `WebAuth`). It keeps no state between calls, because [`Env::memory`] does. To use it in
/// several places, share it in an `Rc`.
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
        if !pkce::AVAILABLE && settings.option("pkce").is_truthy() {
            return Err(Error::InvalidOptions(
                "pkce needs the crate's feature `pkce`",
            ));
        }
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

    /// Leaves the page for the address that a successful login returned. Before that it stores what the page keeps for the
    /// tenant's verification page.
    pub fn follow(&self, redirect: Redirect) {
        if let Some(verifier) = redirect.verifier {
            verifier.store(self);
        }
        self.env.navigate(&redirect.url);
    }

    /// Whether the page is the tenant's own login page.
    pub(crate) fn on_universal_login(&self) -> bool {
        self.env.location().host == self.settings.host
    }

    /// Sends the request of `exchange`. A response with another status than 2xx, and one with broken JSON, is an error.
    pub(crate) async fn perform(&self, mut exchange: Exchange) -> Result<Response, Error> {
        let request = self.request(&mut exchange);
        match self.env.http(request).await {
            Ok(response) => self.accept(response, exchange.secret.secret()),
            Err(error) => {
                if error == HttpError::Network {
                    self.suspect_origin(exchange.path);
                }
                let url = self.at(exchange.path);
                Err(Error::without_response(error, exchange.method, url))
            }
        }
    }

    /// Warns on the console, once a page and path, that the tenant may not list the page's origin. A browser hides the
    /// response from such a page, so the error looks as if the browser were offline.
    pub(crate) fn suspect_origin(&self, path: &str) {
        let silenced = self.settings.option("_disableDeprecationWarnings");
        let origin = self.env.location().origin;
        let memory = self.env.memory();
        let place = ["origin ", path].concat();
        if silenced.is_truthy() || origin.is_empty() || memory.get(&place).is_some() {
            return;
        }
        memory.put(&place, Value::Null);
        self.env.warn(
            &[
                "latchkey: ",
                &self.at(path),
                " gave no answer that this page can read. If the tenant can be reached, it does not list this page's origin: add ",
                &origin,
                " to the client's Allowed Web Origins, and to its Allowed Origins (CORS) unless a callback URL has it",
            ]
            .concat(),
        );
    }

    fn request(&self, exchange: &mut Exchange) -> Request {
        let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        if let Some(language) = exchange.call.language.take() {
            headers.push(("X-Request-Language".to_owned(), language));
        }
        if let Some(extra) = self.settings.option("headers").as_object() {
            headers.extend(
                extra
                    .iter()
                    .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))),
            );
        }
        if let Some(telemetry) = &self.telemetry {
            headers.push(("Auth0-Client".to_owned(), telemetry.clone()));
        }
        if let Some(token) = exchange.bearer.take() {
            headers.push(("Authorization".to_owned(), ["Bearer ", &token].concat()));
        }
        Request {
            method: exchange.method,
            url: self.at(exchange.path),
            headers,
            body: exchange.body.take(),
            credentials: exchange.call.credentials,
            timeout_ms: exchange.call.timeout_ms,
        }
    }

    fn at(&self, path: &str) -> String {
        [&self.settings.root_url, path].concat()
    }

    fn accept(&self, response: Response, secret: &str) -> Result<Response, Error> {
        if (200..300).contains(&response.status) && !matches!(response.body, Body::Malformed(_)) {
            Ok(response)
        } else {
            let clock = Clock {
                now_ms: self.env.now_ms(),
                parse_date: &|text| self.env.parse_date(text),
            };
            Err(Error::from_response(response, secret, &clock))
        }
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

impl Settings {
    /// The constructor option `name`.
    pub(crate) fn option(&self, name: &str) -> &Value {
        get(&self.base, name)
    }
}

/// A request that is ready to be sent.
pub(crate) struct Exchange {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) body: Option<Params>,
    pub(crate) call: Call,
    /// The access token of the header `Authorization` (RFC 6750 section 2.1).
    pub(crate) bearer: Option<String>,
    /// The secret in the request, which is masked in errors.
    pub(crate) secret: VerificationCode,
}

impl Exchange {
    /// A request with a JSON body and without secrets.
    pub(crate) fn post(path: &'static str, body: Params, call: Call) -> Self {
        Self {
            method: "POST",
            path,
            body: Some(body),
            call,
            bearer: None,
            secret: VerificationCode::default(),
        }
    }
}

impl fmt::Debug for Exchange {
    /// Without the body and the token.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Exchange")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// The options of a call that concern its request: none of them is sent to the tenant as a parameter.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) timeout_ms: u32,
    pub(crate) language: Option<String>,
    pub(crate) credentials: bool,
}

impl Call {
    /// Removes these options from `options` and reads them. Missing ones have the constructor's values.
    pub(crate) fn take(options: &mut Params, settings: &Settings) -> Self {
        let timeout = remove(options, "timeout");
        remove(options, "signal");
        remove(options, "onRedirecting");
        let language = remove(options, "xRequestLanguage");
        let limit = timeout.as_f64().or(settings.option("timeout").as_f64());
        Self {
            timeout_ms: limit.map_or(DEFAULT_TIMEOUT_MS, seconds),
            language: language
                .or(settings.option("language"))
                .as_str()
                .map(str::to_owned),
            credentials: false,
        }
    }
}

/// The navigation that completes a successful login. Pass it to [`Client::follow`].
///
/// The address carries a login ticket or, on the universal login page, the verification code. `Debug` shows neither.
#[must_use = "the login ends only where this leads"]
pub struct Redirect {
    pub(crate) url: String,
    pub(crate) verifier: Option<Verifier>,
}

impl fmt::Debug for Redirect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Redirect([redacted])")
    }
}
