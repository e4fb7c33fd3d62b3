//! Renders the first screen as data for the painter, which draws it before the dialog has loaded.
//!
//! The build asks for the screen under many options. The output is the HTML of the dialog's own view, with a
//! mark such as `⟪title⟫` in the place of each text and each value. `scripts/lib/first-screen.mjs` turns that
//! into the painter's data.

use latchkey_webauth::Value;

use crate::i18n::{ALIASES, Dictionary, Key, LANGUAGES, NamedCountry, RIGHT_TO_LEFT, tag};
use crate::model::{Model, Msg, Secret, ViewModel, countries, update, view_model};
use crate::options::{BRANDS, InvalidOptions, Options, read_flash};
use crate::view::{first_screen_html, marked, waiting_html};

/// The state that the screen is rendered in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The screen waits for the person.
    Idle,
    /// The main button was pressed: a request for a code or a link is under way.
    Sending,
    /// The button of a social connection was pressed.
    Leaving,
    /// The painter cannot know the screen yet, so the panel is empty.
    Waiting,
}

/// An address that the checks accept, to reach the state [`State::Sending`]. It is not rendered.
const SOME_EMAIL: &str = "somebody@example.com";
/// A phone number for the same purpose.
const SOME_NUMBER: &str = "+442071234567";

/// The mark for the place of a text or a value.
fn mark(name: &str) -> String {
    ["⟪", name, "⟫"].concat()
}

/// Renders the first screen of a dialog with `options` (as for `Auth0LockPasswordless`) as HTML.
///
/// # Errors
/// [`InvalidOptions`] if `options` is not an object of options.
pub fn first_screen(
    options: &Value,
    state: State,
    right_to_left: bool,
) -> Result<String, InvalidOptions> {
    let no_client = Value::from("");
    let flash = read_flash(options).unwrap_or_default();
    let mut options = Options::read(&no_client, &no_client, options)?.consistent();
    options.dictionary = marked_dictionary();
    let (model, _) = update(Model::new(options.settings.clone(), ""), Msg::Flash(flash));
    let (model, _) = update(model, Msg::Show);
    let model = match state {
        State::Idle | State::Waiting => model,
        State::Sending => press(model, Msg::Submit),
        State::Leaving => press(model, Msg::Social(mark("connection"))),
    };
    let shown = marked_values(view_model(&model, &options.dictionary), right_to_left);
    let country = NamedCountry {
        name: mark("country"),
        code: "⟪code⟫",
    };
    let id = mark("id");
    Ok(match state {
        State::Waiting => waiting_html(&options, &shown, &id),
        _ => first_screen_html(&options, &shown, &id, vec![country]),
    })
}

/// The model after the person has filled in every field and pressed a button. The entries themselves are not
/// rendered.
fn press(mut model: Model, button: Msg) -> Model {
    for msg in [
        Msg::EmailChanged(SOME_EMAIL.into()),
        Msg::PhoneChanged(SOME_NUMBER.into()),
        Msg::TermsToggled(true),
        button,
    ] {
        (model, _) = update(model, msg);
    }
    model.shared.entries.terms_accepted = false;
    model
}

/// A dictionary in which every text is the mark of its path. The text around a social connection's name has
/// one mark before the name and one after it.
fn marked_dictionary() -> Dictionary {
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

/// Replaces the values that a person or a page gives by marks.
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

/// Tables that the painter needs besides the screens.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tables {
    /// Other names of languages, each with the name that the dialog uses.
    pub aliases: Vec<(&'static str, &'static str)>,
    /// Names of connections that are not spelled like their brands, each with the brand.
    pub brands: Vec<(&'static str, &'static str)>,
    /// ISO 3166 codes of countries, each with the digits that its telephone numbers begin with.
    pub countries: Vec<(&'static str, u64)>,
    /// The fingerprint that a language's file has to begin with.
    pub fingerprint: String,
    /// Languages that have a dictionary file, each with its BCP 47 tag.
    pub languages: Vec<(&'static str, &'static str)>,
    /// Connections whose badge is a mark. The marks themselves load with the dialog.
    pub marks: Vec<&'static str>,
    /// Primary subtags of the languages that are written from right to left.
    pub right_to_left: Vec<&'static str>,
}

/// Collects the tables of this crate.
#[must_use]
pub fn tables() -> Tables {
    Tables {
        aliases: ALIASES.to_vec(),
        brands: BRANDS.to_vec(),
        countries: countries()
            .map(|country| (country.code, country.prefix))
            .collect(),
        fingerprint: Dictionary::fingerprint(),
        languages: LANGUAGES.iter().map(|name| (*name, tag(name))).collect(),
        marks: marked(),
        right_to_left: RIGHT_TO_LEFT.to_vec(),
    }
}
