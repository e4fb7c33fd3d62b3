//! The WebAssembly module behind `WebAuth`. It has the exports of `latchkey-webauth` with the feature `js`.

pub use latchkey_webauth::*;
