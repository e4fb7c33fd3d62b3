//! Captchas: demanded, solved, solved wrongly, and not available.

use super::*;

/// A dialog after the tenant refused a request without a captcha.
fn demanded() -> Dialog {
    let mut dialog = Dialog::sending();
    dialog.respond_to_start(failed(Cause::CaptchaRequired));
    dialog
}

/// The same dialog, with the captcha shown.
fn shown() -> Dialog {
    let mut dialog = demanded();
    dialog.send(Msg::CaptchaShown(true));
    dialog
}

fn solve(dialog: &mut Dialog, text: &str) {
    dialog.send(Msg::Captcha(text.into()));
    dialog.send(Msg::Submit);
}

#[test]
fn no_captcha_is_shown_before_the_tenant_asks_for_one() {
    let dialog = Dialog::sending();
    assert!(!dialog.shown().captcha);
    assert!(!dialog.effects.contains(&Effect::Captcha));
}

#[test]
fn a_captcha_is_shown_when_the_tenant_asks_for_one() {
    let dialog = demanded();
    assert!(dialog.effects.contains(&Effect::Captcha));
    let shown = dialog.shown();
    assert_eq!(shown.screen, ScreenKind::Email);
    assert!(
        shown.captcha && !shown.busy,
        "Lock's dialog hangs in this state"
    );
    assert_eq!(shown.note, "Solve the security check to go on.");
    assert_eq!(shown.note_tone, Tone::Info);
    assert_eq!(dialog.events(), ["authorization_error"]);
}

#[test]
fn an_empty_captcha_is_marked_and_not_sent() {
    let mut dialog = shown();
    assert!(
        dialog
            .effects
            .contains(&Effect::Focus(FocusTarget::Captcha))
    );
    solve(&mut dialog, "");
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.shown().note, "Solve the security check to go on.");
    assert!(
        dialog
            .effects
            .contains(&Effect::Focus(FocusTarget::Captcha))
    );
}

#[test]
fn the_captchas_solution_is_sent_with_the_request() {
    let mut dialog = shown();
    solve(&mut dialog, "k7pw");
    let captcha = Some("k7pw".to_owned());
    let sent =
        |effect: &Effect| matches!(effect, Effect::Start { captcha: sent, .. } if *sent == captcha);
    assert!(dialog.effects.iter().any(sent));
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
}

#[test]
fn a_wrong_solution_shows_a_note_and_another_captcha() {
    let mut dialog = shown();
    solve(&mut dialog, "wrong");
    dialog.respond_to_start(failed(Cause::CaptchaRequired));
    assert!(dialog.shown().note.contains("wasn’t right"));
    assert!(dialog.effects.contains(&Effect::Captcha));
    solve(&mut dialog, "");
    assert_eq!(dialog.requests(), 0);
}

#[test]
fn a_solution_that_a_failed_request_used_up_is_needed_again() {
    let mut dialog = shown();
    solve(&mut dialog, "k7pw");
    dialog.respond_to_start(failed(Cause::ServerError));
    assert!(dialog.effects.contains(&Effect::Captcha));
    assert!(dialog.shown().note.contains("problem of its own"));
}

#[test]
fn a_captcha_that_cannot_be_loaded_blocks_nobody() {
    let mut dialog = demanded();
    dialog.send(Msg::CaptchaShown(false));
    let shown = dialog.shown();
    assert!(!shown.captcha && !shown.busy);
    assert!(shown.note.contains("didn’t go through"));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1, "the tenant decides");
}

#[test]
fn a_captcha_widget_is_read_when_the_screen_is_submitted() {
    let mut dialog = demanded();
    dialog.send(Msg::CaptchaShown(true));
    solve(&mut dialog, "BYPASS_CAPTCHA");
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_resend_that_needs_a_captcha_leads_to_the_address_screen() {
    for link in [false, true] {
        let mut dialog = Dialog::with(Settings {
            link,
            ..Settings::default()
        });
        dialog.send(Msg::Show);
        dialog.send(Msg::EmailChanged(EMAIL.into()));
        dialog.send(Msg::Submit);
        dialog.respond_to_start(Ok(()));
        dialog.wait(31);
        dialog.send(Msg::Resend);
        dialog.respond_to_start(failed(Cause::CaptchaRequired));
        assert_eq!(dialog.screen(), Some(ScreenKind::Email));
        assert!(dialog.shown().captcha);
        assert!(dialog.effects.contains(&Effect::Captcha));
        dialog.send(Msg::CaptchaShown(true));
        solve(&mut dialog, "k7pw");
        assert_eq!(dialog.requests(), 1);
    }
}

#[test]
fn a_screen_that_is_entered_again_shows_a_new_captcha() {
    let mut dialog = shown();
    solve(&mut dialog, "k7pw");
    dialog.respond_to_start(Ok(()));
    dialog.send(Msg::Back);
    assert!(dialog.effects.contains(&Effect::Captcha));
    dialog.send(Msg::Hide);
    dialog.wait(300);
    dialog.send(Msg::Show);
    assert!(dialog.effects.contains(&Effect::Captcha));
}
