//! The WebAssembly module behind `Auth0LockPasswordless`: the exports of `latchkey-lock` with its feature
//! `js`.

pub use latchkey_lock::*;
