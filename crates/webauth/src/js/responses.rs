//! The calls that read authorization responses. A login page does not need them, so the script loads them on demand.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Bindings;
use super::bridge::Bridge;
use super::call::{Call, Job};
use crate::callback::Terms;
use crate::client::Client;
use crate::config::optional_options;
use crate::env::browser::from_js;
use crate::error::{Error, Shape};
use crate::result::AuthorizationResult;
use crate::wire::{Params, Value};

/// The authorization response that a call reads, after its options are checked.
pub(super) enum Reading {
    /// The parameters of a fragment (`parseHash`).
    Hash { response: Params, options: Value },
    /// Parameters that the page has parsed (`validateAuthenticationResponse`).
    Response { response: Params, options: Value },
    /// The response in the page's address or in the option `url` (`handleRedirectCallback`).
    Address { options: Value },
    /// The response to a silent request in a hidden frame (`checkSession`).
    Session(Params),
    /// The response that a page of the application receives in a hidden frame (`renewAuth`).
    Renewal(Params),
}

impl Reading {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Session(_) => Shape::Legacy,
            Self::Hash { .. } | Self::Response { .. } | Self::Address { .. } | Self::Renewal(_) => {
                Shape::Hash
            }
        }
    }
}

/// For wrong options each call throws an `Error` with auth0.js's text, before anything is stored or sent.
#[wasm_bindgen]
impl Bindings {
    /// `checkSession`.
    #[wasm_bindgen(js_name = checkSession)]
    pub fn check_session(&self, options: &JsValue) -> Result<Call, JsValue> {
        let params = self.0.prepare_session(from_js(options));
        self.read(params.map(Reading::Session))
    }

    /// `renewAuth`.
    #[wasm_bindgen(js_name = renewAuth)]
    pub fn renew_auth(&self, options: &JsValue) -> Result<Call, JsValue> {
        let params = self.0.prepare_renewal(from_js(options));
        self.read(params.map(Reading::Renewal))
    }

    /// `parseHash`.
    #[wasm_bindgen(js_name = parseHash)]
    pub fn parse_hash(&self, options: &JsValue) -> Result<Call, JsValue> {
        let reading = optional_options(from_js(options)).and_then(|options| {
            let options = Value::Object(options);
            let response = self.0.prepare_hash(&options)?;
            Ok(Reading::Hash { response, options })
        });
        self.read(reading)
    }

    /// `validateAuthenticationResponse`.
    pub fn validate(&self, options: &JsValue, response: &JsValue) -> Result<Call, JsValue> {
        let reading = optional_options(from_js(options)).and_then(|options| {
            let options = Value::Object(options);
            let response = optional_options(from_js(response))?;
            self.0.check_leeway(&response)?;
            Ok(Reading::Response { response, options })
        });
        self.read(reading)
    }

    /// `handleRedirectCallback`.
    #[wasm_bindgen(js_name = handleRedirectCallback)]
    pub fn handle_redirect_callback(&self, options: &JsValue) -> Result<Call, JsValue> {
        let options = optional_options(from_js(options)).map(Value::Object);
        self.read(options.map(|options| Reading::Address { options }))
    }
}

impl Bindings {
    fn read(&self, reading: Result<Reading, Error>) -> Result<Call, JsValue> {
        self.begin(reading.map(Job::Read))
    }
}

/// Reads the authorization response of a call.
pub(super) async fn read(client: &Client<Bridge>, reading: Reading) -> Result<Value, Error> {
    let result = match reading {
        Reading::Renewal(params) => return client.finish_renewal(params).await,
        Reading::Hash { response, options } => client.finish_hash(&options, response).await?,
        Reading::Response { response, options } => {
            let terms = Terms::of_auth0_js(&options);
            Some(client.validate(&terms, response).await?)
        }
        Reading::Address { options } => client.finish_callback(&options).await?,
        Reading::Session(params) => Some(client.finish_session(params).await?),
    };
    Ok(result.map_or(Value::Null, AuthorizationResult::into_value))
}
