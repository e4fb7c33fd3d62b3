//! The settings of a client: their Rust types, their defaults and their checks.
//!
//! Only options that many programs need are fields of [`Config`]. All others are in [`Config::extra`] by their JavaScript name. The rest
//! of the crate reads both in the same way: by the JavaScript name, with `Settings::option`.

use crate::check::{Check, Kind, expect, expect_all, required_options};
use crate::error::Error;
use crate::text::split;
use crate::wire::{Params, Value, get, set, whole_number};

/// The settings of a [`Client`](crate::Client) in Rust's types. [`Config::new`] gives the defaults.
///
/// A field's JavaScript name stands in brackets. A field without one has the same name in `camelCase`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Config {
    /// The tenant's domain, `me.auth0.com`, or its origin, `http://localhost:4000`.
    pub domain: String,
    /// The client's ID at the tenant, `client_id` on the wire (`clientID`).
    #[cfg_attr(feature = "serde", serde(rename = "clientID"))]
    pub client_id: String,
    /// The address to which the tenant sends the person with the authorization response. It has to be one of the client's
    /// Allowed Callback URLs.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub redirect_uri: Option<String>,
    /// `code`, `token`, `id_token`, or several of them separated by spaces. There is no default: a call without its own
    /// response type needs this one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub response_type: Option<String>,
    /// `query`, `fragment`, `form_post` or `web_message`. Default: the tenant chooses by the response type.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub response_mode: Option<String>,
    /// Scopes, separated by spaces. Default: `openid profile email` at `/authorize`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub scope: Option<String>,
    /// The API that the access token is for, by its identifier. Default: none, so the tenant's own setting counts.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub audience: Option<String>,
    /// The state of every call, if a server mints it. Default: random, a new one for each call.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub state: Option<String>,
    /// The nonce of every call, if a server mints it. Default: random, a new one for each call that asks for an ID token.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub nonce: Option<String>,
    /// The organization to log in to, by its ID (`org_...`) or its name. ID tokens have to be for it. Default: none.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub organization: Option<String>,
    /// Language of the mail or message (header `X-Request-Language`). Default: the browser's.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub language: Option<String>,
    /// Milliseconds after which a request fails with [`Error::Timeout`] (`timeout`); 0 for never. Default: 10 000.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "timeout", default = "default_timeout_ms")
    )]
    pub timeout_ms: u32,
    /// Whether requests name this SDK and its version (`_sendTelemetry`). Default: true.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "_sendTelemetry", default = "default_send_telemetry")
    )]
    pub send_telemetry: bool,
    /// Minutes for which a transaction is kept (`stateExpiration`); 0 for the default. Default: 30, as in auth0.js.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "stateExpiration", default = "default_state_expiration_min")
    )]
    pub state_expiration_min: u32,
    /// The attribute `Domain` of the cookies. Default: none, so only the page's own host gets them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub cookie_domain: Option<String>,
    /// Further options under their JavaScript names. Among them are `leeway` (seconds by which the clocks of tenant and browser may
    /// differ, from 0 to 300; default 60), `maxAge` (seconds), `pkce`, `headers`, `_csrf` and `overrides`.
    #[cfg_attr(feature = "serde", serde(flatten, with = "crate::serialize::members"))]
    pub extra: Params,
}

impl Config {
    /// Settings with the two values that every client needs, and the defaults of all others.
    #[must_use]
    pub fn new(domain: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self {
            domain: domain.into(),
            client_id: client_id.into(),
            redirect_uri: None,
            response_type: None,
            response_mode: None,
            scope: None,
            audience: None,
            state: None,
            nonce: None,
            organization: None,
            language: None,
            timeout_ms: DEFAULT_TIMEOUT_MS,
            send_telemetry: true,
            state_expiration_min: DEFAULT_STATE_EXPIRATION_MIN,
            cookie_domain: None,
            extra: Params::new(),
        }
    }

    /// The same settings under their JavaScript names.
    pub(crate) fn into_options(self) -> Params {
        let mut options = self.extra;
        for (name, value) in [
            ("domain", Some(self.domain)),
            ("clientID", Some(self.client_id)),
            ("redirectUri", self.redirect_uri),
            ("responseType", self.response_type),
            ("responseMode", self.response_mode),
            ("scope", self.scope),
            ("audience", self.audience),
            ("state", self.state),
            ("nonce", self.nonce),
            ("organization", self.organization),
            ("language", self.language),
            ("cookieDomain", self.cookie_domain),
        ] {
            if value.is_some() {
                set(&mut options, name, value);
            }
        }
        set(&mut options, "timeout", self.timeout_ms);
        set(&mut options, "stateExpiration", self.state_expiration_min);
        set(&mut options, "_sendTelemetry", self.send_telemetry);
        options
    }
}

/// The time limit of a request in milliseconds.
pub(crate) const DEFAULT_TIMEOUT_MS: u32 = 10_000;

