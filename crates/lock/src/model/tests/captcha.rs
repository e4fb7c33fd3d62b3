//! Captchas: asked for, answered, refused, not to be had.

use super::*;

/// The tenant refused a request that had no answer to a captcha.
fn asked() -> Dialog {
    let mut dialog = Dialog::sending();
    dialog.answer_start(failed(Cause::CaptchaRequired));
    dialog
}

/// The same, with a picture and a field for its text.
fn shown() -> Dialog {
    let mut dialog = asked();
    dialog.send(Msg::CaptchaShown(true));
    dialog
}

fn answer(dialog: &mut Dialog, text: &str) {
    dialog.send(Msg::Captcha(text.into()));
    dialog.send(Msg::Submit);
}

#[test]
fn case_53_nothing_is_asked_before_the_tenant_asks() {
    let dialog = Dialog::sending();
    assert!(!dialog.shown().captcha);
    assert!(!dialog.effects.contains(&Effect::Captcha));
}

#[test]
fn case_53_a_captcha_that_the_tenant_asks_for_is_shown_and_named() {
    let dialog = asked();
    assert!(dialog.effects.contains(&Effect::Captcha));
    let shown = dialog.shown();
    assert_eq!(shown.step, Step::Email);
    assert!(shown.captcha && !shown.busy, "Lock hangs here");
    assert_eq!(shown.note, "Solve the security check to go on.");
    assert_eq!(shown.note_tone, Tone::Info);
    assert_eq!(dialog.events(), ["authorization_error"]);
}

#[test]
fn case_53_an_empty_answer_is_marked_and_never_sent() {
    let mut dialog = shown();
    assert!(
        dialog
            .effects
            .contains(&Effect::Focus(FocusTarget::Captcha))
    );
    answer(&mut dialog, "");
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.shown().note, "Solve the security check to go on.");
    assert!(
        dialog
            .effects
            .contains(&Effect::Focus(FocusTarget::Captcha))
    );
}

#[test]
fn an_answer_travels_with_the_request() {
    let mut dialog = shown();
    answer(&mut dialog, "k7pw");
    let captcha = Some("k7pw".to_owned());
    let sent =
        |effect: &Effect| matches!(effect, Effect::Start { captcha: sent, .. } if *sent == captcha);
    assert!(dialog.effects.iter().any(sent));
    dialog.answer_start(Ok(()));
    assert_eq!(dialog.step(), Some(Step::Code));
}

#[test]
fn a_wrong_answer_says_so_and_another_captcha_comes() {
    let mut dialog = shown();
    answer(&mut dialog, "wrong");
    dialog.answer_start(failed(Cause::CaptchaRequired));
    assert!(dialog.shown().note.contains("wasn’t right"));
    assert!(dialog.effects.contains(&Effect::Captcha));
    answer(&mut dialog, "");
    assert_eq!(dialog.requests(), 0);
}

#[test]
fn an_answer_that_was_spent_on_another_failure_is_asked_for_again() {
    let mut dialog = shown();
    answer(&mut dialog, "k7pw");
    dialog.answer_start(failed(Cause::ServerError));
    assert!(dialog.effects.contains(&Effect::Captcha));
    assert!(dialog.shown().note.contains("problem of its own"));
}

#[test]
fn a_captcha_that_cannot_be_had_blocks_nobody() {
    let mut dialog = asked();
    dialog.send(Msg::CaptchaShown(false));
    let shown = dialog.shown();
    assert!(!shown.captcha && !shown.busy);
    assert!(shown.note.contains("didn’t go through"));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1, "the tenant has the last word");
}

#[test]
fn case_54_a_widget_is_read_when_the_screen_is_submitted() {
    let mut dialog = asked();
    dialog.send(Msg::CaptchaShown(true));
    answer(&mut dialog, "BYPASS_CAPTCHA");
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_resend_that_wants_a_captcha_goes_where_there_is_a_place_for_it() {
    for link in [false, true] {
        let mut dialog = Dialog::with(Settings {
            link,
            ..Settings::default()
        });
        dialog.send(Msg::Show);
        dialog.send(Msg::EmailChanged(EMAIL.into()));
        dialog.send(Msg::Submit);
        dialog.answer_start(Ok(()));
        dialog.wait(31);
        dialog.send(Msg::Resend);
        dialog.answer_start(failed(Cause::CaptchaRequired));
        assert_eq!(dialog.step(), Some(Step::Email));
        assert!(dialog.shown().captcha);
        assert!(dialog.effects.contains(&Effect::Captcha));
        dialog.send(Msg::CaptchaShown(true));
        answer(&mut dialog, "k7pw");
        assert_eq!(dialog.requests(), 1);
    }
}

#[test]
fn a_screen_that_is_drawn_anew_gets_a_captcha_of_its_own() {
    let mut dialog = shown();
    answer(&mut dialog, "k7pw");
    dialog.answer_start(Ok(()));
    dialog.send(Msg::Back);
    assert!(dialog.effects.contains(&Effect::Captcha));
    dialog.send(Msg::Hide);
    dialog.wait(300);
    dialog.send(Msg::Show);
    assert!(dialog.effects.contains(&Effect::Captcha));
}
