//! The dialog on a page: tests that need a browser.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[cfg(feature = "component")]
mod component;
mod page;
mod service;

use latchkey_lock::options::Scheme;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    ClipboardEvent, ClipboardEventInit, DataTransfer, HtmlElement, HtmlInputElement, KeyboardEvent,
    KeyboardEventInit,
};

use page::*;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn it_opens_as_a_modal_dialog_with_a_name_labels_and_focus() {
    let (dialog, events) = dialog(options());
    assert!(find(".lk").is_none(), "constructing renders nothing");
    dialog.show();
    let root = get("dialog.lk");
    assert!(root.matches(":modal").expect("a selector"));
    let title = root.get_attribute("aria-labelledby").expect("a name");
    assert_eq!(text(&format!("#{title}")), "Log in");
    let email = get(".lk-input");
    assert_eq!(
        email.get_attribute("autocomplete").as_deref(),
        Some("email")
    );
    assert_eq!(
        text(&format!("label[for={}]", email.id())),
        "E-mail address"
    );
    assert!(is_focused(".lk-input"));
    dialog.show();
    assert_eq!(
        document()
            .query_selector_all("dialog.lk")
            .expect("a list")
            .length(),
        1
    );
    assert_eq!(*events.borrow(), ["show", "socialOrEmail ready"]);
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn escape_closes_from_a_field_and_the_focus_goes_back_to_the_opener() {
    let opener = document().create_element("button").expect("a button");
    document()
        .body()
        .expect("a body")
        .append_child(&opener)
        .expect("appended");
    let opener: HtmlElement = opener.unchecked_into();
    opener.focus().expect("focused");
    let (dialog, events) = dialog(options());
    dialog.show();
    assert!(is_focused(".lk-input"));
    let init = KeyboardEventInit::new();
    init.set_key("Escape");
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("a key");
    get(".lk-input").dispatch_event(&event).expect("dispatched");
    assert!(find(".lk").is_none());
    assert_eq!(document().active_element().as_ref(), Some(opener.as_ref()));
    assert!(events.borrow().ends_with(&["cancelled", "hide"]));
    opener.remove();
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn destroy_leaves_nothing_behind_in_any_order() {
    let sheets = || run("document.adoptedStyleSheets.length").as_f64();
    let elements = || run("document.querySelectorAll('*').length").as_f64();
    let (sheets_before, elements_before) = (sheets(), elements());
    let (first, _) = dialog(options());
    let (second, events) = dialog(options());
    first.show();
    second.show();
    assert_eq!(
        document()
            .query_selector_all("dialog.lk")
            .expect("a list")
            .length(),
        2
    );
    first.destroy();
    first.destroy();
    first.hide();
    first.show();
    assert_eq!(
        document()
            .query_selector_all("dialog.lk")
            .expect("a list")
            .length(),
        1
    );
    settle().await;
    assert_ne!(sheets(), sheets_before, "the other dialog keeps the style");
    second.hide();
    second.show();
    second.hide();
    second.destroy();
    settle().await;
    assert_eq!(sheets(), sheets_before);
    assert_eq!(elements(), elements_before);
    assert_eq!(
        events
            .borrow()
            .iter()
            .filter(|name| **name == "hide")
            .count(),
        2
    );
}

#[wasm_bindgen_test]
async fn a_pasted_mail_fills_the_code_and_logs_in_once() {
    stub_fetch(OK, "null");
    let (dialog, events) = dialog(options());
    on_code(&dialog).await;
    assert!(is_focused(".lk-code-input"));
    let data = DataTransfer::new().expect("a clipboard");
    data.set_data("text/plain", "Your code is 123-456")
        .expect("set");
    let init = ClipboardEventInit::new();
    init.set_clipboard_data(Some(&data));
    init.set_cancelable(true);
    let event = ClipboardEvent::new_with_event_init_dict("paste", &init).expect("a paste");
    get(".lk-code-input")
        .dispatch_event(&event)
        .expect("dispatched");
    until(|| requests() > 1.5).await;
    let input: HtmlInputElement = get(".lk-code-input").unchecked_into();
    assert_eq!(input.value(), "123456");
    assert!(input.read_only());
    assert_eq!(text(".lk-code"), "123456", "the slots");
    assert!((requests() - 2.0).abs() < 0.1, "one start, one login");
    assert!(events.borrow().contains(&"vcode submit"));
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn a_wrong_code_is_cleared_and_the_focus_stays() {
    stub_fetch(OK, WRONG);
    let (dialog, events) = dialog(options());
    on_code(&dialog).await;
    enter(".lk-code-input", "12x");
    settle().await;
    let input: HtmlInputElement = get(".lk-code-input").unchecked_into();
    assert_eq!(input.value(), "12", "letters do not stay");
    enter(".lk-code-input", "654321");
    until(|| !text("[role=alert]").is_empty()).await;
    assert_eq!(input.value(), "");
    assert!(is_focused(".lk-code-input"));
    assert!(text("[role=alert]").contains("2 tries left"));
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described = input.get_attribute("aria-describedby").unwrap_or_default();
    assert!(
        described
            .split(' ')
            .any(|id| text(&format!("#{id}")).contains("2 tries left"))
    );
    assert!(events.borrow().contains(&"authorization_error"));
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn nothing_is_set_as_html_and_option_strings_are_text() {
    stub_fetch(OK, WRONG);
    run("window.htmlSet = 0;
        for (const proto of [Element.prototype, ShadowRoot.prototype]) {
            const { get, set } = Object.getOwnPropertyDescriptor(proto, 'innerHTML');
            Object.defineProperty(proto, 'innerHTML', { configurable: true, get, set(html) { htmlSet++; set.call(this, html); } });
        }");
    let evil = "<img src=x onerror=alert(1)>%s";
    let mut options = options();
    for key in latchkey_lock::i18n::Key::ALL {
        options.dictionary.set(key.path(), evil);
    }
    options.settings.must_accept_terms = true;
    options.email = evil.into();
    let (dialog, _) = dialog(options);
    dialog.show();
    get(".lk-submit").click();
    settle().await;
    get(".lk-terms input").click();
    on_code(&dialog).await;
    enter(".lk-code-input", "654321");
    until(|| !text("[role=alert]").is_empty()).await;
    assert!(find(".lk img").is_none());
    assert_eq!(text(".lk-title"), evil);
    assert_eq!(run("htmlSet").as_f64(), Some(0.0));
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn a_fetch_that_closes_the_dialog_breaks_nothing() {
    let (dialog, _) = dialog(options());
    let closing = dialog.clone();
    let close = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || closing.destroy());
    let window = run("window");
    js_sys::Reflect::set(&window, &"closeDialog".into(), close.as_ref()).expect("set");
    run("window.fetch = () => { closeDialog(); return new Promise(() => {}); }");
    dialog.show();
    enter("dialog.lk input[name=email]", "nora@example.com");
    get(".lk-submit").click();
    until(|| find(".lk").is_none()).await;
    assert!(find(".lk").is_none());
}

#[wasm_bindgen_test]
async fn language_direction_scheme_and_colour_are_applied() {
    let mut options = options();
    options.language = Some("tlh".into());
    options.dictionary.set("title", "yI'el");
    options.theme.scheme = Scheme::Dark;
    options.theme.primary_color = Some("#ffd400".into());
    let (dialog, _) = dialog(options);
    dialog.show();
    let root = get("dialog.lk");
    assert_eq!(root.get_attribute("lang").as_deref(), Some("tlh"));
    assert_eq!(root.get_attribute("dir").as_deref(), Some("ltr"));
    assert_eq!(root.get_attribute("data-scheme").as_deref(), Some("dark"));
    let submit = run("getComputedStyle(document.querySelector('.lk-submit')).color");
    assert_eq!(submit.as_string().as_deref(), Some("rgb(0, 0, 0)"));
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn a_container_holds_the_dialog_in_the_page() {
    run("document.body.insertAdjacentHTML('beforeend', '<div id=here></div>')");
    let mut options = options();
    options.container = Some("here".into());
    options.settings.closable = false;
    let (dialog, _) = dialog(options);
    dialog.show();
    assert!(find("#here > div.lk--inline").is_some());
    assert!(!is_focused(".lk-input"));
    assert!(get(".lk-close").has_attribute("hidden"));
    dialog.destroy();
    get("#here").remove();
}

#[wasm_bindgen_test]
async fn a_container_that_is_not_there_leaves_the_dialog_closed() {
    let mut options = options();
    options.container = Some("nowhere".into());
    let (dialog, events) = dialog(options);
    dialog.show();
    assert!(!dialog.is_open());
    assert!(events.borrow().ends_with(&["cancelled", "hide"]));
    dialog.destroy();
}
