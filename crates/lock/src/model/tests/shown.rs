//! The view model.

use rstest::rstest;

use super::*;
use crate::i18n::Dictionary;

#[rstest]
#[case(161_000, "2:41")]
#[case(160_001, "2:41")]
#[case(0, "0:00")]
#[case(1, "0:01")]
#[case(720_000, "12:00")]
fn countdowns_round_up(#[case] left_ms: u64, #[case] expected: &str) {
    assert_eq!(countdown(left_ms), expected);
}

#[rstest]
#[case(0, "1 second")]
#[case(30, "30 seconds")]
#[case(90, "90 seconds")]
#[case(91, "2 minutes")]
#[case(720, "12 minutes")]
#[case(5400, "90 minutes")]
#[case(7200, "2 hours")]
fn waits_are_written_with_their_unit(#[case] seconds: u64, #[case] expected: &str) {
    assert_eq!(wait_text(seconds, &Dictionary::default()), expected);
}

#[test]
fn the_pages_texts_override_the_dialogs() {
    let mut dictionary = Dictionary::default();
    dictionary.set("title", "Log in to Acme");
    dictionary.set("passwordlessEmailCodeInstructions", "%s: there it is");
    let shown = view_model(&Dialog::on_code().model, &dictionary);
    assert_eq!(shown.lead.before, "");
    assert_eq!(shown.lead.strong, EMAIL);
    assert_eq!(shown.lead.after, ": there it is");
    let shown = view_model(&Dialog::opened().model, &dictionary);
    assert_eq!(shown.title, "Log in to Acme");
}

#[test]
fn the_status_names_the_recipient_until_the_person_acts() {
    let mut dialog = Dialog::on_code();
    assert_eq!(
        dialog.shown().status,
        "The code was sent to nora@example.com."
    );
    dialog.type_code("1");
    assert_eq!(dialog.shown().status, "");
    dialog.type_code("123456");
    assert_eq!(dialog.shown().status, "Checking the code…");
}

#[test]
fn every_cause_has_a_text_of_its_own() {
    let keys = CAUSES.map(Cause::key);
    for (at, key) in keys.iter().enumerate() {
        assert!(!keys[..at].contains(key), "{key:?}");
    }
}
