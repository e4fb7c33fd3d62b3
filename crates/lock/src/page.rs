//! What the dialog asks of the browser.
//!
//! The first half are calls that cannot fail with arguments of ours: they are bound without the error
//! that `web_sys` has for each, whose handling takes more bytes than the calls. The second half is
//! written in JavaScript, `js/page.js`.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget, HtmlElement, Node};

#[wasm_bindgen]
extern "C" {
    /// A window.
    #[wasm_bindgen(extends = web_sys::Window, extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub(crate) type Window;
    /// The window, if there is one. `web_sys` looks for it in four places, as it may be a worker's.
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    pub(crate) static WINDOW: Option<Window>;
    #[wasm_bindgen(method, getter, js_name = innerWidth)]
    pub(crate) fn width(this: &Window) -> f64;
    #[wasm_bindgen(method, getter, js_name = innerHeight)]
    pub(crate) fn height(this: &Window) -> f64;

    /// An element.
    #[wasm_bindgen(extends = HtmlElement, extends = Element, extends = Node, extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub(crate) type Dom;
    #[wasm_bindgen(method, js_name = appendChild)]
    pub(crate) fn append(this: &Dom, child: &Node);
    #[wasm_bindgen(method, js_name = querySelector)]
    pub(crate) fn find(this: &Dom, selector: &str) -> Option<Dom>;
    #[wasm_bindgen(method, js_name = focus)]
    pub(crate) fn take_focus(this: &Dom);

    /// A `BroadcastChannel`.
    #[wasm_bindgen(extends = EventTarget)]
    pub(crate) type Channel;
    #[wasm_bindgen(method, js_name = postMessage)]
    pub(crate) fn tell(this: &Channel, message: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Channel);

    /// What events happen to.
    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub(crate) type Target;
    #[wasm_bindgen(method, js_name = addEventListener)]
    pub(crate) fn listen(this: &Target, name: &str, listener: &Function);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    pub(crate) fn ignore(this: &Target, name: &str, listener: &Function);
}

#[wasm_bindgen(module = "/js/page.js")]
extern "C" {
    /// Where a dialog is put: the element of that id, or the page's body.
    pub(crate) fn host(id: Option<&str>) -> Option<Dom>;
    /// Puts a dialog's element on the page: into a container, or over the page. It takes the place of a first screen that
    /// was painted, or sent by a server, with what the person did there.
    pub(crate) fn put(root: &Dom, into: &Dom, is_inline: bool, painted: Option<&HtmlElement>);
    /// Whether nobody sees the page.
    pub(crate) fn hidden() -> bool;
    /// Whether the browser thinks that it has a network.
    pub(crate) fn online() -> bool;
    /// What a property of an element's style comes to.
    pub(crate) fn computed(element: &Element, property: &str) -> String;
    /// Sets a property of an element's own style, through the CSSOM.
    pub(crate) fn paint(element: &HtmlElement, property: &str, value: &str);
    /// Whether the browser keeps something for this page: cookies, or the local storage in their place.
    #[wasm_bindgen(js_name = keepsData)]
    pub(crate) fn keeps_data() -> bool;
    /// An object of one member.
    pub(crate) fn pair(name: &str, value: &str) -> JsValue;
    /// The languages that the person prefers, best first, joined by commas.
    pub(crate) fn languages() -> String;
    /// The CLDR category of a count. `None` for a language tag that is none.
    pub(crate) fn plural(language: &str, count: u32) -> Option<String>;
    /// A span of time in words. `None` as above.
    pub(crate) fn duration(language: &str, count: u32, unit: &str) -> Option<String>;
    /// Of each code, which blanks join, a line with the code, a blank and the country's name;
    /// sorted by name.
    pub(crate) fn countries(language: &str, codes: &str) -> String;
    /// The ISO 3166 code of the country where a language is most spoken.
    pub(crate) fn country(language: &str) -> Option<String>;
    /// What a storage of the window has under a name. `None` where the browser keeps nothing.
    pub(crate) fn recall(storage: &str, name: &str) -> Option<String>;
    /// Keeps a text in a storage of the window, or nothing if it is empty.
    pub(crate) fn keep(storage: &str, name: &str, text: &str);
    /// A line to the browser's other tabs. `None` in a browser that has none.
    pub(crate) fn channel(name: &str) -> Option<Channel>;
    /// Keeps a dialog's element above an on-screen keyboard, until the returned function is called.
    #[wasm_bindgen(js_name = avoidKeyboard)]
    pub(crate) fn avoid_keyboard(root: &Dom) -> Function;
    /// Takes a dialog's element off the page, and gives the focus back.
    pub(crate) fn close(root: &Dom);
    /// Puts the style sheet on the page unless it is there.
    #[wasm_bindgen(js_name = holdStyles)]
    pub(crate) fn hold_styles(css: &str, nonce: &str);
    /// Takes it off the page when nobody holds it any longer.
    #[wasm_bindgen(js_name = dropStyles)]
    pub(crate) fn drop_styles();
}
