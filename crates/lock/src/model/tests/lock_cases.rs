//! The cases of Lock's own suites that apply to login by e-mail code, by their number in the
//! project's list of 60.
//!
//! The others: 18 to 29 and 59 are in `ways` and `recipients`, 53 and 54 in `captcha`; 30, 33, 35, 36 and 60 with
//! the options; 25, 26, 47 to 54, 56 and 58 in a browser, under `tests/lock`. 55 (last login) is left out with what it
//! tests: see `DIFFERENCES.md`.

use super::*;

#[test]
fn case_01_constructing_renders_nothing() {
    let dialog = Dialog::new();
    assert_eq!(dialog.step(), None);
    assert_eq!(dialog.effects, []);
}

#[test]
fn case_02_show_renders_at_once() {
    let dialog = Dialog::opened();
    assert_eq!(dialog.effects.first(), Some(&Effect::Open));
    assert_eq!(dialog.step(), Some(Step::Email));
}

#[test]
fn case_03_the_email_field_starts_empty() {
    assert_eq!(Dialog::opened().shown().email, "");
}

#[test]
fn case_04_typing_an_invalid_email_shows_no_error() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("nora".into()));
    assert_eq!(dialog.shown().hint, "");
}

#[test]
fn case_05_submitting_an_invalid_email_marks_it_and_sends_nothing() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("nora".into()));
    dialog.send(Msg::Submit);
    assert!(dialog.shown().invalid);
    assert_ne!(dialog.shown().hint, "");
    assert_eq!(dialog.requests(), 0);
}

#[test]
fn case_06_correcting_clears_the_error() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::Submit);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    assert!(!dialog.shown().invalid);
}

#[test]
fn case_07_becoming_invalid_again_shows_no_error_until_submit() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::Submit);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::EmailChanged("nora".into()));
    assert!(!dialog.shown().invalid);
    dialog.send(Msg::Submit);
    assert!(dialog.shown().invalid);
}

#[test]
fn case_08_submit_shows_loading_until_the_answer() {
    let mut dialog = Dialog::sending();
    assert!(dialog.shown().busy);
    assert_eq!(dialog.shown().submit_label, "Sending the code…");
    dialog.answer_start(failed(Cause::ServerError));
    assert!(!dialog.shown().busy);
}

#[test]
fn case_09_the_request_carries_the_email() {
    let dialog = Dialog::sending();
    assert!(dialog.effects.contains(&first_request()));
}

#[test]
fn case_10_success_leads_to_the_code() {
    let dialog = Dialog::on_code();
    let shown = dialog.shown();
    assert_eq!(shown.step, Step::Code);
    assert!(!shown.busy);
    assert_eq!(shown.lead.strong, EMAIL);
    assert_eq!(
        dialog.events(),
        ["code sent", "step changed", "vcode ready"]
    );
    assert!(dialog.effects.contains(&Effect::Focus(FocusTarget::Code)));
}

#[test]
fn case_11_a_failed_start_stays_on_the_email_and_says_why() {
    let mut dialog = Dialog::sending();
    dialog.answer_start(failed(Cause::Timeout));
    assert_eq!(dialog.step(), Some(Step::Email));
    assert_ne!(dialog.shown().note, "");
}

#[test]
fn case_12_an_empty_code_is_marked_and_never_sent() {
    for code in ["", "12345"] {
        let mut dialog = Dialog::on_code();
        dialog.type_code(code);
        dialog.send(Msg::Submit);
        assert!(dialog.shown().invalid);
        assert!(dialog.shown().hint.contains("6 digits"));
        assert_eq!(dialog.requests(), 0);
    }
}

#[test]
fn case_13_typing_clears_the_code_error() {
    let mut dialog = Dialog::on_code();
    dialog.send(Msg::Submit);
    dialog.type_code("1");
    assert!(!dialog.shown().invalid);
    let mut dialog = Dialog::verifying();
    dialog.answer_verify(failed(Cause::InvalidCode));
    dialog.type_code("1");
    assert_eq!(dialog.shown().note, "");
    assert!(!dialog.shown().invalid);
}

#[test]
fn case_14_clearing_the_code_again_shows_no_error() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("1");
    dialog.type_code("");
    assert!(!dialog.shown().invalid);
}

#[test]
fn case_15_code_submit_sends_address_and_code() {
    let dialog = Dialog::verifying();
    assert_eq!(dialog.requests(), 1);
    assert!(dialog.shown().busy);
}

#[test]
fn case_16_a_wrong_code_stays_on_the_code_and_says_so() {
    let mut dialog = Dialog::verifying();
    dialog.answer_verify(failed(Cause::InvalidCode));
    let shown = dialog.shown();
    assert_eq!(shown.step, Step::Code);
    assert!(!shown.busy);
    assert!(shown.note.contains("isn’t right"));
}

#[test]
fn case_17_and_39_a_failed_login_is_told_to_the_page() {
    let mut dialog = Dialog::verifying();
    dialog.answer_verify(failed(Cause::InvalidCode));
    assert_eq!(dialog.events(), ["authorization_error"]);
}

#[test]
fn case_31_terms_are_shown_and_need_no_tick_by_default() {
    let shown = Dialog::opened().shown();
    assert_ne!(shown.terms, "");
    assert!(!shown.terms_box);
}

#[test]
fn case_32_the_terms_tick_flips() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::TermsToggled(true));
    assert!(dialog.shown().terms_accepted);
    dialog.send(Msg::TermsToggled(false));
    assert!(!dialog.shown().terms_accepted);
}

#[test]
fn case_34_without_a_default_location_and_a_known_language_the_country_is_us() {
    assert_eq!(Dialog::new().model.shared.country, "US");
}

#[test]
fn case_41_spaces_and_dashes_are_cleaned_from_the_code() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("12 34-5");
    assert_eq!(dialog.code(), "12345");
}

#[test]
fn case_43_the_code_is_invalid_by_its_field_or_by_the_answer() {
    let mut dialog = Dialog::on_code();
    assert!(!dialog.shown().invalid);
    dialog.send(Msg::Submit);
    assert!(dialog.shown().invalid, "by its field");
    let mut dialog = Dialog::verifying();
    dialog.answer_verify(failed(Cause::InvalidCode));
    assert!(dialog.shown().invalid, "by the answer");
}

#[test]
fn case_40_restart_clears_the_code_and_keeps_the_email() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("123");
    dialog.send(Msg::Back);
    assert_eq!(dialog.step(), Some(Step::Email));
    assert_eq!(dialog.shown().email, EMAIL);
    dialog.send(Msg::Submit);
    assert_eq!(dialog.code(), "");
}

#[test]
fn case_44_fields_are_fixed_while_submitting() {
    let mut dialog = Dialog::sending();
    dialog.send(Msg::EmailChanged("other@example.com".into()));
    assert_eq!(dialog.shown().email, EMAIL);
    let mut dialog = Dialog::verifying();
    dialog.type_code("9");
    assert_eq!(dialog.code(), "123456");
}

#[test]
fn case_45_a_second_submit_is_ignored() {
    let mut dialog = Dialog::sending();
    dialog.send(Msg::Submit);
    assert_eq!(dialog.effects, []);
}

#[test]
fn case_57_the_email_is_trimmed_before_it_is_sent() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("  nora@example.com ".into()));
    dialog.send(Msg::Submit);
    assert!(dialog.effects.contains(&first_request()));
}

#[test]
fn vcode_submit_is_emitted() {
    // Lock declares the event and never emits it.
    assert!(Dialog::verifying().events().contains(&"vcode submit"));
}
