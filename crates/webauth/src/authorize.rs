//! The authorization request: the address of `/authorize`, to which every login leads.

use crate::check::{Check, Kind, expect, expect_all, optional_options};
use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
use crate::names::to_snake_case;
use crate::text::contains;
use crate::transaction::{self, Transaction};
use crate::url::query;
use crate::wire::{Params, Value, get, overlay, pick, remove, set, set_text};

/// Constructor options that are the defaults of an authorization request, in wire order.
const DEFAULTS: &[&str] = &[
    "clientID",
    "responseType",
    "responseMode",
    "redirectUri",
    "scope",
    "audience",
    "_csrf",
    "state",
    "_intstate",
    "nonce",
    "organization",
    "invitation",
];

/// Constructor options that are the defaults of `buildAuthorizeUrl`, in wire order.
const URL_DEFAULTS: &[&str] = &[
    "clientID",
    "responseType",
    "responseMode",
    "redirectUri",
    "scope",
    "audience",
];

/// Constructor options that are the defaults of a login and of a silent authorization request, in the order in which they are
/// sent.
pub(crate) const LOGIN_DEFAULTS: &[&str] = &[
    "clientID",
    "responseType",
    "redirectUri",
    "scope",
    "audience",
    "_csrf",
    "state",
    "_intstate",
    "nonce",
];

/// The checks of `buildAuthorizeUrl` that auth0.js makes before the check of the nonce.
const CHECKS_BEFORE_NONCE: &[Check] = &[
    ("clientID", Kind::String, "clientID option is required"),
    (
        "redirectUri",
        Kind::OptionalString,
        "redirectUri option is required",
    ),
    (
        "responseType",
        Kind::String,
        "responseType option is required",
    ),
];

/// The checks of `buildAuthorizeUrl` that auth0.js makes after the check of the nonce.
const CHECKS_AFTER_NONCE: &[Check] = &[
    ("scope", Kind::OptionalString, "scope option is required"),
    (
        "audience",
        Kind::OptionalString,
        "audience option is required",
    ),
];

/// Options that only the SDK reads. They are not sent to the tenant.
const NOT_SENT: &[&str] = &[
    "username",
    "popupOptions",
    "domain",
    "tenant",
    "timeout",
    "appState",
    "signal",
    "pkce",
    "redirect",
];

/// Parameters that `/authorize` knows, each between blanks: one text is several hundred bytes smaller than a list.
/// Other parameters are sent too, and the console gets a warning, as in auth0.js.
const KNOWN: &str = " connection connection_scope auth0Client owp device realm organization invitation protocol _csrf \
_intstate login_ticket client_id response_type response_mode redirect_uri audience scope state nonce display prompt \
screen_hint max_age ui_locales claims_locales id_token_hint login_hint acr_values claims registration request \
request_uri code_challenge code_challenge_method access_type ";

/// Options of [`Client::authorize`] (auth0.js: `authorize`). All of them are optional.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct AuthorizeOptions {
    /// The connection to log in with. Default: the person chooses on the tenant's login page.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub connection: Option<String>,
    /// `login`, `none`, `consent` or `select_account` (OpenID Connect Core 1.0 section 3.1.2.1). Default: the tenant decides.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub prompt: Option<String>,
    /// The address that the tenant puts into its login form (`login_hint`).
    #[cfg_attr(
        feature = "serde",
        serde(rename = "login_hint", skip_serializing_if = "Option::is_none")
    )]
    pub login_hint: Option<String>,
    /// The state, if a server mints and checks it. Default: random.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub state: Option<String>,
    /// The nonce, if a server mints and checks it. Default: random, if the response type contains `id_token`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub nonce: Option<String>,
    /// A value that the page gets back after the login (`appState`). It is stored in the browser and not sent.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub app_state: Option<Value>,
    /// Further options under their JavaScript names, and further parameters of `/authorize`.
    #[cfg_attr(feature = "serde", serde(flatten, with = "crate::serialize::members"))]
    pub extra: Params,
}

impl AuthorizeOptions {
    fn into_options(self) -> Params {
        let mut options = Params::new();
        for (name, value) in [
            ("connection", self.connection),
            ("prompt", self.prompt),
            ("login_hint", self.login_hint),
            ("state", self.state),
            ("nonce", self.nonce),
        ] {
            if value.is_some() {
                set(&mut options, name, value);
            }
        }
        if let Some(app_state) = self.app_state {
            set(&mut options, "appState", app_state);
        }
        overlay(options, self.extra)
    }
}

fn with_scope(mut params: Params) -> Params {
    if !get(&params, "scope").is_truthy() {
        set_text(&mut params, "scope", "openid profile email");
    }
    params
}

