//! Bindings to the browser.
//!
//! The first half binds calls that cannot fail with the dialog's arguments. `web_sys` gives each of them a
//! `Result`, whose handling takes more bytes than the call. The second half binds functions of the
//! files in `js/page/`.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget, HtmlElement, Node};

#[wasm_bindgen]
extern "C" {
    /// The browser's `Window`.
    #[wasm_bindgen(extends = web_sys::Window, extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub(crate) type Window;
    /// The window, if there is one. `web_sys` looks for it in four places, because it supports workers.
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    pub(crate) static WINDOW: Option<Window>;
    #[wasm_bindgen(method, getter, js_name = innerWidth)]
    pub(crate) fn width(this: &Window) -> f64;

    /// The browser's `Element`.
    #[wasm_bindgen(extends = HtmlElement, extends = Element, extends = Node, extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub(crate) type Dom;
    #[wasm_bindgen(method, js_name = querySelector)]
    pub(crate) fn find(this: &Dom, selector: &str) -> Option<Dom>;
    #[wasm_bindgen(method, js_name = focus)]
    pub(crate) fn take_focus(this: &Dom);

    /// The browser's `BroadcastChannel`.
    #[wasm_bindgen(extends = EventTarget)]
    pub(crate) type Channel;
    #[wasm_bindgen(method, js_name = postMessage)]
    pub(crate) fn tell(this: &Channel, message: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Channel);

    /// The browser's `EventTarget`.
    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub(crate) type Target;
    #[wasm_bindgen(method, js_name = addEventListener)]
    pub(crate) fn listen(this: &Target, name: &str, listener: &Function);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    pub(crate) fn ignore(this: &Target, name: &str, listener: &Function);
}

#[wasm_bindgen(module = "/js/page/shared.js")]
extern "C" {
    /// The element that contains the dialog: the element with this id, or the page's body.
    pub(crate) fn host(id: Option<&str>) -> Option<Dom>;
}

#[wasm_bindgen(module = "/js/page/handover.js")]
extern "C" {
    /// Puts a dialog's element on the page: into a container, or over the page. The dialog replaces a first
    /// screen that was painted or sent by a server, and keeps what the person did there.
    pub(crate) fn put(root: &Dom, into: &Dom, is_inline: bool, painted: Option<&HtmlElement>);
}

#[wasm_bindgen(module = "/js/page/root.js")]
extern "C" {
    /// Takes a dialog's element off the page, and gives the focus back.
    pub(crate) fn close(root: &Dom);
}

#[wasm_bindgen(module = "/js/page/styles.js")]
extern "C" {
    /// Adds the style sheet to the page unless the page has it.
    #[wasm_bindgen(js_name = holdStyles)]
    pub(crate) fn hold_styles(css: &str, nonce: &str);
    /// Removes the style sheet when no dialog needs it any longer.
    #[wasm_bindgen(js_name = dropStyles)]
    pub(crate) fn drop_styles();
}

#[wasm_bindgen(module = "/js/page/colours.js")]
extern "C" {
    /// The computed value of a CSS property.
    pub(crate) fn computed(element: &Element, property: &str) -> String;
    /// Sets a CSS property of an element through the CSSOM.
    pub(crate) fn paint(element: &HtmlElement, property: &str, value: &str);
}

#[wasm_bindgen(module = "/js/page/intl.js")]
extern "C" {
    /// The CLDR plural category of a count. `None` for an invalid language tag.
    pub(crate) fn plural(language: &str, count: u32) -> Option<String>;
    /// A span of time as text. `None` for an invalid language tag.
    pub(crate) fn duration(language: &str, count: u32, unit: &str) -> Option<String>;
    /// The names of countries, sorted by name. Each country has one line: the code, a space, the name. `codes` are
    /// joined by spaces.
    pub(crate) fn countries(language: &str, codes: &str) -> String;
    /// The region of a language tag, as its code. If the tag has none, the likeliest region of its language.
    pub(crate) fn country(language: &str) -> Option<String>;
}

#[wasm_bindgen(module = "/js/page/storage.js")]
extern "C" {
    /// Reads an entry of `localStorage` or `sessionStorage`. `None` if the browser blocks the storage.
    pub(crate) fn recall(storage: &str, name: &str) -> Option<String>;
    /// Writes an entry of `localStorage` or `sessionStorage`. An empty text removes it.
    pub(crate) fn keep(storage: &str, name: &str, text: &str);
    /// Whether the browser stores data for this page: cookies, or `localStorage` in their place.
    #[wasm_bindgen(js_name = keepsData)]
    pub(crate) fn keeps_data() -> bool;
    /// Opens a `BroadcastChannel`. `None` in a browser that does not have it.
    pub(crate) fn channel(name: &str) -> Option<Channel>;
}

#[wasm_bindgen(module = "/js/page/keyboard.js")]
extern "C" {
    /// Keeps a dialog's element above an on-screen keyboard, until the returned function is called.
    #[wasm_bindgen(js_name = avoidKeyboard)]
    pub(crate) fn avoid_keyboard(root: &Dom) -> Function;
}

#[wasm_bindgen(module = "/js/page/browser.js")]
extern "C" {
    /// Whether the page is hidden.
    pub(crate) fn hidden() -> bool;
    /// Whether the browser reports a network.
    pub(crate) fn online() -> bool;
    /// The languages that the person prefers, best first, joined by commas.
    pub(crate) fn languages() -> String;
    /// An object with one member.
    pub(crate) fn pair(name: &str, value: &str) -> JsValue;
}
