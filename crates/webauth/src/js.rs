//! The exports for the JavaScript SDK in `js/`: one typed function for each of its calls. They convert values and delegate to
//! the client; all rules are in the client.
//!
//! # Why JavaScript polls the calls
//!
//! An export checks its options and throws the errors that auth0.js throws synchronously. Otherwise it returns a [`Call`], a
//! future that has not run yet. `run` in `js/call.js` polls it. A call may need something that takes time: an HTTP request, a
//! hidden frame, a digest, the check of a signature, or the page's hook before the page is left. Then [`Call::poll`] returns
//! a `bridge::Question`, `{ask: ...}`; JavaScript does what it asks for and polls again with the outcome. The last poll
//! returns `{result}` or `{error, passing}`.
//!
//! In this way promises, timers, `fetch`, frames, WebCrypto and `AbortSignal` stay in JavaScript. Their bindings, an executor
//! and gloo-net would add 6,900 bytes (brotli), which makes the script larger than auth0.js. The first poll runs in the
//! caller's own task, so the first `fetch` and the transaction's cookie happen synchronously, as in auth0.js. Rust programs
//! use [`BrowserEnv`](crate::env::browser::BrowserEnv) instead. `tests/adapters` runs one list of faults against both.

mod bridge;
mod call;
mod job;
#[cfg(feature = "responses")]
mod reading;
#[cfg(feature = "responses")]
mod responses;

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::check::required_options;
use crate::client::Client;
use crate::env::browser::from_js;
use crate::error::Error;
use crate::exchange::Exchange;
use crate::login::Login;
pub use bridge::Bridge;
pub use call::Call;
use job::{Job, Names};

/// A client. Its options are auth0.js's; the options object is neither kept nor changed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Bindings(Rc<Client<Bridge>>);

/// The constructor, and the methods that return a value synchronously. They throw an `Error` with auth0.js's text.
#[wasm_bindgen]
impl Bindings {
    /// Checks the constructor's options.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Bindings, JsValue> {
        match Client::from_options(from_js(options), Bridge::default()) {
            Ok(client) => Ok(Self(Rc::new(client))),
            Err(error) => Err(thrown(&error)),
        }
    }

    /// The address of an authorization request.
    #[wasm_bindgen(js_name = buildAuthorizeUrl)]
    pub fn build_authorize_url(&self, options: &JsValue) -> Result<String, JsValue> {
        let url = required_options(from_js(options))
            .and_then(|options| self.0.build_authorize_url(options));
        url.map_err(|error| thrown(&error))
    }

    /// The address that completes a login with a code that the tenant has verified.
    #[wasm_bindgen(js_name = buildVerifyUrl)]
    pub fn build_verify_url(&self, options: &JsValue) -> Result<String, JsValue> {
        let url =
            required_options(from_js(options)).and_then(|options| self.0.build_verify_url(options));
        url.map_err(|error| thrown(&error))
    }

    /// The address that ends the session.
    #[wasm_bindgen(js_name = buildLogoutUrl)]
    pub fn build_logout_url(&self, options: &JsValue) -> Result<String, JsValue> {
        let url = self.0.build_logout_url(from_js(options));
        url.map_err(|error| thrown(&error))
    }

    /// Whether the leeway is in the range that auth0.js accepts.
    #[wasm_bindgen(js_name = hasValidLeeway)]
    #[must_use]
    pub fn has_valid_leeway(&self) -> bool {
        self.0.has_valid_leeway()
    }

    /// Reads and deletes the verifier of a cross-origin login. Empty if there is none.
    #[wasm_bindgen(js_name = takeVerifier)]
    #[must_use]
    pub fn take_verifier(&self, origin: &str, id: &str) -> String {
        self.0.take_verifier(origin, id)
    }
}

/// The calls. For wrong options they throw an `Error` with auth0.js's text, before anything is stored or sent.
#[wasm_bindgen]
impl Bindings {
    /// `passwordlessStart`.
    pub fn start(&self, options: &JsValue) -> Result<Call, JsValue> {
        self.begin(self.0.prepare_start(from_js(options)).map(Job::Start))
    }

    /// `client.passwordless.start`.
    #[wasm_bindgen(js_name = startOnly)]
    pub fn start_only(&self, options: &JsValue) -> Result<Call, JsValue> {
        self.begin(Client::<Bridge>::prepare_bare_start(from_js(options)).map(Job::Start))
    }

    /// `passwordlessLogin`.
    pub fn login(&self, options: &JsValue) -> Result<Call, JsValue> {
        self.begin(self.0.prepare_login(from_js(options)).map(Job::Login))
    }

    /// `passwordlessVerify`.
    pub fn verify(&self, options: &JsValue) -> Result<Call, JsValue> {
        let params = self.0.prepare_verify(from_js(options));
        self.begin(params.map(|params| Job::Login(Login::UniversalLogin(params))))
    }

    /// `client.passwordless.verify`.
    #[wasm_bindgen(js_name = verifyOnly)]
    pub fn verify_only(&self, options: &JsValue) -> Result<Call, JsValue> {
        self.request(
            self.0.prepare_bare_verify(from_js(options)),
            Names::CamelCase,
        )
    }

    /// `client.oauthToken`.
    #[wasm_bindgen(js_name = oauthToken)]
    pub fn oauth_token(&self, options: &JsValue) -> Result<Call, JsValue> {
        self.request(self.0.prepare_token(from_js(options)), Names::CamelCase)
    }

    /// `client.userInfo`.
    #[wasm_bindgen(js_name = userInfo)]
    pub fn user_info(&self, access_token: &JsValue) -> Result<Call, JsValue> {
        self.request(
            self.0.prepare_user_info(&from_js(access_token)),
            Names::Unchanged,
        )
    }

    /// `client.passwordless.getChallenge`.
    #[wasm_bindgen(js_name = getChallenge)]
    pub fn get_challenge(&self) -> Result<Call, JsValue> {
        match self.0.prepare_challenge() {
            Some(exchange) => self.request(Ok(exchange), Names::Unchanged),
            None => self.begin(Ok(Job::Nothing)),
        }
    }

    /// `authorize`.
    pub fn authorize(&self, options: &JsValue) -> Result<Call, JsValue> {
        self.begin(
            self.0
                .prepare_authorize(from_js(options))
                .map(Job::Authorize),
        )
    }

    /// The address that `popup.authorize` opens.
    #[wasm_bindgen(js_name = popupUrl)]
    pub fn popup_url(&self, options: &JsValue) -> Result<Call, JsValue> {
        self.begin(
            self.0
                .prepare_authorize(from_js(options))
                .map(Job::PopupUrl),
        )
    }

    /// `logout`.
    pub fn logout(&self, options: &JsValue) -> Result<Call, JsValue> {
        self.begin(self.0.build_logout_url(from_js(options)).map(Job::Logout))
    }
}

impl Bindings {
    fn begin(&self, job: Result<Job, Error>) -> Result<Call, JsValue> {
        match job {
            Ok(job) => Ok(Call::new(&self.0, job)),
            Err(error) => Err(thrown(&error)),
        }
    }

    fn request(&self, exchange: Result<Exchange, Error>, names: Names) -> Result<Call, JsValue> {
        self.begin(exchange.map(|exchange| Job::Request { exchange, names }))
    }
}

/// The JavaScript `Error` that an export throws.
fn thrown(error: &Error) -> JsValue {
    let thrown = js_sys::Error::new(error.text());
    #[cfg(feature = "responses")]
    if error.text() == crate::id_token::LEEWAY_OUT_OF_RANGE {
        thrown.set_name("ConfigurationError");
    }
    thrown.into()
}
