//! Texts: the table, the JSON beside it, and what a page lays over it.

use rstest::rstest;
use serde_json::{Map, Value};

use super::*;

/// The table as the nested object of a dictionary file. Lock's own keys with a dot in them, such
/// as `bad.email`, stay one key.
fn english() -> Value {
    let mut root = Value::Object(Map::new());
    for (_, path, text) in Key::ALL {
        let mut parts: Vec<&str> = path.split('.').collect();
        let is_passwordless = parts.starts_with(&["error", "passwordless"]);
        let is_plural = matches!(parts.last(), Some(&("one" | "other")));
        let dotted;
        if is_passwordless && !is_plural {
            dotted = parts[2..].join(".");
            parts = vec!["error", "passwordless", &dotted];
        }
        let mut place = &mut root;
        for part in parts {
            place = place
                .as_object_mut()
                .expect("no path runs through a text")
                .entry(part)
                .or_insert_with(|| Value::Object(Map::new()));
        }
        *place = Value::String((*text).to_owned());
    }
    root
}

#[test]
fn en_json_says_what_is_compiled_in() {
    let file: Value = serde_json::from_str(include_str!("../../i18n/en.json")).expect("JSON");
    let table = english();
    assert_eq!(
        file,
        table,
        "i18n/en.json should be:\n{}",
        serde_json::to_string_pretty(&table).expect("JSON")
    );
}

#[test]
fn paths_are_unique_and_no_text_is_empty() {
    for (at, (_, path, text)) in Key::ALL.iter().enumerate() {
        assert!(!text.is_empty(), "{path}");
        assert!(
            Key::ALL[..at].iter().all(|(_, other, _)| other != path),
            "{path}"
        );
    }
}

#[test]
fn own_words_win_and_unknown_paths_are_harmless() {
    let mut dictionary = Dictionary::default();
    assert!(dictionary.is_plain());
    dictionary.set("title", "Acme");
    dictionary.set("title", "Acme again");
    dictionary.set("no.such.path", "nothing");
    assert_eq!(dictionary.text(Key::Title), "Acme again");
    assert_eq!(dictionary.text(Key::SubmitLabel), "Continue");
}

#[test]
fn the_old_hint_names_are_understood_and_the_new_ones_win() {
    let mut dictionary = Dictionary::default();
    dictionary.set("blankErrorHint", "old");
    assert_eq!(dictionary.text(Key::BlankEmail), "old");
    dictionary.set("blankEmailErrorHint", "new");
    assert_eq!(dictionary.text(Key::BlankEmail), "new");
}

#[rstest]
#[case("to %s.", "to X.")]
#[case("%d-digit", "X-digit")]
#[case("no place", "no place")]
#[case("100%% of %s", "100% of X")]
#[case("100%%s", "100%s")]
#[case("%", "%")]
#[case("%s and %s", "X and %s")]
fn placeholders_are_filled(#[case] text: &str, #[case] expected: &str) {
    let mut dictionary = Dictionary::default();
    dictionary.set("title", text);
    assert_eq!(dictionary.fill(Key::Title, "X"), expected);
}

#[rstest]
#[case("ar", true)]
#[case("fa-IR", true)]
#[case("HE", true)]
#[case("en", false)]
#[case("arn", false)]
#[case("", false)]
fn right_to_left_languages_are_known(#[case] language: &str, #[case] expected: bool) {
    assert_eq!(is_right_to_left(language), expected);
}
