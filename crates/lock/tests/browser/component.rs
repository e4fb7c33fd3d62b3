//! The Leptos component on a page.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_lock::component::LockDialog;
use latchkey_lock::i18n::Key;
use latchkey_lock::model::{By, Event, Flash, ScreenKind, Tone};
use latchkey_lock::options::Options;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::page::{document, enter, get, options, run, settle, text, until};

fn body() -> HtmlElement {
    run("sessionStorage.clear()");
    document().body().expect("a body")
}

fn titled(title: &str) -> Options {
    let mut options = options();
    options.dictionary.say(Key::Title, title);
    options
}

fn dialogs() -> u32 {
    let list = document().query_selector_all("dialog.lk");
    list.expect("a list").length()
}

#[wasm_bindgen_test]
async fn the_component_follows_its_signal_and_sets_it() {
    let open = RwSignal::new(false);
    let mounted = mount_to(
        body(),
        move || view! { <LockDialog options=options() open /> },
    );
    settle().await;
    assert_eq!(dialogs(), 0);
    open.set(true);
    settle().await;
    assert_eq!(dialogs(), 1);
    get(".lk-close").click();
    assert!(!open.get_untracked(), "the person closed it");
    open.set(true);
    settle().await;
    open.set(false);
    settle().await;
    assert_eq!(dialogs(), 0, "the page closed it");
    drop(mounted);
}

#[wasm_bindgen_test]
async fn a_removed_component_leaves_nothing_on_the_page() {
    let sheets = || run("document.adoptedStyleSheets.length").as_f64();
    let elements = || run("document.querySelectorAll('*').length").as_f64();
    let (sheets_before, elements_before) = (sheets(), elements());
    let (open, there) = (RwSignal::new(true), RwSignal::new(true));
    let events = RwSignal::new(Vec::new());
    let on_event = move |event: Event| events.update(|events| events.push(event));
    let login = move || view! { <LockDialog options=options() open on_event /> };
    let mounted = mount_to(body(), move || move || there.get().then(login));
    settle().await;
    assert_eq!(dialogs(), 1);
    there.set(false);
    settle().await;
    assert_eq!(dialogs(), 0);
    let told = events.get_untracked();
    assert!(told.ends_with(&[Event::Cancelled(By::Page), Event::Hide]));
    open.set(true);
    settle().await;
    assert_eq!((dialogs(), events.get_untracked().len()), (0, told.len()));
    drop(mounted);
    settle().await;
    assert_eq!((sheets(), elements()), (sheets_before, elements_before));
}

#[wasm_bindgen_test]
async fn changed_options_apply_from_the_next_showing() {
    let (open, chosen) = (RwSignal::new(false), RwSignal::new(titled("One")));
    let mounted = mount_to(body(), move || view! { <LockDialog options=chosen open /> });
    settle().await;
    chosen.set(titled("Two"));
    open.set(true);
    settle().await;
    assert_eq!(text(".lk-title"), "Two", "changed while closed");
    enter(".lk-input", "nora@example.com");
    chosen.set(titled("Three"));
    settle().await;
    assert_eq!(text(".lk-title"), "Two", "not under the person's hands");
    open.set(false);
    settle().await;
    open.set(true);
    settle().await;
    assert_eq!(text(".lk-title"), "Three");
    let typed: HtmlInputElement = get(".lk-input").unchecked_into();
    assert_eq!(typed.value(), "nora@example.com", "what was typed stays");
    drop(mounted);
}

#[wasm_bindgen_test]
async fn options_that_change_while_the_language_loads_do_not_keep_it_closed() {
    run("window.fetch = () => new Promise(() => {})");
    let german = || {
        let mut options = options();
        options.language = Some("de".into());
        options.language_base_url = "https://files.example.test".into();
        options
    };
    let (open, chosen) = (RwSignal::new(true), RwSignal::new(german()));
    let mounted = mount_to(body(), move || view! { <LockDialog options=chosen open /> });
    settle().await;
    assert_eq!(dialogs(), 0, "the dialog waits for its language file");
    chosen.set(german());
    until(|| dialogs() == 1).await;
    assert_eq!(dialogs(), 1);
    drop(mounted);
}

