//! Draws the tenant's own captcha in its place on the screen.
//!
//! The elements, classes and texts are those of `js/captcha.mjs`. Widgets of captcha providers need the
//! provider's script, which a Rust program does not load; only the JavaScript dialog shows them.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_webauth::Value;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::CaptchaTexts;
use super::task::Task;
use super::tenant::TenantClient;
use crate::browser::{Listener, document};

/// A captcha on the page. Dropping it removes the listener of its button.
pub(super) struct Captcha {
    _reload: Listener,
}

/// The reason why there is no captcha to solve.
#[derive(Clone, Copy, Debug)]
pub(super) enum Missing {
    /// The tenant did not respond, or does not ask for a captcha after all.
    NoChallenge,
    /// The tenant issues captchas only to pages that have a `state`.
    NoState,
    /// The captcha is a provider's widget.
    Widget,
    /// The screen with the captcha's place is gone.
    NoPlace,
}

impl Missing {
    /// The warning for the developer, if there is something to fix.
    pub(super) fn message(self) -> Option<&'static str> {
        match self {
            Self::NoState => Some(
                "LockDialog: the tenant asks for a captcha, which it gives to pages whose `config.state` is set.",
            ),
            Self::Widget => Some(
                "LockDialog: the tenant asks for the captcha of a provider, which only the JavaScript dialog can show.",
            ),
            Self::NoChallenge | Self::NoPlace => None,
        }
    }
}

/// The tenant's challenge.
struct Challenge {
    image: String,
    /// Whether the picture shows the characters to type. Otherwise it shows a sum, and its result is to be
    /// typed.
    is_code: bool,
}

/// An owned copy of the texts in [`CaptchaTexts`].
pub(super) struct OwnedTexts {
    id: String,
    label: String,
    code: String,
    math: String,
    reload: String,
}

impl From<CaptchaTexts<'_>> for OwnedTexts {
    fn from(texts: CaptchaTexts<'_>) -> Self {
        Self {
            id: texts.id.to_owned(),
            label: texts.label.to_owned(),
            code: texts.code.to_owned(),
            math: texts.math.to_owned(),
            reload: texts.reload.to_owned(),
        }
    }
}

/// Requests a captcha from the tenant and puts it on the page.
pub(super) async fn show(client: Rc<TenantClient>, texts: OwnedTexts) -> Result<Captcha, Missing> {
    let challenge = ask(&client).await?;
    draw(client, &texts, &challenge).ok_or(Missing::NoPlace)
}

async fn ask(client: &TenantClient) -> Result<Challenge, Missing> {
    let challenge = match client.passwordless_challenge().await {
        Ok(Some(challenge)) if challenge.member("required").is_truthy() => challenge,
        Ok(None) => return Err(Missing::NoState),
        Ok(Some(_)) | Err(_) => return Err(Missing::NoChallenge),
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

/// Draws the captcha. `None` if the screen has no place for it any longer.
fn draw(client: Rc<TenantClient>, texts: &OwnedTexts, challenge: &Challenge) -> Option<Captcha> {
    let OwnedTexts {
        id,
        label: name,
        code,
        math,
        reload: another,
    } = texts;
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
    // Set through the CSSOM, because few people see a captcha and the style sheet is loaded by everybody.
    style(&picture, "max-inline-size", "100%");
    style(&picture, "border-radius", "8px");
    style(&picture, "background", "#fff");
    style(&row, "margin-block", "0 8px");
    style(&place, "margin-block-start", "14px");
    let _ = row.append_with_node_2(&picture, &reload);
    let again = reloader(client, &picture, &input);
    let listener = Listener::new(&reload, "click", Box::new(move |_| again()));
    place.replace_children_with_node_3(&label, &row, &input);
    Some(Captcha { _reload: listener })
}

/// Makes a function that loads another picture and empties the field.
fn reloader(client: Rc<TenantClient>, picture: &Element, input: &Element) -> impl Fn() + use<> {
    let (picture, input) = (picture.clone(), input.clone());
    let request = RefCell::new(None);
    move || {
        let client = Rc::clone(&client);
        let (picture, input) = (picture.clone(), input.clone());
        *request.borrow_mut() = Some(Task::spawn(async move {
            // Without another picture, the current one stays, and so does the typed text.
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

/// Makes an element with attributes and a text. The text is never parsed as HTML.
fn make(tag: &str, attributes: &[(&str, &str)], text: &str) -> Option<HtmlElement> {
    let element = document()?.create_element(tag).ok()?;
    for (name, value) in attributes {
        // The names are literals, so this cannot fail.
        let _ = element.set_attribute(name, value);
    }
    element.set_text_content(Some(text));
    element.dyn_into().ok()
}

fn style(element: &HtmlElement, property: &str, value: &str) {
    // The properties are literals, so this cannot fail.
    let _ = element.style().set_property(property, value);
}
