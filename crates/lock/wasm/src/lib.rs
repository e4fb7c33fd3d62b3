//! The WebAssembly module behind `Auth0LockPasswordless`: what `latchkey-lock` exports with its feature `js`.

pub use latchkey_lock::*;
