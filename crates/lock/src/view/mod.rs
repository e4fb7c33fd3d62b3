//! What the dialog looks like: it reads the view model, sends messages and decides nothing.
//!
//! Every screen is a function of `Ui` in `view!`, a file each, and it is used four times: on a page
//! (`live`), in a Leptos app ([`component`](crate::component)), on servers as a form that works without a script
//! ([`server`](crate::server)), and by the build, for the painter (`first_screen_html`).
//!
//! Elements are built once. Of what is in them, `follow` changes what follows the view model; that module says why
//! no signal does it.
//!
//! `view!` sets an element inside another one as HTML if all of it is literal, and Trusted Types forbid that. So such
//! an element is a function of its own here.

mod ask;
mod code;
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
mod parts;
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