#[wasm_bindgen_test]
async fn handlers_get_typed_events_and_a_message_of_the_page_is_shown() {
    let (open, flash) = (RwSignal::new(true), RwSignal::new(None));
    flash.set(Some(Flash {
        tone: Tone::Info,
        text: "Your session is over.".into(),
    }));
    let events = Rc::new(RefCell::new(Vec::new()));
    let heard = Rc::clone(&events);
    let on_event = move |event: Event| heard.borrow_mut().push(event);
    let mounted = mount_to(
        body(),
        move || view! { <LockDialog options=options() open flash on_event /> },
    );
    settle().await;
    assert!(text(".lk").contains("Your session is over."));
    flash.set(None);
    settle().await;
    assert!(!text(".lk").contains("Your session is over."));
    get(".lk-close").click();
    let expected = [
        Event::Show,
        Event::Ready(ScreenKind::Email),
        Event::Cancelled(By::Person),
        Event::Hide,
    ];
    assert_eq!(*events.borrow(), expected);
    drop(mounted);
}

#[wasm_bindgen_test]
async fn two_components_on_a_page_are_independent() {
    let (first, second) = (RwSignal::new(true), RwSignal::new(true));
    let mounted = mount_to(body(), move || {
        view! {
            <LockDialog options=titled("One") open=first />
            <LockDialog options=titled("Two") open=second />
        }
    });
    settle().await;
    assert_eq!(dialogs(), 2);
    let twice = run(
        "const ids = [...document.querySelectorAll('.lk [id]')].map(({ id }) => id);
        ids.filter((id, at) => ids.indexOf(id) !== at).join()",
    );
    assert_eq!(twice.as_string().as_deref(), Some(""), "duplicate ids");
    first.set(false);
    settle().await;
    assert_eq!((dialogs(), text(".lk-title")), (1, "Two".to_owned()));
    assert!(second.get_untracked());
    drop(mounted);
    settle().await;
    assert_eq!(dialogs(), 0);
}

#[wasm_bindgen_test]
async fn options_that_make_no_client_cause_a_warning() {
    run(
        "window.errors = []; window.complain = console.error; console.error = (text) => errors.push(text)",
    );
    let mut broken = options();
    broken.config.extra = vec![("overrides".to_owned(), true.into())];
    let (open, chosen) = (RwSignal::new(true), RwSignal::new(broken));
    let mounted = mount_to(body(), move || view! { <LockDialog options=chosen open /> });
    settle().await;
    assert_eq!(dialogs(), 0);
    let errors = run("console.error = complain; errors.join()")
        .as_string()
        .unwrap_or_default();
    assert!(
        errors.contains("LockDialog: ") && errors.contains("overrides"),
        "{errors}"
    );
    chosen.set(options());
    until(|| dialogs() == 1).await;
    assert_eq!(dialogs(), 1, "the corrected options open a dialog");
    drop(mounted);
}

#[wasm_bindgen_test]
async fn an_inline_component_is_rendered_in_its_place() {
    let open = RwSignal::new(true);
    let mounted = mount_to(body(), move || {
        view! {
            <section id="around">
                <p>"Before"</p>
                <LockDialog options=options() open inline=true />
                <p>"After"</p>
            </section>
        }
    });
    settle().await;
    let place = get("#around > p + div > div.lk--inline:only-child");
    assert_eq!(
        place.get_attribute("role").as_deref(),
        Some("group"),
        "no dialog over the page"
    );
    assert!(get("#around .lk-close").has_attribute("hidden"));
    assert_eq!(text("#around > div + p"), "After");
    enter("#around .lk-input", "nora@example.com");
    open.set(false);
    settle().await;
    assert_eq!(text("#around"), "BeforeAfter");
    open.set(true);
    settle().await;
    let typed: HtmlInputElement = get("#around > p + div .lk-input").unchecked_into();
    assert_eq!(typed.value(), "nora@example.com");
    drop(mounted);
    settle().await;
    assert!(
        document()
            .query_selector(".lk")
            .expect("a selector")
            .is_none()
    );
}

#[wasm_bindgen_test]
async fn a_signal_of_a_handler_outlives_the_showing() {
    let open = RwSignal::new(true);
    let made = Rc::new(RefCell::new(Vec::<RwSignal<u32>>::new()));
    let kept = Rc::clone(&made);
    let on_event = move |event: Event| {
        if event == Event::Cancelled(By::Person) {
            kept.borrow_mut().push(RwSignal::new(7));
        }
    };
    let mounted = mount_to(
        body(),
        move || view! { <LockDialog options=options() open on_event /> },
    );
    settle().await;
    get(".lk-close").click();
    settle().await;
    let value = made.borrow().first().and_then(RwSignal::try_get_untracked);
    assert_eq!(value, Some(7));
    drop(mounted);
}
