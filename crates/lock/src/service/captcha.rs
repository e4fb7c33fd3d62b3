//! The tenant's own captcha, drawn in the place that the screen has for it.
//!
//! The same elements, classes and words as in `js/captcha.mjs`. Widgets of providers are scripts of
//! theirs, which a Rust program does not load: the JavaScript dialog shows them.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_webauth::Value;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::CaptchaWords;
use super::task::Task;
use super::tenant::TenantClient;
use crate::browser::{Listener, document};

/// A captcha on the page. Dropping it ends its button.
pub(super) struct Captcha {
    _reload: Listener,
}

/// Why there is none to solve.
#[derive(Clone, Copy, Debug)]
pub(super) enum Missing {
    /// The tenant did not answer, or wants none after all.
    NotGiven,
    /// It gives captchas to pages with a state only.
    NoState,
    /// It is a provider's.
    Widget,
    /// The screen has no place for one any longer.
    NoPlace,
}

impl Missing {
    /// What the developer should know.
    pub(super) fn message(self) -> Option<&'static str> {
        match self {
            Self::NoState => Some(
                "LockDialog: the tenant asks for a captcha, which it gives to pages whose `config.state` is set.",
            ),
            Self::Widget => Some(
                "LockDialog: the tenant asks for the captcha of a provider, which only the JavaScript dialog can show.",
            ),
            Self::NotGiven | Self::NoPlace => None,
        }
    }
}

/// What the tenant wants solved.
struct Challenge {
    image: String,
    /// What is to be typed is in the picture; otherwise it is the result of a sum.
    is_code: bool,
}

/// The words of [`CaptchaWords`], to keep.
pub(super) struct Words {
    id: String,
    label: String,
    code: String,
    math: String,
    reload: String,
}

impl From<CaptchaWords<'_>> for Words {
    fn from(words: CaptchaWords<'_>) -> Self {
        Self {
            id: words.id.to_owned(),
            label: words.label.to_owned(),
            code: words.code.to_owned(),
            math: words.math.to_owned(),
            reload: words.reload.to_owned(),
        }
    }
}

/// Asks the tenant for a captcha and puts it on the page.
pub(super) async fn show(client: Rc<TenantClient>, words: Words) -> Result<Captcha, Missing> {
    let challenge = ask(&client).await?;
    draw(client, &words, &challenge).ok_or(Missing::NoPlace)
}

async fn ask(client: &TenantClient) -> Result<Challenge, Missing> {
    let challenge = match client.passwordless_challenge().await {
        Ok(Some(challenge)) if challenge.member("required").is_truthy() => challenge,
        Ok(None) => return Err(Missing::NoState),
        Ok(Some(_)) | Err(_) => return Err(Missing::NotGiven),
    };
    match (provider(&challenge), challenge.member("image").as_str()) {
        ("auth0", Some(image)) => Ok(Challenge {
            image: image.to_owned(),
            is_code: challenge.member("type").as_str() == Some("code"),
        }),
        _ => Err(Missing::Widget),
    }
}

fn provider(challenge: &Value) -> &str {
    challenge.member("provider").as_str().unwrap_or_default()
}

/// `None` where the screen has no place for it.
fn draw(client: Rc<TenantClient>, words: &Words, challenge: &Challenge) -> Option<Captcha> {
    let Words {
        id,
        label: name,
        code,
        math,
        reload: another,
    } = words;
    let id = |what: &str| ["lk-", id, "-", what].concat();
    let place: HtmlElement = (document()?.get_element_by_id(&id("captcha"))?)
        .dyn_into()
        .ok()?;
    let field = id("captcha-field");
    let label = make("label", &[("class", "lk-label"), ("for", &field)], name)?;
    let picture = make(
        "img",
        &[
            ("class", "lk-captcha-picture"),
            ("alt", name),
            ("src", &challenge.image),
        ],
        "",
    )?;
    let reload = make(
        "button",
        &[("class", "lk-link"), ("type", "button")],
        another,
    )?;
    let input = make(
        "input",
        &[
            ("class", "lk-input"),
            ("id", &field),
            ("name", "captcha"),
            ("type", "text"),
            ("autocomplete", "off"),
            ("autocapitalize", "none"),
            ("spellcheck", "false"),
            ("dir", "ltr"),
            ("aria-required", "true"),
            ("aria-describedby", &id("note")),
            ("placeholder", if challenge.is_code { code } else { math }),
        ],
        "",
    )?;
    let row = make("div", &[("class", "lk-row")], "")?;
    // Through the CSSOM: these are not worth a place in the style sheet of those who see no captcha.
    style(&picture, "max-inline-size", "100%");
    style(&picture, "border-radius", "8px");
    style(&picture, "background", "#fff");
    style(&row, "margin-block", "0 8px");
    style(&place, "margin-block-start", "14px");
    let _ = row.append_with_node_2(&picture, &reload);
    let again = changes(client, &picture, &input);
    let listener = Listener::new(&reload, "click", Box::new(move |_| again()));
    place.replace_children_with_node_3(&label, &row, &input);
    Some(Captcha { _reload: listener })
}

/// Puts another picture in place of the one that is there, and empties the field.
fn changes(client: Rc<TenantClient>, picture: &Element, input: &Element) -> impl Fn() + use<> {
    let (picture, input) = (picture.clone(), input.clone());
    let request = RefCell::new(None);
    move || {
        let client = Rc::clone(&client);
        let (picture, input) = (picture.clone(), input.clone());
        *request.borrow_mut() = Some(Task::spawn(async move {
            // Without another one, the one that is there stays, and what was typed for it.
            let Ok(next) = ask(&client).await else {
                return;
            };
            let _ = picture.set_attribute("src", &next.image);
            let input: HtmlInputElement = input.unchecked_into();
            input.set_value("");
            let _ = input.focus();
        }));
    }
}

/// An element with attributes and a text: nothing here is ever HTML.
fn make(tag: &str, attributes: &[(&str, &str)], text: &str) -> Option<HtmlElement> {
    let element = document()?.create_element(tag).ok()?;
    for (name, value) in attributes {
        // Fails for no name of ours.
        let _ = element.set_attribute(name, value);
    }
    element.set_text_content(Some(text));
    element.dyn_into().ok()
}

fn style(element: &HtmlElement, property: &str, value: &str) {
    // Fails for no property of ours.
    let _ = element.style().set_property(property, value);
}
