//! A slow tenant: what a person can do without a response, and what a late response must not undo.

use rstest::rstest;

use super::*;

/// A dialog on the address screen after a start without a response.
fn without_response(cause: Cause) -> Dialog {
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(failed(cause));
    dialog
}

#[rstest]
#[case(Cause::Timeout, true)]
#[case(Cause::Network, true)]
#[case(Cause::ServerError, true)]
#[case(Cause::RateLimited, false)]
#[case(Cause::InvalidEmail, false)]
#[case(Cause::CaptchaRequired, false)]
fn a_field_for_the_code_is_offered_if_the_request_may_have_arrived(
    #[case] cause: Cause,
    #[case] is_offered: bool,
) {
    let mut dialog = without_response(cause);
    assert_eq!(dialog.shown().have_code_label.is_empty(), !is_offered);
    dialog.send(Msg::HaveCode);
    let kind = if is_offered {
        ScreenKind::Code
    } else {
        ScreenKind::Email
    };
    assert_eq!(dialog.screen(), Some(kind));
}

#[test]
fn no_field_is_offered_if_the_browser_was_offline() {
    let mut dialog = Dialog::sending();
    dialog.send(Msg::Online(false));
    dialog.respond_to_start(failed(Cause::Network));
    assert_eq!(dialog.shown().have_code_label, "");
}

#[test]
fn no_field_is_offered_after_a_request_for_a_link() {
    let mut dialog = Dialog::with(Settings {
        link: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Submit);
    dialog.respond_to_start(failed(Cause::Timeout));
    assert_eq!(dialog.shown().have_code_label, "");
}

#[test]
fn a_code_that_came_without_a_response_logs_in() {
    let mut dialog = without_response(Cause::Timeout);
    dialog.send(Msg::HaveCode);
    assert_eq!(dialog.shown().lead.strong, EMAIL);
    dialog.type_code("123456");
    assert!(dialog.effects.iter().any(|effect| matches!(
        effect,
        Effect::Verify { to, .. } if to.text() == EMAIL
    )));
}

#[test]
fn another_press_within_the_cool_down_does_not_invalidate_the_code() {
    let mut dialog = without_response(Cause::Timeout);
    dialog.send(Msg::Submit);
    assert_eq!(
        (dialog.requests(), dialog.screen()),
        (0, Some(ScreenKind::Code))
    );
    assert!(dialog.shown().note.contains("took too long"));
    dialog.wait(31);
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 1);
}

#[rstest]
#[case(Cause::Network)]
#[case(Cause::ServerError)]
fn another_press_after_a_network_error_sends_at_once(#[case] cause: Cause) {
    let mut dialog = without_response(cause);
    dialog.send(Msg::Submit);
    assert_eq!(
        (dialog.requests(), dialog.screen()),
        (1, Some(ScreenKind::Email))
    );
    assert_eq!(
        dialog.shown().have_code_label,
        "",
        "the screen waits for a response again"
    );
}

#[test]
fn another_address_removes_the_offer_and_is_sent_a_code_at_once() {
    let mut dialog = without_response(Cause::Timeout);
    dialog.send(Msg::EmailChanged("bob@example.com".into()));
    assert_eq!(dialog.shown().have_code_label, "");
    dialog.send(Msg::HaveCode);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_reload_after_a_start_without_a_response_opens_the_code_screen() {
    let dialog = without_response(Cause::Timeout);
    let memory = dialog.model.shared.memory().to_text();
    let mut later = Dialog::new();
    let now_ms = later.model.shared.clock.now_ms;
    later.model.recall(Memory::read(&memory, now_ms).unwrap());
    later.send(Msg::Show);
    assert_eq!(later.screen(), Some(ScreenKind::Code));
    assert!(
        later
            .model
            .shared
            .sent
            .is_some_and(|sent| sent.is_unconfirmed)
    );
}

/// A dialog on the code screen that waits for a resend.
fn asking_again() -> Dialog {
    let mut dialog = Dialog::on_code();
    dialog.wait(31);
    dialog.send(Msg::Resend);
    dialog
}

#[test]
fn a_full_code_is_checked_during_a_resend_and_the_late_response_is_dropped() {
    let mut dialog = asking_again();
    let resend = dialog.model.shared.version;
    dialog.type_code("123456");
    let position = |wanted: fn(&Effect) -> bool| dialog.effects.iter().position(wanted);
    let cancel = position(|effect| *effect == Effect::Cancel);
    let verify = position(|effect| matches!(effect, Effect::Verify { .. }));
    assert!(
        cancel < verify && cancel.is_some(),
        "two requests are in flight"
    );
    dialog.send(Msg::Started {
        version: resend,
        result: Ok(()),
    });
    assert_eq!(dialog.code(), "123456");
    dialog.respond_to_verify(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::SignedIn));
}

#[test]
fn a_short_code_stays_during_a_resend_and_after_it() {
    let mut dialog = asking_again();
    dialog.type_code("123");
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.code(), "123");
}

#[test]
fn digits_from_before_a_resend_are_cleared_when_the_new_code_is_sent() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("123");
    dialog.wait(31);
    dialog.send(Msg::Resend);
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.code(), "");
}

#[test]
fn wrong_tries_before_a_resend_without_a_response_do_not_count() {
    let mut dialog = Dialog::on_code();
    for _ in 0..3 {
        dialog.type_code("111111");
        dialog.respond_to_verify(failed(Cause::InvalidCode));
    }
    dialog.wait(31);
    dialog.send(Msg::Resend);
    dialog.respond_to_start(failed(Cause::Timeout));
    dialog.type_code("123456");
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn after_a_resend_without_a_response_the_cool_down_begins() {
    let mut dialog = asking_again();
    dialog.respond_to_start(failed(Cause::Timeout));
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 0);
    dialog.wait(31);
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 1);
}
