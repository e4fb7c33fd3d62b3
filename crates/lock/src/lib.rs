//! A passwordless login dialog for web pages.
//!
//! The rules of the dialog are [`model`], a pure function that tests natively. On wasm32, `Dialog`
//! runs it on a page. With the feature `component` there is also `component::LockDialog`, a Leptos
//! component; with the feature `js` the crate exports what `Auth0LockPasswordless` is made of. For servers,
//! [`server`] has the first screen as HTML.

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

/// The README's Rust examples, compiled: the SDK's too, which this crate stands on.
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
