//! The WebAssembly module behind `WebAuth`: what `latchkey-webauth` exports with its feature `js`.

pub use latchkey_webauth::*;
