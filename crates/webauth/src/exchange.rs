//! Requests to the tenant: the options of a call that concern its request, the headers, and the one function that sends it.

use std::fmt;

use crate::client::Client;
use crate::config::{DEFAULT_TIMEOUT_MS, Settings};
use crate::env::{Body, Env, HttpError, Request, Response};
use crate::error::{Clock, Error};
use crate::wire::{Params, Value, remove, whole_number};

/// A request that is ready to be sent.
pub(crate) struct Exchange {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) body: Option<Params>,
    pub(crate) call: Call,
    /// The access token of the header `Authorization` (RFC 6750 section 2.1).
    pub(crate) bearer: Option<String>,
}

impl Exchange {
    /// A request with a JSON body.
    pub(crate) fn post(path: &'static str, body: Params, call: Call) -> Self {
        Self {
            method: "POST",
            path,
            body: Some(body),
            call,
            bearer: None,
        }
    }

    /// The secrets in the request, which are masked in errors.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let mut secrets: Vec<String> = self.bearer.iter().cloned().collect();
        for (name, value) in self.body.iter().flatten() {
            if let Value::String(text) = value
                && SECRETS.contains(&name.as_str())
            {
                secrets.push(text.clone());
            }
        }
        secrets
    }
}

/// The members of a body that are secrets. The texts of these members never appear in an error.
const SECRETS: &[&str] = &[
    "otp",
    "verification_code",
    "code",
    "code_verifier",
    "password",
    "client_secret",
    "client_assertion",
    "assertion",
    "refresh_token",
    "subject_token",
];

impl fmt::Debug for Exchange {
    /// Without the body and the token.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Exchange")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// The options of a call that concern its request: none of them is sent to the tenant as a parameter. (`js::Call` is another thing: a
/// call that JavaScript polls.)
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
            timeout_ms: limit.map_or(DEFAULT_TIMEOUT_MS, whole_number),
            language: language
                .or(settings.option("language"))
                .as_str()
                .map(str::to_owned),
            credentials: false,
        }
    }
}

impl<E: Env> Client<E> {
    /// Sends the request of `exchange`. A response with another status than 2xx, and one with broken JSON, is an error.
    pub(crate) async fn perform(&self, mut exchange: Exchange) -> Result<Response, Error> {
        let secrets = exchange.secrets();
        let request = self.request(&mut exchange);
        match self.env.http(request).await {
            Ok(response) => self.accept(response, &secrets),
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

    fn accept(&self, response: Response, secrets: &[String]) -> Result<Response, Error> {
        if (200..300).contains(&response.status) && !matches!(response.body, Body::Malformed(_)) {
            Ok(response)
        } else {
            let clock = Clock {
                now_ms: self.env.now_ms(),
                parse_date: &|text| self.env.parse_date(text),
            };
            Err(Error::from_response(response, secrets, &clock))
        }
    }
}

/// The body of a response as a value, with the names that the tenant sent. An empty body is an empty object.
pub(crate) fn contents(response: Response) -> Value {
    match response.body {
        Body::Json(body) if body.is_truthy() => body,
        Body::Text(text) => Value::String(text),
        Body::Empty | Body::Json(_) | Body::Malformed(_) => Value::Object(Params::new()),
    }
}