impl<E: Env> Client<E> {
    /// `options` with the constructor's values for those that are missing, and a scope. It does not begin a transaction.
    pub(crate) fn authorize_params(&self, options: Params) -> Params {
        with_scope(overlay(pick(&self.settings.base, DEFAULTS), options))
    }

    /// Leaves the page for the tenant's login page (auth0.js: `authorize`). With the option `pkce` the request carries a
    /// code challenge (RFC 7636).
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if neither the call nor the client has a response type, or a parameter has the wrong type;
    /// [`Error::RandomUnavailable`] if the SDK cannot make a state or a nonce; [`Error::StorageUnavailable`] if the browser does
    /// not keep the transaction of a state that the SDK made; [`Error::CryptoUnavailable`] if there is no code challenge
    /// without WebCrypto. The page is not left then.
    pub async fn authorize(&self, options: AuthorizeOptions) -> Result<(), Error> {
        let params = self.prepare_authorize(Value::Object(options.into_options()))?;
        let url = self.open_authorize(params).await?;
        self.env.navigate(&url);
        Ok(())
    }

    /// Checks the options of `authorize` in auth0.js's order, with its texts. Nothing is stored or sent.
    pub(crate) fn prepare_authorize(&self, options: Value) -> Result<Params, Error> {
        let params = overlay(
            pick(&self.settings.base, DEFAULTS),
            optional_options(options)?,
        );
        expect(
            get(&params, "responseType"),
            Kind::String,
            "responseType option is required",
        )?;
        transaction::check(&params)?;
        Ok(params)
    }

    /// Stores the transaction of a checked authorization request and returns the request's address.
    pub(crate) async fn open_authorize(&self, mut params: Params) -> Result<String, Error> {
        let key = self.begin_transaction(&mut params)?;
        let transaction = Transaction::new(self, key);
        self.add_challenge(&mut params).await?;
        let url = self.build_authorize_url(with_scope(params))?;
        transaction.keep();
        Ok(url)
    }

    /// Returns the address of an authorization request (auth0.js: `client.buildAuthorizeUrl`). The options have their
    /// JavaScript names. Missing ones have the client's values, and there is no default scope. Nothing is stored, so the caller
    /// keeps state and nonce.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] with auth0.js's text if the response type is missing, if the nonce is missing although the response
    /// type contains `id_token` and no `code`, or if an option has the wrong type.
    pub fn build_authorize_url(&self, options: Params) -> Result<String, Error> {
        let params = overlay(pick(&self.settings.base, URL_DEFAULTS), options);
        expect_all(&params, CHECKS_BEFORE_NONCE)?;
        let kind = get(&params, "responseType").as_str().unwrap_or_default();
        if contains(kind, "id_token") && !contains(kind, "code") {
            expect(
                get(&params, "nonce"),
                Kind::String,
                "nonce option is required",
            )?;
        }
        expect_all(&params, CHECKS_AFTER_NONCE)?;
        Ok(self.authorize_url(params))
    }

    /// The address of an authorization request with `params`, which are not checked.
    pub(crate) fn authorize_url(&self, params: Params) -> String {
        let mut params = overlay(pick(&self.settings.base, URL_DEFAULTS), params);
        for name in NOT_SENT {
            remove(&mut params, name);
        }
        if let Value::Array(scopes) = get(&params, "connection_scope") {
            let scopes: Vec<_> = scopes.iter().filter_map(Value::as_str).collect();
            let scopes = scopes.join(",");
            set(&mut params, "connection_scope", scopes);
        }
        let params = self.with_telemetry(params, &["auth0Client"]);
        self.warn_of_unknown(&params);
        self.address("/authorize?", &params)
    }

    /// `params` in snake case, with the telemetry parameter at the end. Names in `kept` stay as they are.
    pub(crate) fn with_telemetry(&self, mut params: Params, kept: &[&str]) -> Params {
        if let Some(telemetry) = &self.telemetry {
            set_text(&mut params, "auth0Client", telemetry.as_str());
        }
        to_snake_case(params, kept)
    }

    /// The address of `path` on the tenant, with `params` as the query.
    pub(crate) fn address(&self, path: &str, params: &Params) -> String {
        let query = query(params, &|number| self.env.to_json(&Value::Number(number)));
        [&self.settings.root_url, path, &query].concat()
    }

    fn warn_of_unknown(&self, params: &Params) {
        if self
            .settings
            .option("_disableDeprecationWarnings")
            .is_truthy()
        {
            return;
        }
        let unknown: Vec<_> = params
            .iter()
            .filter(|(_, value)| *value != Value::Undefined)
            .map(|(name, _)| name.as_str())
            .filter(|name| !contains(KNOWN, &[" ", name, " "].concat()))
            .collect();
        if !unknown.is_empty() {
            self.env.warn(
                &[
                    "Following parameters are not allowed on the `/authorize` endpoint: [",
                    &unknown.join(","),
                    "]",
                ]
                .concat(),
            );
        }
    }
}
