//! A mock of an Auth0 passwordless tenant that runs on the developer's machine, for tests and development.
//!
//! As a program it runs with `cargo run -p latchkey-mock-tenant`. In Rust tests [`testing::MockTenant`] starts it; or make an
//! [`AppState`] and call the router [`app`] in process, or pass a listener to [`serve`]. Time, randomness and addresses are
//! parameters ([`Options`]).
//!
//! It is only for tests: everybody who can reach its control API can read all codes.

/// Compiles and runs the examples in the README as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The documentation's Rust example, compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/site/testing.md")]
struct Documentation;

mod address;
mod attack;
mod body;
mod call;
mod captcha;
mod claims;
mod cli;
mod client_assertion;
mod clock;
mod codes;
mod config;
mod control;
mod device;
mod endpoints;
mod expiring;
mod faults;
#[doc(hidden)]
pub mod fuzzing;
mod grants;
mod headers;
mod hosted;
mod keys;
mod limits;
mod logs;
mod mail;
mod outbox;
mod pages;
mod paths;
mod persist;
mod post;
mod proof;
mod random;
mod request;
mod response;
mod rules;
mod sample;
mod secret;
mod sender;
mod serve;
mod sessions;
mod snapshot;
mod state;
mod template;
pub mod testing;
#[cfg(test)]
mod tests;
mod tls;
mod tokens;
mod urls;
mod users;

pub use attack::{
    BruteForceMode, BruteForceProtection, Shield, SuspiciousIpThrottling, Throttle,
    ThrottlingStages,
};
pub use cli::run;
pub use clock::{Clock, ManualClock, SystemClock};
pub use config::{
    AppType, AttackProtection, AuthMethod, BotDetection, ChallengePolicy, Client,
    ClientAuthenticationMethods, Config, ConfigError, Connection, ConnectionOptions, Credential,
    CustomDomain, EmailProvider, EmailProviderName, EmailTexts, ErrorPage, Flags, JwtConfiguration,
    Organization, OrganizationUsage, Preset, PrivateKeyJwt, RefreshTokenSettings, RotationType,
    Rule, SigningAlgorithm, SmtpCredentials, SmtpTls, Strategy, TenantSettings, TokenAlgorithm,
    Totp, UserSeed, load,
};
pub use sample::SampleKind;
pub use secret::Secret;
pub use serve::{app, serve, serve_tls};
pub use state::{AppState, Dialog, NoEntropy, Options};
pub use template::{
    MAX_DEPTH, MAX_OUTPUT, MAX_STEPS, MAX_TEMPLATE, Template, TemplateError, Warning, lint,
};
pub use tls::{Tls, TlsError};
