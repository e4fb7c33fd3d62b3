//! A tenant that is slow: what a person can do when no answer came, and what a late one must not undo.

use rstest::rstest;

use super::*;

/// On the first screen, after a start without an answer.
fn without_answer(cause: Cause) -> Dialog {
    let mut dialog = Dialog::sending();
    dialog.answer_start(failed(cause));
    dialog
}

#[rstest]
#[case(Cause::Timeout, true)]
#[case(Cause::Network, true)]
#[case(Cause::ServerError, true)]
#[case(Cause::RateLimited, false)]
#[case(Cause::InvalidEmail, false)]
#[case(Cause::CaptchaRequired, false)]
fn a_field_for_the_code_is_offered_where_the_request_may_have_arrived(
    #[case] cause: Cause,
    #[case] is_offered: bool,
) {
    let mut dialog = without_answer(cause);
    assert_eq!(dialog.shown().have_code_label.is_empty(), !is_offered);
    dialog.send(Msg::HaveCode);
    let step = if is_offered { Step::Code } else { Step::Email };
    assert_eq!(dialog.step(), Some(step));
}

#[test]
fn offline_nothing_was_sent_and_no_field_is_offered() {
    let mut dialog = Dialog::sending();
    dialog.send(Msg::Online(false));
    dialog.answer_start(failed(Cause::Network));
    assert_eq!(dialog.shown().have_code_label, "");
}

#[test]
fn where_a_link_was_asked_for_there_is_no_code_to_enter() {
    let mut dialog = Dialog::with(Settings {
        link: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Submit);
    dialog.answer_start(failed(Cause::Timeout));
    assert_eq!(dialog.shown().have_code_label, "");
}

#[test]
fn the_code_that_came_without_an_answer_logs_in() {
    let mut dialog = without_answer(Cause::Timeout);
    dialog.send(Msg::HaveCode);
    assert_eq!(dialog.shown().lead.strong, EMAIL);
    dialog.type_code("123456");
    assert!(dialog.effects.iter().any(|effect| matches!(
        effect,
        Effect::Verify { to, .. } if to.text() == EMAIL
    )));
}

#[test]
fn another_press_within_the_cool_down_sends_nothing_that_would_make_the_code_dead() {
    let mut dialog = without_answer(Cause::Timeout);
    dialog.send(Msg::Submit);
    assert_eq!((dialog.requests(), dialog.step()), (0, Some(Step::Code)));
    assert!(dialog.shown().note.contains("took too long"));
    dialog.wait(31);
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 1);
}

#[rstest]
#[case(Cause::Network)]
#[case(Cause::ServerError)]
fn another_press_after_a_broken_request_sends_at_once(#[case] cause: Cause) {
    let mut dialog = without_answer(cause);
    dialog.send(Msg::Submit);
    assert_eq!((dialog.requests(), dialog.step()), (1, Some(Step::Email)));
    assert_eq!(
        dialog.shown().have_code_label,
        "",
        "an answer is awaited again"
    );
}

#[test]
fn another_address_takes_the_offer_away_and_is_sent_to_at_once() {
    let mut dialog = without_answer(Cause::Timeout);
    dialog.send(Msg::EmailChanged("bob@example.com".into()));
    assert_eq!(dialog.shown().have_code_label, "");
    dialog.send(Msg::HaveCode);
    assert_eq!(dialog.step(), Some(Step::Email));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_reload_after_a_start_without_an_answer_opens_on_the_field_for_the_code() {
    let dialog = without_answer(Cause::Timeout);
    let memory = dialog.model.shared.memory().to_text();
    let mut later = Dialog::new();
    let now_ms = later.model.shared.clock.now_ms;
    later.model.recall(Memory::read(&memory, now_ms).unwrap());
    later.send(Msg::Show);
    assert_eq!(later.step(), Some(Step::Code));
    assert!(later.model.shared.sent.is_some_and(|sent| sent.unsure));
}

/// On the code screen, while another code is asked for.
fn asking_again() -> Dialog {
    let mut dialog = Dialog::on_code();
    dialog.wait(31);
    dialog.send(Msg::Resend);
    dialog
}

#[test]
fn a_full_code_is_checked_while_another_one_is_asked_for_and_the_late_answer_is_dropped() {
    let mut dialog = asking_again();
    let resend = dialog.model.shared.version;
    dialog.type_code("123456");
    let position = |wanted: fn(&Effect) -> bool| dialog.effects.iter().position(wanted);
    let cancel = position(|effect| *effect == Effect::Cancel);
    let verify = position(|effect| matches!(effect, Effect::Verify { .. }));
    assert!(
        cancel < verify && cancel.is_some(),
        "never two requests in flight"
    );
    dialog.send(Msg::Started {
        version: resend,
        result: Ok(()),
    });
    assert_eq!(dialog.code(), "123456");
    dialog.answer_verify(Ok(()));
    assert_eq!(dialog.step(), Some(Step::SignedIn));
}

#[test]
fn a_short_code_waits_for_the_answer_and_outlives_it() {
    let mut dialog = asking_again();
    dialog.type_code("123");
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    dialog.answer_start(Ok(()));
    assert_eq!(dialog.code(), "123");
}

#[test]
fn digits_from_before_the_press_go_when_the_new_code_comes() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("123");
    dialog.wait(31);
    dialog.send(Msg::Resend);
    dialog.answer_start(Ok(()));
    assert_eq!(dialog.code(), "");
}

#[test]
fn wrong_tries_before_a_request_without_an_answer_do_not_count_against_the_code_that_may_come() {
    let mut dialog = Dialog::on_code();
    for _ in 0..3 {
        dialog.type_code("111111");
        dialog.answer_verify(failed(Cause::InvalidCode));
    }
    dialog.wait(31);
    dialog.send(Msg::Resend);
    dialog.answer_start(failed(Cause::Timeout));
    dialog.type_code("123456");
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn after_a_resend_without_an_answer_the_next_one_waits_for_the_cool_down() {
    let mut dialog = asking_again();
    dialog.answer_start(failed(Cause::Timeout));
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 0);
    dialog.wait(31);
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 1);
}
