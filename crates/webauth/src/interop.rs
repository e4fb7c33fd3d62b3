//! Options and results to and from JavaScript's values, through serde-wasm-bindgen: for Rust programs in a page.
//!
//! Names are the JavaScript ones (`clientID`, `redirectUri`, `timeout`), as everywhere with the feature `serde`.
//!
//! Use this for values of your own program's making. What a page passes in goes through
//! [`env::browser::from_js`](crate::env::browser::from_js), in this crate's JavaScript SDK and in the dialog as well: serde-wasm-bindgen
//! follows a value that contains itself, or the page's `window`, until the stack ends and traps the module, where that conversion has a
//! limit; it takes `null` and `undefined` for one thing, and dates and URLs for nothing. It would also add 7,700
//! bytes (brotli) to the SDK's script.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

pub use serde_wasm_bindgen::Error;

/// Reads a JavaScript value as options or as a result.
///
/// # Errors
/// Says which member is missing or of the wrong type.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, Error> {
    serde_wasm_bindgen::from_value(value)
}

/// Makes a plain JavaScript object of options or of a result; of a result without its tokens, unless it is
/// [`AuthorizationResult::with_secrets`](crate::AuthorizationResult::with_secrets).
///
/// # Errors
/// What a `Serialize` of the caller's refuses.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, Error> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    value.serialize(&serializer)
}
