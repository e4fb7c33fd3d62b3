//! The WebAssembly module behind `latchkey/lock/server`: the first screen of the dialog as HTML, for servers
//! that run JavaScript.

#[cfg(target_arch = "wasm32")]
pub mod js;
