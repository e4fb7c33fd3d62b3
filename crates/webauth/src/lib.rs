//! Passwordless login with an Auth0 tenant: the calls of auth0.js's `WebAuth`, as a small SDK for Rust and WebAssembly.
//!
//! [`Client`] has the calls. The core is pure Rust and uses the page only through the trait [`Env`], so it can be tested
//! natively; `env::browser` (wasm32 only) implements the trait for a page. `examples/web_app.rs` is a whole Rust web app.
//!
//! # Features
//!
//! - `pkce`: the option `pkce` (Proof Key for Code Exchange, RFC 7636), for clients without a server that redeems the code.
//! - `diagnosis`: a warning on the console, before the page is left, about a login that browsers will refuse.
//! - `serde`: `Serialize` and `Deserialize` for options and results, under their JavaScript names, and
//!   `AuthorizationResult::claims`. Secrets are serialized only by `AuthorizationResult::with_secrets`.
//! - `interop`: conversions of options and results to and from JavaScript's values.
//! - `fake`: a scripted environment for tests, `env::fake` (native only).
//! - `js` and `responses`: the exports for the JavaScript SDK in `js/`.
//!
//! # Example
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
//! // The person reads the code in the mail and types it.
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
mod authorization_response;
mod authorize;
mod base64url;
mod callback;
mod check;
mod client;
mod config;
mod cross_origin;
#[cfg(any(test, feature = "diagnosis"))]
mod diagnosis;
mod endpoints;
pub mod env;
mod error;
mod exchange;
mod frame;
mod id_token;
#[cfg(all(target_arch = "wasm32", feature = "interop"))]
pub mod interop;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[doc(hidden)]
pub mod js;
mod jwks;
mod login;
mod logout;
mod names;
mod passwordless;
mod pkce;
mod recipient;
mod redirect;
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
mod verification_code;
mod verifier;
mod verify;
mod wire;

pub use address::{Nfkc, find_email, is_invisible};
pub use authorize::AuthorizeOptions;
pub use callback::ParseOptions;
pub use client::Client;
pub use config::Config;
pub use env::Env;
pub use error::{Error, ErrorKind, Recipient, Refusal, Shape};
pub use frame::SessionOptions;
pub use login::LoginOptions;
pub use logout::LogoutOptions;
pub use passwordless::{Send, StartOptions, StartResponse};
pub use redirect::Redirect;
pub use result::AuthorizationResult;
#[cfg(feature = "serde")]
pub use result::WithSecrets;
pub use telemetry::{NAME, VERSION};
pub use verification_code::VerificationCode;
pub use wire::{Params, Value};
