//! The look of the dialog. The view reads the view model and sends messages, and decides nothing.
//!
//! Every screen is a function of `Ui` in `view!`, one file each. It is used in four places: on a page
//! (`live`), in a Leptos app ([`component`](crate::component)), on servers as a form that works without a
//! script ([`server`](crate::server)), and by the build for the painter (`first_screen_html`).
//!
//! Elements are built once. `follow` updates those parts that depend on the view model, and explains why
//! signals do not.
//!
//! If an element inside another one is entirely literal, `view!` sets it as HTML, which Trusted Types forbid.
//! So each element of that kind is a function of its own.

mod ask;
mod code;
mod elements;
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "outside of browsers nothing changes")
)]
mod follow;
mod html;
mod icon;
#[cfg(target_arch = "wasm32")]
mod live;
mod marks;
mod other;
mod root;
mod social;
mod ui;

pub use root::FormTarget;

pub(crate) use html::{early, is_first, tidy};
#[cfg(not(target_arch = "wasm32"))]
pub use html::{first_screen_html, waiting_html};
#[cfg(target_arch = "wasm32")]
pub(crate) use live::{DialogView, OldScreen};
#[cfg(all(feature = "first-screen", not(target_arch = "wasm32")))]
pub(crate) use marks::marked;
#[cfg(target_arch = "wasm32")]
pub(crate) use ui::{Look, Shown, Ui};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
