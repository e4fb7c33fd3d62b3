//! The screen that asks for the code.

use rstest::rstest;

use super::*;

#[test]
fn a_full_code_is_checked_once() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("12345");
    assert_eq!(dialog.requests(), 0);
    dialog.type_code("123456");
    assert_eq!(
        dialog.effects,
        [
            Effect::Emit(Event::Submit(ScreenKind::Code)),
            Effect::Verify {
                version: 2,
                to: Recipient::Email(EMAIL.into()),
                code: Secret::new("123456")
            }
        ]
    );
    dialog.type_code("123456");
    assert_eq!(dialog.requests(), 0);
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    assert!(dialog.shown().busy);
}

#[test]
fn without_auto_submit_a_full_code_waits_for_the_button() {
    let mut dialog = Dialog::with(Settings {
        auto_submit: false,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Submit);
    dialog.respond_to_start(Ok(()));
    dialog.type_code("123456");
    assert_eq!(dialog.requests(), 0);
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_code_in_a_pasted_sentence_is_checked() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("99");
    dialog.send(Msg::CodeChanged(Secret::new("Your code is 123-456")));
    assert_eq!(dialog.code(), "123456");
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn three_wrong_tries_use_up_the_code() {
    let mut dialog = Dialog::on_code();
    for (code, text) in [
        ("111111", "2 tries left"),
        ("222222", "1 try left"),
        ("333333", "last try"),
    ] {
        dialog.type_code(code);
        dialog.respond_to_verify(failed(Cause::InvalidCode));
        let shown = dialog.shown();
        assert!(shown.note.contains(text), "{}", shown.note);
        assert!(shown.code.is_empty() && shown.invalid);
        assert!(dialog.effects.contains(&Effect::Focus(FocusTarget::Code)));
    }
    dialog.type_code("444444");
    assert_eq!(dialog.requests(), 0, "no try is left");
    assert!(dialog.shown().note.contains("Send a new one"));
    assert!(dialog.shown().life.contains("no longer works"));
    dialog.wait(30);
    dialog.send(Msg::Resend);
    dialog.respond_to_start(Ok(()));
    dialog.type_code("555555");
    assert_eq!(dialog.requests(), 1, "a new code has new tries");
}

#[test]
fn the_end_of_a_code_is_announced_once() {
    let mut dialog = Dialog::on_code();
    dialog.wait(179);
    assert_eq!(dialog.shown().note, "");
    assert_eq!(dialog.shown().life, "Valid for 0:01");
    dialog.wait(1);
    assert!(dialog.shown().note.contains("expired"));
    assert!(!dialog.model.wants_ticks());
}

#[rstest]
#[case::the_tenant_says_so(Cause::CodeExpired, 0)]
#[case::the_tenant_says_wrong_but_our_clock_knows(Cause::InvalidCode, 181)]
fn an_expired_code_is_distinguished_from_a_wrong_one(#[case] cause: Cause, #[case] seconds: u64) {
    let mut dialog = Dialog::on_code();
    dialog.wait(seconds);
    dialog.type_code("123456");
    dialog.respond_to_verify(failed(cause));
    assert!(
        dialog.shown().note.contains("expired"),
        "{}",
        dialog.shown().note
    );
    assert!(dialog.shown().life.contains("expired"));
    assert_eq!(dialog.code(), "");
    assert_eq!(dialog.model.shared.tries_left(), 3);
}

#[test]
fn too_many_attempts_show_what_to_do() {
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(failed(Cause::TooManyAttempts));
    assert!(dialog.shown().note.contains("ask for a new code"));
    assert_eq!(dialog.code(), "");
}

#[rstest]
#[case(Cause::Timeout)]
#[case(Cause::ServerError)]
#[case(Cause::Network)]
fn a_code_that_the_tenant_did_not_judge_stays(#[case] cause: Cause) {
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(failed(cause));
    assert_eq!(dialog.code(), "123456");
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_check_that_found_no_network_is_repeated_when_online() {
    let mut dialog = Dialog::verifying();
    dialog.send(Msg::Online(false));
    dialog.respond_to_verify(failed(Cause::Network));
    assert!(dialog.shown().note.contains("offline"));
    dialog.send(Msg::Online(true));
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_resend_that_found_no_network_is_repeated_when_online() {
    let mut dialog = Dialog::on_code();
    dialog.wait(30);
    dialog.send(Msg::Resend);
    dialog.send(Msg::Online(false));
    dialog.respond_to_start(failed(Cause::Network));
    dialog.send(Msg::Online(true));
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_rate_limit_on_checks_does_not_hold_the_resend() {
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(failed(Cause::RateLimited));
    assert!(dialog.shown().note.contains("30 seconds"));
    assert_eq!(dialog.code(), "123456");
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    dialog.wait(30);
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn resend_waits_for_the_cool_down_and_counts_it_down() {
    let mut dialog = Dialog::on_code();
    assert_eq!(dialog.shown().resend_label, "Send a new code in 0:30");
    assert!(!dialog.shown().can_resend);
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 0);
    dialog.wait(29);
    assert_eq!(dialog.shown().resend_label, "Send a new code in 0:01");
    dialog.wait(1);
    assert_eq!(dialog.shown().resend_label, "Send a new code");
    assert!(dialog.shown().can_resend);
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 1);
    assert_eq!(dialog.shown().resend_label, "Sending…");
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.events(), ["code resent"]);
    assert!(dialog.shown().note.contains("new code is on its way"));
    assert_eq!(dialog.shown().resend_label, "Send a new code in 0:30");
    assert_eq!(dialog.shown().life, "Valid for 3:00");
}

#[test]
fn back_during_a_check_drops_its_response() {
    let mut dialog = Dialog::verifying();
    dialog.send(Msg::Back);
    assert_eq!(dialog.effects.first(), Some(&Effect::Cancel));
    dialog.respond_to_verify(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert_eq!(dialog.shown().email, EMAIL);
}

#[test]
fn a_clock_set_back_does_not_stop_a_countdown() {
    let mut dialog = Dialog::on_code();
    dialog.send(Msg::Tick {
        now_ms: START_MS + 10_000,
    });
    dialog.send(Msg::Tick {
        now_ms: START_MS - 3_600_000,
    });
    assert!(!dialog.shown().can_resend);
    dialog.send(Msg::Tick {
        now_ms: START_MS - 3_600_000 + 20_000,
    });
    assert!(dialog.shown().can_resend, "half a minute has passed");
}

#[test]
fn a_reload_after_a_clock_was_set_back_restores_the_code_screen() {
    let mut dialog = Dialog::on_code();
    dialog.wait(10);
    let now_ms = START_MS - 3_600_000;
    dialog.send(Msg::Tick { now_ms });
    let Some(Effect::Remember(text)) = dialog.effects.first() else {
        panic!("the tab has to learn of it: {:?}", dialog.effects);
    };
    assert_eq!(Some(&dialog.model.shared.memory().to_text()), Some(text));
    let mut again = Dialog {
        model: Model::new(Settings::default(), ""),
        effects: Vec::new(),
    };
    again
        .model
        .recall(Memory::read(text, now_ms).expect("what it remembers"));
    again.send(Msg::Tick { now_ms });
    again.send(Msg::Show);
    assert_eq!(again.screen(), Some(ScreenKind::Code));
    assert_eq!(again.shown().life, dialog.shown().life);
    assert_eq!(again.shown().resend_label, dialog.shown().resend_label);
    again.send(Msg::Tick {
        now_ms: now_ms + 170_000,
    });
    assert!(again.shown().life.contains("expired"));
}

#[test]
fn a_code_sent_after_a_clock_was_set_back_is_remembered_in_its_own_time() {
    let mut dialog = Dialog::sending();
    let now_ms = START_MS - 3_600_000;
    dialog.send(Msg::Tick { now_ms });
    dialog.respond_to_start(Ok(()));
    let text = dialog.model.shared.memory().to_text();
    assert!(dialog.effects.contains(&Effect::Remember(text.clone())));
    let sent = Memory::read(&text, now_ms).and_then(|memory| memory.sent);
    assert_eq!(sent.map(|sent| sent.at_ms), Some(now_ms));
}

#[test]
fn a_clock_set_back_does_not_revive_a_code() {
    let mut dialog = Dialog::on_code();
    dialog.wait(200);
    dialog.send(Msg::Tick { now_ms: START_MS });
    assert!(dialog.shown().life.contains("expired"));
}

#[test]
fn after_a_login_no_code_is_kept_and_back_leads_to_the_address() {
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::SignedIn));
    assert_eq!(dialog.events(), ["step changed"]);
    assert!(dialog.shown().can_go_back);
    dialog.send(Msg::PageRestored);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
}

#[test]
fn the_tip_about_auto_submit_is_shown_before_a_code_is_full() {
    let shown = Dialog::on_code().shown();
    assert_eq!(shown.tip, "It’s checked as soon as it’s complete.");
    let mut by_hand = Dialog::on_code();
    by_hand.model.shared.settings.auto_submit = false;
    assert_eq!(by_hand.shown().tip, "");
}

#[test]
fn the_end_of_a_code_is_announced_once_half_a_minute_before() {
    let mut dialog = Dialog::on_code();
    dialog.wait(149);
    assert_eq!(dialog.shown().status, "You can ask for a new code now.");
    for _ in 0..30 {
        dialog.wait(1);
        // The same text, which is not announced again.
        assert_eq!(dialog.shown().status, "Valid for 0:30");
        dialog.type_code("12");
    }
    dialog.wait(1);
    assert!(dialog.shown().note.contains("expired"));
    assert_ne!(dialog.shown().status, "Valid for 0:30");
}
