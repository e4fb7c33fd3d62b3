//! The few things the dialog needs of the page around it.

use gloo_timers::callback::Timeout;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Event, EventTarget};

use crate::css::CSS;
use crate::page::{Target, WINDOW, Window, drop_styles, hold_styles};

/// The window, if there is one: on a server there is none.
pub(crate) fn window() -> Option<Window> {
    WINDOW.with(Clone::clone)
}

/// The document.
pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// Milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    reason = "the runtime's one clock; it has been positive since 1970"
)]
pub(crate) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Tells the developer something.
pub(crate) fn warn(message: &str) {
    web_sys::console::warn_1(&JsValue::from_str(message));
}

/// Does something as soon as nothing else runs. Dropping the answer takes it back.
#[inline(never)]
pub(crate) fn later(work: Box<dyn FnOnce()>) -> Timeout {
    Timeout::new(0, work)
}

/// A listener that goes when it is dropped.
pub(crate) struct Listener {
    target: Target,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `listen` for each event called `name` at `target`.
    pub(crate) fn new(
        target: &EventTarget,
        name: &'static str,
        listen: Box<dyn FnMut(Event)>,
    ) -> Self {
        let closure = Closure::wrap(listen);
        let target: Target = target.clone().unchecked_into();
        target.listen(name, closure.as_ref().unchecked_ref());
        Self {
            target,
            name,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let listener: &Function = self.closure.as_ref().unchecked_ref();
        self.target.ignore(self.name, listener);
    }
}

/// The dialog's style sheet on the page, as long as anybody holds one of these.
pub(crate) struct Styles;

impl Styles {
    /// Puts the sheet on the page unless it is there; with `nonce`, in a browser where it has to be
    /// an element.
    pub(crate) fn hold(nonce: Option<&str>) -> Self {
        // The script of a page of JavaScript has the sheet already, for its painter.
        let sheet = if cfg!(feature = "js") { "" } else { CSS };
        hold_styles(sheet, nonce.unwrap_or_default());
        Self
    }
}

impl Drop for Styles {
    fn drop(&mut self) {
        drop_styles();
    }
}
