//! The exports that read authorization responses. A login page does not need them, so the script loads them on demand.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Bindings;
use super::call::Call;
use super::job::Job;
use super::reading::Reading;
use crate::check::optional_options;
use crate::env::browser::from_js;
use crate::error::Error;
use crate::wire::Value;

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
