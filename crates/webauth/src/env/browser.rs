//! The environment of a page in a browser.

mod convert;
mod crypto;
mod frame;
mod http;
mod race;
mod storage;

use std::rc::Rc;

use js_sys::{Date, JsString};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Url, Window};

use super::{Entry, Env, Frame, HttpError, Location, Memory, Request, Response};
use crate::wire::Value;

pub use convert::{from_js, to_js};

/// The page in which this module runs. On a server there is no page: then it has no address, no storage and no randomness,
/// and calls end in an error.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserEnv;

impl BrowserEnv {
    /// The environment of the current page.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

#[wasm_bindgen]
extern "C" {
    // `web_sys::window` also looks for the globals of workers and checks the type, which adds 300 bytes to the script.
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Option<Window>;
}

fn window() -> Option<Window> {
    WINDOW.with(Option::clone)
}

impl Env for BrowserEnv {
    async fn http(&self, request: Request) -> Result<Response, HttpError> {
        http::send(request).await
    }

    fn random(&self, buffer: &mut [u8]) -> bool {
        let crypto = window().and_then(|window| window.crypto().ok());
        crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(buffer).is_ok())
    }

    #[expect(clippy::disallowed_methods, reason = "this is the browser environment")]
    fn now_ms(&self) -> f64 {
        js_sys::Date::now()
    }

    fn store(&self, entry: &Entry<'_>) -> bool {
        window().is_some_and(|window| storage::store(&window, entry, self.now_ms()))
    }

    fn take(&self, key: &str, cookie_domain: Option<&str>) -> Option<String> {
        storage::take(&window()?, key, cookie_domain, self.now_ms())
    }

    fn stored_keys(&self, prefix: &str) -> Vec<String> {
        window().map_or_else(Vec::new, |window| storage::keys(&window, prefix))
    }

    fn set_aside(&self, key: &str, lifetime_s: u32, cookie_domain: Option<&str>) {
        if let Some(window) = window() {
            storage::set_aside(&window, key, lifetime_s, cookie_domain, self.now_ms());
        }
    }

    fn drop_expired(&self, prefix: &str) {
        if let Some(window) = window() {
            storage::drop_expired(&window, prefix, self.now_ms());
        }
    }

    fn read(&self, key: &str) -> Option<String> {
        storage::read(&window()?, key, self.now_ms())
    }

    fn memory(&self) -> Rc<Memory> {
        thread_local! {
            static MEMORY: Rc<Memory> = Rc::default();
        }
        MEMORY.with(Rc::clone)
    }

    async fn frame(&self, frame: Frame) -> Result<Value, HttpError> {
        match window() {
            Some(window) => frame::open(&window, frame).await,
            None => Err(HttpError::Network),
        }
    }

    async fn sha256(&self, text: &str) -> Option<Vec<u8>> {
        crypto::sha256(&window()?, text).await
    }

    async fn verify_rs256(&self, key: &Value, signed: &str, signature: &[u8]) -> Option<bool> {
        crypto::verify_rs256(&window()?, key, signed, signature).await
    }

    fn date_text(&self, ms: f64) -> String {
        Date::new(&JsValue::from_f64(ms)).to_string().into()
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        Some(Date::parse(text)).filter(|ms| !ms.is_nan())
    }

    fn nfkc(&self, text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
    }

    fn ascii_domain(&self, domain: &str) -> Option<String> {
        let url = Url::new(&["http://", domain].concat()).ok()?;
        Some(url.hostname())
    }

    fn location(&self) -> Location {
        let href = window().and_then(|window| window.location().href().ok());
        Location::at(href.unwrap_or_default())
    }

    fn navigate(&self, url: &str) {
        // `set_href` fails only for an invalid address, and these addresses begin with the tenant's origin.
        window().map(|window| window.location().set_href(url));
    }

    fn to_json(&self, value: &Value) -> String {
        js_sys::JSON::stringify(&to_js(value))
            .map(String::from)
            .unwrap_or_default()
    }

    fn parse_json(&self, text: &str) -> Option<Value> {
        js_sys::JSON::parse(text).ok().map(|value| from_js(&value))
    }

    fn warn(&self, message: &str) {
        web_sys::console::warn_1(&JsValue::from_str(message));
    }
}
