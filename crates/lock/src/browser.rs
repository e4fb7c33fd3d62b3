//! Small wrappers around the window, the clock, timers and listeners.

use gloo_timers::callback::Timeout;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Event, EventTarget};

use crate::css::CSS;
use crate::page::{Target, WINDOW, Window, drop_styles, hold_styles};

/// The window. `None` on a server, where there is none.
pub(crate) fn window() -> Option<Window> {
    WINDOW.with(Clone::clone)
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// The browser's clock, in milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    reason = "the runtime's one clock; it has been positive since 1970"
)]
pub(crate) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Logs a warning for the developer on the console.
pub(crate) fn warn(message: &str) {
    web_sys::console::warn_1(&JsValue::from_str(message));
}

/// Runs `work` in a task of its own, as `setTimeout(0)` does. Dropping the returned timeout cancels it.
#[inline(never)]
pub(crate) fn later(work: Box<dyn FnOnce()>) -> Timeout {
    Timeout::new(0, work)
}

/// An event listener that is removed when it is dropped.
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

/// The dialog's style sheet on the page. The page keeps the sheet while at least one value of this type
/// exists.
pub(crate) struct Styles;

impl Styles {
    /// Adds the sheet unless the page has it. Browsers without constructable style sheets get a `<style>`
    /// element with `nonce`.
    pub(crate) fn hold(nonce: Option<&str>) -> Self {
        // The JavaScript package has brought the sheet already, for its painter. Nobody has for the component.
        let is_brought = cfg!(all(feature = "js", not(feature = "component")));
        let sheet = if is_brought { "" } else { CSS };
        hold_styles(sheet, nonce.unwrap_or_default());
        Self
    }
}

impl Drop for Styles {
    fn drop(&mut self) {
        drop_styles();
    }
}