/// The lifetime of a transaction in minutes, as in auth0.js.
const DEFAULT_STATE_EXPIRATION_MIN: u32 = 30;

#[cfg(feature = "serde")]
fn default_timeout_ms() -> u32 {
    DEFAULT_TIMEOUT_MS
}

#[cfg(feature = "serde")]
fn default_send_telemetry() -> bool {
    true
}

#[cfg(feature = "serde")]
fn default_state_expiration_min() -> u32 {
    DEFAULT_STATE_EXPIRATION_MIN
}

/// Whether this build can make challenges. The dialog makes none, and leaving them out saves it a kilobyte.
pub(crate) const PKCE_AVAILABLE: bool = cfg!(any(test, feature = "pkce"));

/// The constructor options after their checks.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The options, which are the defaults of the calls' options.
    pub(crate) base: Params,
    /// `https://me.auth0.com`, without a slash at the end.
    pub(crate) root_url: String,
    /// `me.auth0.com`, with the port if the option `domain` has one.
    pub(crate) host: String,
    /// The lifetime of a transaction in seconds.
    pub(crate) state_expiration_s: u32,
}

impl Settings {
    /// Checks constructor options in auth0.js's order, with its texts.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] with auth0.js's text.
    pub(crate) fn check(options: Value) -> Result<Self, Error> {
        let base = required_options(options)?;
        expect_all(&base, CHECKS)?;
        let overrides = get(&base, "overrides");
        if overrides.is_truthy() {
            expect(overrides, Kind::Object, "overrides option is not valid")?;
            if let Some(overrides) = overrides.as_object() {
                expect_all(overrides, OVERRIDES)?;
            }
        }
        let domain = get(&base, "domain").as_str().unwrap_or_default();
        let domain = domain.strip_suffix('/').unwrap_or(domain);
        let (host, root_url) = match split(domain, "://") {
            Some((_, host)) => (host.to_owned(), domain.to_owned()),
            None => (domain.to_owned(), ["https://", domain].concat()),
        };
        let minutes = get(&base, "stateExpiration")
            .as_f64()
            .filter(|minutes| *minutes > 0.0);
        let state_expiration_s = minutes.map_or(DEFAULT_STATE_EXPIRATION_MIN * 60, |minutes| {
            whole_number(minutes * 60.0)
        });
        if !PKCE_AVAILABLE && get(&base, "pkce").is_truthy() {
            return Err(Error::InvalidOptions(
                "pkce needs the crate's feature `pkce`",
            ));
        }
        Ok(Self {
            base,
            root_url,
            host,
            state_expiration_s,
        })
    }

    /// The constructor option `name`.
    pub(crate) fn option(&self, name: &str) -> &Value {
        get(&self.base, name)
    }
}

/// The types of the members of `overrides`.
const OVERRIDES: &[Check] = &[
    (
        "__tenant",
        Kind::OptionalString,
        "__tenant option is required",
    ),
    (
        "__token_issuer",
        Kind::OptionalString,
        "__token_issuer option is required",
    ),
    ("__jwks_uri", Kind::OptionalString, "__jwks_uri is required"),
];

/// The types of the constructor options that auth0.js checks. Other options have no check here: who reads them ignores a wrong type.
const CHECKS: &[Check] = &[
    ("domain", Kind::String, "domain option is required"),
    ("clientID", Kind::String, "clientID option is required"),
    (
        "responseType",
        Kind::OptionalString,
        "responseType is not valid",
    ),
    (
        "responseMode",
        Kind::OptionalString,
        "responseMode is not valid",
    ),
    (
        "redirectUri",
        Kind::OptionalString,
        "redirectUri is not valid",
    ),
    ("scope", Kind::OptionalString, "scope is not valid"),
    ("audience", Kind::OptionalString, "audience is not valid"),
    (
        "popupOrigin",
        Kind::OptionalString,
        "popupOrigin is not valid",
    ),
    ("leeway", Kind::OptionalNumber, "leeway is not valid"),
    ("plugins", Kind::OptionalObject, "plugins is not valid"),
    ("maxAge", Kind::OptionalNumber, "maxAge is not valid"),
    (
        "stateExpiration",
        Kind::OptionalNumber,
        "stateExpiration is not valid",
    ),
    (
        "legacySameSiteCookie",
        Kind::OptionalBool,
        "legacySameSiteCookie option is not valid",
    ),
    (
        "_disableDeprecationWarnings",
        Kind::OptionalBool,
        "_disableDeprecationWarnings option is not valid",
    ),
    (
        "_sendTelemetry",
        Kind::OptionalBool,
        "_sendTelemetry option is not valid",
    ),
    (
        "_telemetryInfo",
        Kind::OptionalObject,
        "_telemetryInfo option is not valid",
    ),
    (
        "_timesToRetryFailedRequests",
        Kind::OptionalNumber,
        "_timesToRetryFailedRequests option is not valid",
    ),
];
