//! Tests of the texts: the table of keys, its JSON, the languages, and a page's overrides.

mod files;

use rstest::rstest;

use super::*;

#[test]
fn the_pages_texts_override_and_unknown_paths_do_nothing() {
    let mut dictionary = Dictionary::default();
    assert!(dictionary.is_plain());
    dictionary.set("title", "Acme");
    dictionary.set("title", "Acme again");
    dictionary.set("no.such.path", "nothing");
    assert_eq!(dictionary.text(Key::Title), "Acme again");
    assert_eq!(dictionary.text(Key::SubmitLabel), "Continue");
}

#[test]
fn locks_hint_keys_work_and_the_fields_own_keys_win() {
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

#[test]
fn a_value_in_right_to_left_text_is_isolated() {
    let mut dictionary = Dictionary::default();
    dictionary.call_language("ar");
    assert_eq!(
        dictionary.fill(Key::CodeValid, "2:41"),
        "Valid for \u{2068}2:41\u{2069}"
    );
}

#[rstest]
#[case(1, "You have 1 try left.")]
#[case(2, "You have 2 tries left.")]
fn counts_select_the_plural_form(#[case] count: u64, #[case] end: &str) {
    let sentence = Dictionary::default().count(Key::WrongCode, count);
    assert!(sentence.ends_with(end), "{sentence}");
}

#[test]
fn a_page_may_override_each_plural_form_or_all_at_once() {
    let mut dictionary = Dictionary::default();
    dictionary.set("error.passwordless.invalid_code.other", "%d more");
    assert_eq!(dictionary.count(Key::WrongCode, 2), "2 more");
    let mut dictionary = Dictionary::default();
    dictionary.set("error.passwordless.invalid_code", "Wrong, %d left");
    assert_eq!(dictionary.count(Key::WrongCode, 1), "Wrong, 1 left");
}

#[test]
fn texts_can_be_set_by_key() {
    let mut dictionary = Dictionary::default();
    dictionary.say(Key::Title, "Acme");
    dictionary.say_form(Key::WrongCode, "other", "Wrong, %d more.");
    assert_eq!(dictionary.text(Key::Title), "Acme");
    assert_eq!(dictionary.count(Key::WrongCode, 2), "Wrong, 2 more.");
}

#[test]
fn a_plural_category_without_a_text_falls_back_to_other() {
    let formats = Formats {
        plural: |_, _| "few".to_owned(),
        ..Formats::default()
    };
    let dictionary = Dictionary::new(formats);
    assert!(dictionary.count(Key::WrongCode, 3).contains("3 tries"));
}

fn german() -> Vec<String> {
    let mut file = vec![Dictionary::fingerprint()];
    file.extend(Key::ALL.iter().map(|key| format!("de:{}", key.path())));
    file
}

fn entries(file: &[String]) -> impl Iterator<Item = Option<&str>> {
    file.iter().map(|text| Some(&**text))
}

#[test]
fn a_language_file_replaces_the_texts_but_not_the_pages_own() {
    let mut dictionary = Dictionary::default();
    dictionary.set("title", "Acme");
    assert!(dictionary.speak("pt-br", entries(&german())));
    assert_eq!(dictionary.language(), "pt-BR");
    assert_eq!(dictionary.text(Key::Title), "Acme");
    assert_eq!(dictionary.text(Key::SubmitLabel), "de:submitLabel");
}

#[test]
fn a_language_file_of_another_version_is_not_read() {
    let mut file = german();
    file[0] = "1".to_owned();
    let mut short = german();
    short.pop();
    let mut broken: Vec<_> = german().into_iter().map(Some).collect();
    broken[3] = None;
    let mut dictionary = Dictionary::default();
    assert!(!dictionary.speak("de", entries(&file)));
    assert!(!dictionary.speak("de", entries(&short)));
    assert!(!dictionary.speak("de", broken.iter().map(Option::as_deref)));
    assert!(!dictionary.speak("de", []));
    assert_eq!(dictionary, Dictionary::default());
}

#[rstest]
#[case("de-CH", Some("de"))]
#[case("pt-BR", Some("pt-br"))]
#[case("pt-PT", Some("pt"))]
#[case("zh_Hant_TW", Some("zh-tw"))]
#[case("zh-HK", Some("zh-tw"))]
#[case("zh-Hans-CN", Some("zh"))]
#[case("ua", Some("uk"))]
#[case("iw", Some("he"))]
#[case("sr-Latn-RS", Some("sr"))]
#[case("NB", Some("nb"))]
#[case("tlh", None)]
#[case("", None)]
#[case("den", None)]
fn languages_are_found_by_tag(#[case] wanted: &str, #[case] expected: Option<&str>) {
    assert_eq!(find_language(wanted), expected);
}

#[rstest]
#[case(&["tlh", "fr-CA", "de"], "fr")]
#[case(&["en-GB", "de"], "en")]
#[case(&["tlh"], "en")]
#[case(&[], "en")]
fn the_first_language_with_a_file_is_chosen(#[case] wanted: &[&str], #[case] expected: &str) {
    assert_eq!(negotiate(wanted.iter().copied()), expected);
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
