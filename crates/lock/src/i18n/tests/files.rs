//! Checks the language files: each has every text and no other, nothing is left in English, and placeholders
//! and plural categories are right.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rstest::rstest;
use serde_json::Value;

use super::*;

/// CLDR's cardinal categories: the languages that have them, and their names, as `Intl.PluralRules` lists them.
const PLURALS: [(&str, &str); 9] = [
    (
        "af az bg da de el en et fa fi hu nb nl nn no sv tr",
        "one other",
    ),
    ("ar", "zero one two few many other"),
    ("ca es fr it pt-br pt", "one many other"),
    ("cs lt pl ru sk uk", "one few many other"),
    ("he", "one two other"),
    ("hr ro sr", "one few other"),
    ("id ja ko ms vi zh-tw zh", "other"),
    ("lv", "zero one other"),
    ("sl", "one two few other"),
];

/// Lock's texts that no screen of this dialog shows. They are translated but not shipped. `scripts/lib/languages.mjs` has the same list.
const SPARE: [&str; 8] = [
    "unrecoverableError",
    "passwordlessEmailAlternativeInstructions",
    "passwordlessSMSAlternativeInstructions",
    "codeInputPlaceholder",
    "failedLabel",
    "retryLabel",
    "error.login.invalid_captcha",
    "error.login.invalid_recaptcha",
];

/// The texts of a file by path. The forms of a plural have the path `path|category`.
fn read(language: &str) -> BTreeMap<String, String> {
    let path: PathBuf = [
        env!("CARGO_MANIFEST_DIR"),
        "i18n",
        &format!("{language}.json"),
    ]
    .iter()
    .collect();
    let text = std::fs::read_to_string(path).expect("a file for each language");
    let mut texts = BTreeMap::new();
    flatten(&serde_json::from_str(&text).expect("JSON"), "", &mut texts);
    texts
}

fn flatten(value: &Value, path: &str, texts: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            assert!(texts.insert(path.to_owned(), text.clone()).is_none());
        }
        Value::Object(members) => {
            let is_plural = path == Key::WrongCode.path();
            let separator = match path {
                "" => "",
                _ if is_plural => "|",
                _ => ".",
            };
            for (name, inner) in members {
                flatten(inner, &format!("{path}{separator}{name}"), texts);
            }
        }
        other => panic!("{path} is {other}"),
    }
}

fn table() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for key in Key::ALL {
        if *key == Key::WrongCode {
            for form in key.english().split('|') {
                let (category, text) = form.split_once('=').expect("a category");
                texts.insert(format!("{}|{category}", key.path()), text.to_owned());
            }
        } else {
            texts.insert(key.path().to_owned(), key.english().to_owned());
        }
    }
    texts
}

/// The placeholders of a text, in order.
fn places(text: &str) -> Vec<&str> {
    text.match_indices('%')
        .map(|(at, _)| text.get(at..at + 2).unwrap_or("%"))
        .collect()
}

/// The paths of the texts, without plural categories.
fn kinds(texts: &BTreeMap<String, String>) -> Vec<&str> {
    let mut kinds: Vec<_> = texts
        .keys()
        .map(|path| path.split('|').next().unwrap_or_default())
        .collect();
    kinds.dedup();
    kinds
}

#[test]
fn en_json_equals_the_compiled_texts() {
    let mut english = read("en");
    for path in SPARE {
        assert!(english.remove(path).is_some(), "{path}");
    }
    assert_eq!(english, table());
    assert_eq!(Key::ALL.len(), 92);
}

#[test]
fn there_is_a_file_for_each_language_and_no_other() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("i18n");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().replace(".json", ""))
        .collect();
    files.sort();
    let mut known = LANGUAGES.to_vec();
    known.sort_unstable();
    assert_eq!(files, known);
}

/// The languages are tested in two halves of about the same size, so that two threads share the work.
#[rstest]
fn a_language_is_complete_and_well_formed(#[values(true, false)] is_first_half: bool) {
    let english = read("en");
    for language in LANGUAGES
        .into_iter()
        .filter(|name| (*name < "hu") == is_first_half)
    {
        let texts = read(language);
        assert_eq!(kinds(&texts), kinds(&english), "{language} has other texts");
        let categories: Vec<_> = texts
            .keys()
            .filter_map(|path| path.split_once('|').map(|(_, category)| category))
            .collect();
        let (_, expected) = PLURALS
            .iter()
            .find(|(languages, _)| languages.split(' ').any(|name| name == language))
            .expect("a row for each language");
        let mut expected: Vec<_> = expected.split(' ').collect();
        expected.sort_unstable();
        assert_eq!(
            categories, expected,
            "{language} has other plural categories"
        );
        for (path, text) in &texts {
            let source = match path.split_once('|') {
                Some((path, _)) => &english[&format!("{path}|other")],
                None => &english[path],
            };
            assert_eq!(places(text), places(source), "{language}: {path}");
            assert_eq!(text.trim(), text, "{language}: {path}");
            assert!(!text.is_empty(), "{language}: {path}");
            assert!(
                !text.contains(['|', '\n', '<']) && !text.contains("..."),
                "{language}: {path}"
            );
            assert!(
                language == "en" || text != source,
                "{language}: {path} is not translated"
            );
        }
    }
}

#[test]
fn the_check_finds_each_kind_of_flaw() {
    assert_eq!(places("%s and 100%"), ["%s", "%"]);
    assert_ne!(places("%d of %s"), places("%s of %d"));
}
