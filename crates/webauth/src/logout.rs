//! The end of the person's session with the tenant: the address of `/v2/logout`.

use crate::check::optional_options;
use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
use crate::wire::{Params, Value, overlay, pick, remove, set};

/// Options of [`Client::logout`] (auth0.js: `logout`). All of them are optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct LogoutOptions {
    /// The address to which the tenant sends the person next (`returnTo`). It has to be one of the client's Allowed Logout
    /// URLs. Default: the first of them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub return_to: Option<String>,
    /// Whether to end the session with the identity provider too. Default: false.
    pub federated: bool,
}

impl<E: Env> Client<E> {
    /// Ends the person's session with the tenant by leaving the page for `/v2/logout` (auth0.js: `logout`).
    ///
    /// # Errors
    /// [`Error::InvalidOptions`], which does not occur with the options of this version.
    pub fn logout(&self, options: LogoutOptions) -> Result<(), Error> {
        let mut params = Params::new();
        if options.return_to.is_some() {
            set(&mut params, "returnTo", options.return_to);
        }
        if options.federated {
            set(&mut params, "federated", true);
        }
        let url = self.build_logout_url(Value::Object(params))?;
        self.env.navigate(&url);
        Ok(())
    }

    /// The address that ends the session (auth0.js: `client.buildLogoutUrl`).
    pub(crate) fn build_logout_url(&self, options: Value) -> Result<String, Error> {
        let mut params = overlay(
            pick(&self.settings.base, &["clientID"]),
            optional_options(options)?,
        );
        let federated = match remove(&mut params, "federated") {
            Value::Undefined | Value::Bool(false) => false,
            Value::String(text) => text != "false",
            _ => true,
        };
        let params = self.with_telemetry(params, &["auth0Client", "returnTo"]);
        let url = self.address("/v2/logout?", &params);
        let separator = if url.ends_with('?') {
            "federated"
        } else {
            "&federated"
        };
        Ok([url.as_str(), if federated { separator } else { "" }].concat())
    }
}
