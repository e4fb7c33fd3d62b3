//! The behaviour of Lock's own test suites that applies to a login by e-mail code. `tests/cases.md` lists all
//! cases of those suites with their tests.

use super::*;

#[test]
fn constructing_renders_nothing() {
    let dialog = Dialog::new();
    assert_eq!(dialog.screen(), None);
    assert_eq!(dialog.effects, []);
}

#[test]
fn show_renders_at_once() {
    let dialog = Dialog::opened();
    assert_eq!(dialog.effects.first(), Some(&Effect::Open));
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
}

#[test]
fn the_email_field_starts_empty() {
    assert_eq!(Dialog::opened().shown().email, "");
}

#[test]
fn typing_an_invalid_email_shows_no_error() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("nora".into()));
    assert_eq!(dialog.shown().hint, "");
}

#[test]
fn submitting_an_invalid_email_marks_it_and_sends_nothing() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("nora".into()));
    dialog.send(Msg::Submit);
    assert!(dialog.shown().invalid);
    assert_ne!(dialog.shown().hint, "");
    assert_eq!(dialog.requests(), 0);
}

#[test]
fn correcting_the_email_clears_the_error() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::Submit);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    assert!(!dialog.shown().invalid);
}

#[test]
fn an_email_that_becomes_invalid_again_shows_no_error_until_submit() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::Submit);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::EmailChanged("nora".into()));
    assert!(!dialog.shown().invalid);
    dialog.send(Msg::Submit);
    assert!(dialog.shown().invalid);
}

#[test]
fn submit_shows_the_spinner_until_the_response() {
    let mut dialog = Dialog::sending();
    assert!(dialog.shown().busy);
    assert_eq!(dialog.shown().submit_label, "Sending the code…");
    dialog.respond_to_start(failed(Cause::ServerError));
    assert!(!dialog.shown().busy);
}

#[test]
fn the_request_contains_the_email() {
    let dialog = Dialog::sending();
    assert!(dialog.effects.contains(&first_request()));
}

#[test]
fn a_sent_code_leads_to_the_code_screen() {
    let dialog = Dialog::on_code();
    let shown = dialog.shown();
    assert_eq!(shown.screen, ScreenKind::Code);
    assert!(!shown.busy);
    assert_eq!(shown.lead.strong, EMAIL);
    assert_eq!(
        dialog.events(),
        ["code sent", "step changed", "vcode ready"]
    );
    assert!(dialog.effects.contains(&Effect::Focus(FocusTarget::Code)));
}

#[test]
fn a_failed_start_stays_on_the_email_screen_and_shows_why() {
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(failed(Cause::Timeout));
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert_ne!(dialog.shown().note, "");
}

#[test]
fn an_empty_or_short_code_is_marked_and_not_sent() {
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
fn typing_clears_the_error_of_the_code() {
    let mut dialog = Dialog::on_code();
    dialog.send(Msg::Submit);
    dialog.type_code("1");
    assert!(!dialog.shown().invalid);
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(failed(Cause::InvalidCode));
    dialog.type_code("1");
    assert_eq!(dialog.shown().note, "");
    assert!(!dialog.shown().invalid);
}

#[test]
fn clearing_the_code_again_shows_no_error() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("1");
    dialog.type_code("");
    assert!(!dialog.shown().invalid);
}

#[test]
fn submitting_the_code_starts_one_check() {
    let dialog = Dialog::verifying();
    assert_eq!(dialog.requests(), 1);
    assert!(dialog.shown().busy);
}

#[test]
fn a_wrong_code_stays_on_the_code_screen_with_a_note() {
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(failed(Cause::InvalidCode));
    let shown = dialog.shown();
    assert_eq!(shown.screen, ScreenKind::Code);
    assert!(!shown.busy);
    assert!(shown.note.contains("isn’t right"));
}

#[test]
fn a_failed_login_emits_authorization_error() {
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(failed(Cause::InvalidCode));
    assert_eq!(dialog.events(), ["authorization_error"]);
}

#[test]
fn terms_are_shown_and_need_no_tick_by_default() {
    let shown = Dialog::opened().shown();
    assert_ne!(shown.terms, "");
    assert!(!shown.terms_box);
}

#[test]
fn the_terms_can_be_ticked_and_unticked() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::TermsToggled(true));
    assert!(dialog.shown().terms_accepted);
    dialog.send(Msg::TermsToggled(false));
    assert!(!dialog.shown().terms_accepted);
}

#[test]
fn the_country_is_us_without_a_default_location_and_a_known_language() {
    assert_eq!(Dialog::new().model.shared.entries.country, "US");
}

#[test]
fn spaces_and_dashes_are_removed_from_the_code() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("12 34-5");
    assert_eq!(dialog.code(), "12345");
}

#[test]
fn the_code_is_marked_by_its_check_or_by_the_response() {
    let mut dialog = Dialog::on_code();
    assert!(!dialog.shown().invalid);
    dialog.send(Msg::Submit);
    assert!(dialog.shown().invalid, "by the check of the field");
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(failed(Cause::InvalidCode));
    assert!(dialog.shown().invalid, "by the tenant's response");
}

#[test]
fn going_back_clears_the_code_and_keeps_the_email() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("123");
    dialog.send(Msg::Back);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert_eq!(dialog.shown().email, EMAIL);
    dialog.send(Msg::Submit);
    assert_eq!(dialog.code(), "");
}

#[test]
fn fields_do_not_change_while_a_request_is_in_flight() {
    let mut dialog = Dialog::sending();
    dialog.send(Msg::EmailChanged("other@example.com".into()));
    assert_eq!(dialog.shown().email, EMAIL);
    let mut dialog = Dialog::verifying();
    dialog.type_code("9");
    assert_eq!(dialog.code(), "123456");
}

#[test]
fn a_second_submit_is_ignored() {
    let mut dialog = Dialog::sending();
    dialog.send(Msg::Submit);
    assert_eq!(dialog.effects, []);
}

#[test]
fn the_email_is_trimmed_before_it_is_sent() {
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
