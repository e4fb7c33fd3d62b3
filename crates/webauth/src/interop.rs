//! Conversions of options and results to and from JavaScript's values, by serde-wasm-bindgen, for Rust programs in a page.
//!
//! The members have their JavaScript names (`clientID`, `redirectUri`, `timeout`), as everywhere with the feature `serde`.
//!
//! Use this module for values that your own program makes. For values that a page passes in, use
//! [`env::browser::from_js`](crate::env::browser::from_js), as the JavaScript SDK and the dialog do. That function limits depth and
//! number. serde-wasm-bindgen has no limit: it follows an object that contains itself, or the page's `window`, until the stack
//! overflows and the module traps. It also treats `null` and `undefined` alike, and loses dates and URLs. In the SDK's script
//! it would take 7,700 bytes more (brotli).

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

pub use serde_wasm_bindgen::Error;

/// Reads options or a result from a JavaScript value.
///
/// # Errors
/// An error that names the member that is missing or has the wrong type.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, Error> {
    serde_wasm_bindgen::from_value(value)
}

/// Makes a plain JavaScript object of options or of a result. The object of a result has no tokens;
/// [`AuthorizationResult::with_secrets`](crate::AuthorizationResult::with_secrets) includes them.
///
/// # Errors
/// The error of the value's own `Serialize` implementation.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, Error> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    value.serialize(&serializer)
}
