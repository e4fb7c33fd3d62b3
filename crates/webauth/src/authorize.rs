//! The authorization request: `/authorize`, where every login ends up.

use crate::client::Client;
use crate::env::Env;
use crate::text::contains;
use crate::url::query;
use crate::wire::{Params, Value, get, overlay, pick, remove, set, to_snake_case};

/// Constructor options that an authorization request falls back to, in wire order.
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

/// Options that are for the SDK and not for the tenant.
const NOT_SENT: &[&str] = &[
    "username",
    "popupOptions",
    "domain",
    "tenant",
    "timeout",
    "appState",
];

/// Parameters that `/authorize` knows. Others are sent too, with a warning.
const KNOWN: &str = " connection connection_scope auth0Client owp device realm organization invitation protocol _csrf \
_intstate login_ticket client_id response_type response_mode redirect_uri audience scope state nonce display prompt \
screen_hint max_age ui_locales claims_locales id_token_hint login_hint acr_values claims registration request \
request_uri code_challenge code_challenge_method access_type ";

impl<E: Env> Client<E> {
    /// Completes `options` from the constructor's, as `authorize` does; the transaction is up to the caller.
    pub(crate) fn authorize_params(&self, options: Params) -> Params {
        let mut params = overlay(pick(&self.settings.base, DEFAULTS), options);
        if !get(&params, "scope").is_truthy() {
            set(&mut params, "scope", "openid profile email");
        }
        params
    }

    /// The address of an authorization request with exactly `params`.
    pub(crate) fn authorize_url(&self, mut params: Params) -> String {
        for name in NOT_SENT {
            remove(&mut params, name);
        }
        if let Value::Array(scopes) = get(&params, "connection_scope") {
            let scopes: Vec<_> = scopes.iter().filter_map(Value::as_str).collect();
            let scopes = scopes.join(",");
            set(&mut params, "connection_scope", scopes);
        }
        let params = self.with_telemetry(params);
        self.warn_of_unknown(&params);
        self.address("/authorize?", &params)
    }

    /// Snake case, and the telemetry parameter at the end.
    pub(crate) fn with_telemetry(&self, mut params: Params) -> Params {
        if let Some(telemetry) = &self.telemetry {
            set(&mut params, "auth0Client", telemetry.as_str());
        }
        to_snake_case(params, &["auth0Client"])
    }

    /// `path` at the tenant, with `params` as its query.
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
