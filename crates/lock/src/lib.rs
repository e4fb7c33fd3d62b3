//! A passwordless login dialog for web pages.
//!
//! [`model`] has the rules of the dialog: pure functions with native tests. On wasm32, `Dialog` runs the
//! model on a page. The feature `component` adds `component::LockDialog`, a Leptos component. The feature
//! `js` exports the class behind `Auth0LockPasswordless`. [`server`] renders the first screen as HTML on a
//! server.

pub mod color;
pub mod css;
pub mod failure;
#[cfg(all(feature = "first-screen", not(target_arch = "wasm32")))]
pub mod first_screen;
pub mod handlers;
pub mod i18n;
pub mod model;
pub mod options;
pub mod server;
pub mod view;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(feature = "component")]
pub mod component;
#[cfg(target_arch = "wasm32")]
mod intl;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
mod js;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod runtime;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(target_arch = "wasm32")]
mod service;
#[cfg(target_arch = "wasm32")]
pub use runtime::Dialog;

/// Compiles the Rust examples of the README, which also cover the SDK.
#[cfg(all(doctest, feature = "component"))]
#[doc = include_str!("../../../README.md")]
#[derive(Debug)]
struct Readme;

/// The documentation's Rust examples, compiled.
#[cfg(all(doctest, feature = "component"))]
#[doc = include_str!("../../../docs/site/start-rust.md")]
#[doc = include_str!("../../../tests/docs/playground.md")]
#[derive(Debug)]
struct Documentation;
