//! Passwordless login against an Auth0 tenant: what auth0.js `WebAuth` does, as a small SDK for Rust and WebAssembly.
//!
//! The core is pure Rust behind [`Env`] and tests natively; `env::browser` (wasm32 only) is the real environment.
//! `pkce` and `diagnosis` are features: the first for clients without a server that redeems the code, the second warns
//! before the page is left of what browsers will refuse. `examples/web_app.rs` is a whole Rust web app.
//! With `serde` options and results implement `Serialize` and `Deserialize` under their JavaScript names, and
//! `AuthorizationResult::claims` gives an ID token's claims as a type of yours; what is secret is never serialized unless asked
//! for by name. `interop` turns them into JavaScript's values and back.
//! With the feature `js` the crate exports the classes behind the JavaScript facade in `js/`.
//!
//! ```no_run
//! # use latchkey_webauth::{Client, Config, Env, LoginOptions, Send, StartOptions};
//! # async fn run(env: impl Env) -> Result<(), latchkey_webauth::Error> {
//! let mut config = Config::new("me.auth0.com", "CLIENT_ID");
//! config.redirect_uri = Some("https://app.example.com/callback".into());
//! config.response_type = Some("code".into());
//! let client = Client::new(config, env)?;
//!
//! let email = Some("someone@example.com".to_owned());
//! client
//!     .passwordless_start(StartOptions {
//!         connection: "email".into(),
//!         send: Some(Send::Code),
//!         email: email.clone(),
//!         ..StartOptions::default()
//!     })
//!     .await?;
//! // The person reads the code and types it in.
//! client
//!     .passwordless_login(LoginOptions {
//!         connection: "email".into(),
//!         email,
//!         verification_code: "123456".into(),
//!         ..LoginOptions::default()
//!     })
//!     .await
//! # }
//! ```

mod address;
mod authorize;
mod base64url;
mod callback;
mod client;
mod config;
mod cross_origin;
#[cfg(any(test, feature = "diagnosis"))]
mod diagnosis;
mod endpoints;
pub mod env;
mod error;
mod frame;
mod id_token;
#[cfg(all(target_arch = "wasm32", feature = "interop"))]
pub mod interop;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[doc(hidden)]
pub mod js;
mod jwks;
mod passwordless;
mod pkce;
mod result;
#[cfg(feature = "serde")]
mod serialize;
mod telemetry;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
#[doc(hidden)]
pub mod text;
mod transaction;
mod url;
mod verify;
mod wire;

pub use address::{Nfkc, find_email, is_invisible};
pub use authorize::{AuthorizeOptions, LogoutOptions};
pub use callback::ParseOptions;
pub use client::{Client, Redirect};
pub use config::Config;
pub use cross_origin::LoginOptions;
pub use env::Env;
pub use error::{Answer, Error, ErrorKind, Recipient, Shape};
pub use frame::SessionOptions;
pub use passwordless::{Send, StartOptions, StartResponse, VerificationCode};
pub use result::AuthorizationResult;
#[cfg(feature = "serde")]
pub use result::WithSecrets;
pub use telemetry::{NAME, VERSION};
pub use wire::{Params, Value};
