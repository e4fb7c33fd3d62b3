//! The few things the dialog needs of the page around it.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Event, EventTarget, HtmlElement, Window};

use crate::css::CSS;

/// The window, if there is one: on a server there is none.
#[expect(
    clippy::disallowed_methods,
    reason = "the runtime's one door to the window"
)]
pub(crate) fn window() -> Option<Window> {
    web_sys::window()
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

/// Whether the browser thinks that it has a network.
pub(crate) fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// What lasts as long as the tab. `None` where the browser keeps nothing for this page.
pub(crate) fn session_storage() -> Option<web_sys::Storage> {
    window()?.session_storage().ok()?
}

/// What outlasts the tab. `None` where the browser keeps nothing for this page.
pub(crate) fn local_storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok()?
}

/// Tells the developer something.
pub(crate) fn warn(message: &str) {
    web_sys::console::warn_1(&JsValue::from_str(message));
}

/// Where a dialog is put: the element of that id, or the page's body.
pub(crate) fn host(container: Option<&str>) -> Option<HtmlElement> {
    let document = document()?;
    match container {
        Some(id) => document.get_element_by_id(id)?.dyn_into().ok(),
        None => document
            .body()
            .or_else(|| document.document_element()?.dyn_into().ok()),
    }
}

/// Does something as soon as nothing else runs. Dropping the answer takes it back.
#[inline(never)]
pub(crate) fn later(work: Box<dyn FnOnce()>) -> Timeout {
    Timeout::new(0, work)
}

/// A listener that goes when it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
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
        // Fails for no listener that is a function.
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Self {
            target: target.clone(),
            name,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function: &Function = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, function);
    }
}

/// The dialog's style sheet on the page, as long as anybody holds one of these.
pub(crate) struct Styles;

thread_local! {
    /// How many hold the style sheet, and the sheet, or the element it had to be put into.
    static SHEET: std::cell::RefCell<(u32, JsValue)> = const { std::cell::RefCell::new((0, JsValue::UNDEFINED)) };
}

impl Styles {
    /// Puts the sheet on the page unless it is there. A constructable sheet passes every content
    /// security policy; a browser without them gets an element with `nonce`.
    pub(crate) fn hold(nonce: Option<&str>) -> Self {
        SHEET.with_borrow_mut(|(holders, sheet)| {
            if *holders == 0 {
                *sheet = adopt()
                    .or_else(|| element(nonce))
                    .unwrap_or(JsValue::UNDEFINED);
            }
            *holders += 1;
        });
        Self
    }
}

impl Drop for Styles {
    fn drop(&mut self) {
        SHEET.with_borrow_mut(|(holders, sheet)| {
            *holders = holders.saturating_sub(1);
            if *holders == 0 {
                let gone = std::mem::replace(sheet, JsValue::UNDEFINED);
                if let Some(element) = gone.dyn_ref::<web_sys::Element>() {
                    element.remove();
                } else {
                    change_adopted(|adopted| {
                        if let Ok(at) = u32::try_from(adopted.index_of(&gone, 0)) {
                            adopted.splice_many(at, 1, &[]);
                        }
                    });
                }
            }
        });
    }
}

fn adopt() -> Option<JsValue> {
    let sheet = web_sys::CssStyleSheet::new().ok()?;
    // Old browsers have the class, but neither `replaceSync` nor `adoptedStyleSheets`.
    if !Reflect::has(&sheet, &"replaceSync".into()).ok()? {
        return None;
    }
    sheet.replace_sync(CSS).ok()?;
    let sheet = JsValue::from(sheet);
    change_adopted(|adopted| {
        adopted.push(&sheet);
    })
    .then_some(sheet)
}

/// Changes the document's list of adopted sheets. Not in place: older browsers froze it.
fn change_adopted(change: impl FnOnce(&Array)) -> bool {
    let name = JsValue::from_str("adoptedStyleSheets");
    let Some(document) = document() else {
        return false;
    };
    match Reflect::get(&document, &name) {
        Ok(adopted) if adopted.is_object() => {
            let adopted = Array::from(&adopted);
            change(&adopted);
            Reflect::set(&document, &name, &adopted).unwrap_or(false)
        }
        _ => false,
    }
}

fn element(nonce: Option<&str>) -> Option<JsValue> {
    let document = document()?;
    let style = document.create_element("style").ok()?;
    if let Some(nonce) = nonce {
        style.set_attribute("nonce", nonce).ok()?;
    }
    style.set_text_content(Some(CSS));
    let parent = document.query_selector("head").ok()??;
    parent.append_child(&style).ok()?;
    Some(style.into())
}
