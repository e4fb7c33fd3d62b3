//! The first screen as data for the painter, which draws it before the dialog is there.
//!
//! The build asks for the screen under many options, as HTML of the dialog's own view, with marks such as `⟪title⟫` in the
//! places of words and values. `scripts/lib/first-screen.mjs` makes the painter's data of that.

use latchkey_webauth::Value;

use crate::i18n::{ALIASES, Dictionary, Key, LANGUAGES, RIGHT_TO_LEFT, tag};
use crate::model::{Model, Msg, Secret, ViewModel, countries, update, view_model};
use crate::options::{BRANDS, InvalidOptions, Options, read_flash};
use crate::view::{first_screen_html, marked, waiting_html};

/// What the screen is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is the person's turn.
    Idle,
    /// The main button was pressed: a code or a link is on its way.
    Sending,
    /// The button of a social connection was pressed.
    Leaving,
    /// It is not known yet which screen there is: an empty panel.
    Waiting,
}

/// An address that the checks accept, to get a screen on its way. No screen shows it.
const SOME_EMAIL: &str = "somebody@example.com";
/// A number likewise.
const SOME_NUMBER: &str = "+442071234567";

/// Marks the place of a word or a value.
fn mark(name: &str) -> String {
    ["⟪", name, "⟫"].concat()
}

/// The first screen of a dialog with `options` (as for `Auth0LockPasswordless`), as HTML.
///
/// # Errors
/// [`InvalidOptions`] where the options are none.
pub fn first_screen(
    options: &Value,
    state: State,
    right_to_left: bool,
) -> Result<String, InvalidOptions> {
    let nobody = Value::from("");
    let flash = read_flash(options).unwrap_or_default();
    let mut options = Options::read(&nobody, &nobody, options)?.consistent();
    options.dictionary = marked_words();
    let (model, _) = update(Model::new(options.settings.clone(), ""), Msg::Flash(flash));
    let (model, _) = update(model, Msg::Show);
    let model = match state {
        State::Idle | State::Waiting => model,
        State::Sending => press(model, Msg::Submit),
        State::Leaving => press(model, Msg::Social(mark("connection"))),
    };
    let shown = marked_values(view_model(&model, &options.dictionary), right_to_left);
    let country = vec![(mark("country"), "⟪code⟫")];
    let id = mark("id");
    Ok(match state {
        State::Waiting => waiting_html(&options, &shown, &id),
        _ => first_screen_html(&options, &shown, &id, country),
    })
}

/// The model once the person has filled everything in and pressed a button. What they gave is not shown.
fn press(mut model: Model, button: Msg) -> Model {
    for msg in [
        Msg::EmailChanged(SOME_EMAIL.into()),
        Msg::PhoneChanged(SOME_NUMBER.into()),
        Msg::TermsToggled(true),
        button,
    ] {
        model = update(model, msg).0;
    }
    model.shared.terms_accepted = false;
    model
}

/// A dictionary whose every text is the mark of its path. A text around a value has a mark on either side of it.
fn marked_words() -> Dictionary {
    let mut dictionary = Dictionary::default();
    for key in Key::ALL {
        let text = if *key == Key::SocialLabel {
            [&*mark("before"), "%s", &mark("after")].concat()
        } else {
            mark(key.path())
        };
        dictionary.say(*key, text);
    }
    dictionary
}

/// The view model with marks in the places of what a person or a page gives.
fn marked_values(mut shown: ViewModel, right_to_left: bool) -> ViewModel {
    shown.email = mark("email");
    shown.phone = mark("phone");
    shown.language = mark("language");
    shown.right_to_left = right_to_left;
    shown.code = Secret::default();
    if !shown.note.is_empty() {
        shown.note = mark("note");
    }
    shown
}

/// Tables that the painter needs besides.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tables {
    /// Other names of languages, and the names of ours.
    pub aliases: Vec<(&'static str, &'static str)>,
    /// Connections that do not read like their brands, and the brands.
    pub brands: Vec<(&'static str, &'static str)>,
    /// Countries by their ISO 3166 code, and what their telephone numbers begin with.
    pub countries: Vec<(&'static str, u64)>,
    /// Tells whether a language's file is of this version.
    pub fingerprint: String,
    /// The languages that there are words of, and their BCP 47 tags.
    pub languages: Vec<(&'static str, &'static str)>,
    /// Connections whose badge is a mark, which comes with the dialog.
    pub marks: Vec<&'static str>,
    /// Languages that are written from right to left, by the first part of their tag.
    pub right_to_left: Vec<&'static str>,
}

/// The tables of this crate.
#[must_use]
pub fn tables() -> Tables {
    Tables {
        aliases: ALIASES.to_vec(),
        brands: BRANDS.to_vec(),
        countries: countries().collect(),
        fingerprint: Dictionary::fingerprint(),
        languages: LANGUAGES.iter().map(|name| (*name, tag(name))).collect(),
        marks: marked(),
        right_to_left: RIGHT_TO_LEFT.to_vec(),
    }
}
