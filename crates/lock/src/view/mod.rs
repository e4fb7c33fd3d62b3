//! The look of the dialog. The view reads the view model and sends messages, and decides nothing.
//!
//! Every screen is a function of `Ui` in `view!`, one file each in `screens`. It is used in four places: on a page
//! (`live`), in a Leptos app ([`component`](crate::component)), on servers as a form that works without a
//! script ([`server`](crate::server)), and by the build for the painter (`first_screen_html`).
//!
//! Each module uses only those above it in this list:
//!
//! - `icon`, `marks`, `form_target`, `caret`, `follow`: know no other module of the view;
//! - `ui`: the context that every part is built with;
//! - `elements`, `social`, `begin`: what several screens share;
//! - `screens`: the screens; `frame`: the dialog around them;
//! - `html` and `live`: the whole dialog, as HTML and on a page.
//!
//! Elements are built once. `follow` updates those parts that depend on the view model, and explains why
//! signals do not.
//!
//! If an element inside another one is entirely literal, `view!` sets it as HTML, which Trusted Types forbid.
//! So each element of that kind is a function of its own.

mod begin;
mod caret;
mod elements;
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "outside of browsers nothing changes")
)]
mod follow;
mod form_target;
mod frame;
mod html;
mod icon;
#[cfg(target_arch = "wasm32")]
mod live;
mod marks;
mod screens;
mod social;
mod ui;

pub use form_target::FormTarget;

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
