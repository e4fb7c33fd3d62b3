//! The screen that asks for the e-mail address.

use rstest::rstest;

use super::*;

#[test]
fn a_failed_start_emits_authorization_error() {
    // Lock emits `authorization_error` for a failed login, but not for a failed start by e-mail.
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(failed(Cause::ServerError));
    assert_eq!(dialog.events(), ["authorization_error"]);
}

#[rstest]
#[case(Cause::AccessDenied, "not allowed to log in")]
#[case(Cause::BlockedUser, "blocked")]
#[case(Cause::CaptchaRequired, "Solve the security check")]
#[case(Cause::Network, "can’t be reached")]
#[case(Cause::RateLimited, "try again in 30 seconds")]
#[case(Cause::ServerError, "a problem of its own")]
#[case(Cause::SignupDisabled, "no account for this address")]
#[case(Cause::Timeout, "too long")]
#[case(Cause::TooManyAttempts, "locked for now")]
#[case(Cause::Unknown, "an answer we don’t know")]
fn each_cause_of_a_failed_start_has_its_own_text(#[case] cause: Cause, #[case] text: &str) {
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(failed(cause));
    let shown = dialog.shown();
    assert_eq!(shown.screen, ScreenKind::Email);
    assert!(shown.note.contains(text), "{}", shown.note);
    assert!(!shown.busy);
}

#[test]
fn an_address_that_the_tenant_refuses_is_marked_at_the_field() {
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(failed(Cause::InvalidEmail));
    let shown = dialog.shown();
    assert!(shown.invalid && shown.hint.contains("not accepted"));
    assert!(dialog.effects.contains(&Effect::Focus(FocusTarget::Email)));
}

#[rstest]
#[case(Cause::ClientMisconfigured, "isn’t set up")]
#[case(Cause::ConnectionDisabled, "switched off")]
#[case(Cause::OriginNotAllowed, "allowed origins")]
#[case(Cause::StorageUnavailable, "Allow cookies")]
fn a_setup_fault_shows_the_error_screen_which_leads_back(#[case] cause: Cause, #[case] text: &str) {
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(failed(cause));
    assert_eq!(
        dialog.events(),
        ["authorization_error", "step changed", "unrecoverable_error"]
    );
    let shown = dialog.shown();
    assert_eq!(shown.screen, ScreenKind::Error);
    assert!(shown.note.contains(text), "{}", shown.note);
    dialog.send(Msg::Submit);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert_eq!(dialog.shown().email, EMAIL);
}

#[test]
fn a_rate_limit_shows_the_wait_and_holds_the_button() {
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(Err(Failure {
        retry_after_s: Some(720),
        ..Failure::new(Cause::RateLimited)
    }));
    assert!(dialog.shown().note.contains("12 minutes"));
    assert!(dialog.model.wants_ticks());
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    dialog.wait(721);
    assert_eq!(dialog.shown().note, "");
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_start_that_found_no_network_is_repeated_when_online() {
    let mut dialog = Dialog::sending();
    dialog.send(Msg::Online(false));
    dialog.respond_to_start(failed(Cause::Network));
    assert!(dialog.shown().note.contains("offline"));
    dialog.send(Msg::Online(true));
    assert_eq!(dialog.requests(), 1);
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
}

#[test]
fn the_wait_after_a_code_to_another_address_does_not_stop_the_repetition() {
    let mut dialog = Dialog::on_code();
    dialog.send(Msg::Back);
    dialog.send(Msg::EmailChanged("other@example.com".into()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
    dialog.send(Msg::Online(false));
    dialog.respond_to_start(failed(Cause::Network));
    dialog.send(Msg::Online(true));
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn typing_cancels_the_repetition_of_a_start() {
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(failed(Cause::Network));
    dialog.send(Msg::EmailChanged("other@example.com".into()));
    dialog.send(Msg::Online(true));
    assert_eq!(dialog.requests(), 0);
}

#[test]
fn back_cancels_the_request() {
    let mut dialog = Dialog::sending();
    dialog.send(Msg::Back);
    assert_eq!(dialog.effects, [Effect::Cancel]);
    dialog.respond_to_start(Ok(()));
    assert_eq!(
        dialog.screen(),
        Some(ScreenKind::Email),
        "a late response is dropped"
    );
}

#[test]
fn terms_have_to_be_ticked_if_the_page_says_so() {
    let mut dialog = Dialog::with(Settings {
        must_accept_terms: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    assert!(dialog.effects.contains(&Effect::Focus(FocusTarget::Terms)));
    assert_ne!(dialog.shown().terms_hint, "");
    dialog.send(Msg::TermsToggled(true));
    assert_eq!(dialog.shown().terms_hint, "");
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn the_same_address_gets_no_second_code_during_the_cool_down() {
    let mut dialog = Dialog::on_code();
    dialog.send(Msg::Back);
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    assert_eq!(
        dialog.screen(),
        Some(ScreenKind::Code),
        "the code still works"
    );
}

#[test]
fn another_address_gets_its_code_at_once() {
    let mut dialog = Dialog::on_code();
    dialog.send(Msg::Back);
    dialog.send(Msg::EmailChanged("other@example.com".into()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[rstest]
#[case("NORA@example.com")]
#[case("nora@EXAMPLE.COM")]
#[case(" Nora@Example.com,")]
#[case("mailto:nora@example.com")]
fn addresses_are_compared_without_regard_to_case(#[case] typed: &str) {
    let mut dialog = Dialog::on_code();
    dialog.send(Msg::Back);
    dialog.send(Msg::EmailChanged(typed.into()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    assert_eq!(
        dialog.screen(),
        Some(ScreenKind::Code),
        "the code still works"
    );
}

#[rstest]
#[case("NORA@Example.com", true)]
#[case("nora@example.com", true)]
#[case("nora@example.org", false)]
fn a_newer_code_of_another_tab_counts_for_the_address_in_any_case(
    #[case] to: &str,
    #[case] counts: bool,
) {
    let mut dialog = Dialog::on_code();
    dialog.type_code("12");
    dialog.send(Msg::OtherTab(News::Sent { to: to.into() }));
    assert_eq!(dialog.code().is_empty(), counts);
    assert_eq!(!dialog.shown().note.is_empty(), counts);
}

#[test]
fn a_slip_is_asked_about_once() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("nora@gmial.com".into()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.shown().suggestion.strong, "nora@gmail.com");
    let mut insisting = dialog.clone();
    insisting.send(Msg::Submit);
    assert_eq!(insisting.requests(), 1);
    dialog.send(Msg::SuggestionTaken);
    assert_eq!(dialog.shown().email, "nora@gmail.com");
    assert_eq!(dialog.shown().suggestion, Sentence::default());
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_missing_ending_is_marked_and_an_address_is_suggested() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("nora@gmial".into()));
    dialog.send(Msg::Submit);
    assert!(dialog.shown().hint.contains("ending"));
    assert_eq!(dialog.shown().suggestion.strong, "nora@gmail.com");
}

#[test]
fn the_pages_message_stays_until_the_person_goes_on() {
    let mut dialog = Dialog::new();
    dialog.send(Msg::Flash(Some(Flash {
        tone: Tone::Ok,
        text: "You logged out.".into(),
    })));
    dialog.send(Msg::Show);
    assert_eq!(dialog.shown().note, "You logged out.");
    assert_eq!(dialog.shown().note_tone, Tone::Ok);
    dialog.send(Msg::EmailChanged("n".into()));
    assert_eq!(dialog.shown().note, "");
}
