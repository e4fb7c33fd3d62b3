//! Helpers for the tests' page: finding elements, typing, and a tenant that is a stubbed `fetch`.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use latchkey_lock::Dialog;
use latchkey_lock::options::Options;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement};

pub(crate) fn options() -> Options {
    let mut options = Options::new("CLIENT", "acme.example.test");
    options.config.redirect_uri = Some("https://app.example.test/callback".into());
    options.config.response_type = Some("code".into());
    options
}

/// Makes a dialog, and a list of the names of its events.
pub(crate) fn dialog(options: Options) -> (Dialog, Rc<RefCell<Vec<&'static str>>>) {
    // The tests share a tab, whose `sessionStorage` would connect them.
    run("sessionStorage.clear()");
    let events = Rc::new(RefCell::new(Vec::new()));
    let heard = Rc::clone(&events);
    let on_event = move |event: latchkey_lock::model::Event| heard.borrow_mut().push(event.name());
    (
        Dialog::new(options, on_event).expect("valid options"),
        events,
    )
}

pub(crate) fn document() -> Document {
    run("document").unchecked_into()
}

pub(crate) fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).expect("a selector")
}

pub(crate) fn get(selector: &str) -> HtmlElement {
    let found = find(selector).unwrap_or_else(|| panic!("no {selector}"));
    found.dyn_into().expect("an HTML element")
}

pub(crate) fn text(selector: &str) -> String {
    get(selector).text_content().unwrap_or_default()
}

pub(crate) fn is_focused(selector: &str) -> bool {
    document().active_element() == find(selector)
}

pub(crate) fn enter(selector: &str, value: &str) {
    let input: HtmlInputElement = get(selector).unchecked_into();
    input.set_value(value);
    let event = Event::new("input").expect("an event");
    input.dispatch_event(&event).expect("dispatched");
}

pub(crate) async fn settle() {
    TimeoutFuture::new(20).await;
}

/// Waits until `is_so` returns true. A fixed time would be too short on a busy machine.
pub(crate) async fn until(is_so: impl Fn() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
}

pub(crate) fn run(script: &str) -> wasm_bindgen::JsValue {
    js_sys::eval(script).expect("a script that runs")
}

/// Stubs `fetch` with these responses to `/passwordless/start` and `/co/authenticate`. `null` means that no
/// response ever comes.
pub(crate) fn stub_fetch(start: &str, login: &str) {
    run(&format!(
        "window.requests = []; window.fetch = async (request) => {{
            requests.push(request.url);
            const answer = request.url.includes('/co/') ? {login} : {start};
            if (answer === null) return new Promise(() => {{}});
            return new Response(JSON.stringify(answer.body), {{ status: answer.status, headers: {{ 'content-type': 'application/json' }} }});
        }}"
    ));
}

pub(crate) fn requests() -> f64 {
    run("requests.length").as_f64().expect("a number")
}

pub(crate) const OK: &str = "{ status: 200, body: {} }";
pub(crate) const WRONG: &str = "{ status: 403, body: { error: 'access_denied', error_description: 'Wrong email or verification code.' } }";

/// Opens the dialog and goes to the code screen.
pub(crate) async fn on_code(dialog: &Dialog) {
    dialog.show();
    enter("dialog.lk input[name=email]", "nora@example.com");
    get(".lk-submit").click();
    until(|| is_focused(".lk-code-input")).await;
    assert!(find(".lk-code-input").is_some(), "the code screen");
}
