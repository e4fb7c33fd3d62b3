//! Opening and closing.

use super::*;

#[test]
fn show_and_hide_may_come_in_any_order() {
    let mut dialog = Dialog::new();
    dialog.send(Msg::Hide);
    assert_eq!(dialog.effects, []);
    dialog.send(Msg::Show);
    assert_eq!(dialog.events(), ["show", "socialOrEmail ready"]);
    dialog.send(Msg::Show);
    assert_eq!(dialog.effects, []);
    dialog.send(Msg::Hide);
    assert_eq!(dialog.events(), ["cancelled", "hide"]);
    dialog.send(Msg::Hide);
    assert_eq!(dialog.effects, []);
}

#[test]
fn prefill_and_typed_text_survive_close_and_reopen() {
    // Lock loses the prefilled address here.
    let mut dialog = Dialog::new();
    dialog.model = Model::new(Settings::default(), EMAIL);
    for _ in 0..2 {
        dialog.send(Msg::Show);
        assert_eq!(dialog.shown().email, EMAIL);
        dialog.send(Msg::Close);
    }
}

#[test]
fn reopening_shows_the_code_screen_while_the_code_works() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("123");
    dialog.send(Msg::Close);
    dialog.send(Msg::Show);
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
    assert_eq!(dialog.code(), "");
    dialog.send(Msg::Close);
    dialog.wait(180);
    dialog.send(Msg::Show);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
}

#[test]
fn only_the_page_closes_a_dialog_that_is_not_closable() {
    let mut dialog = Dialog::with(Settings {
        closable: false,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::Close);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert!(!dialog.shown().can_close);
    dialog.send(Msg::Hide);
    assert_eq!(dialog.screen(), None);
}

#[test]
fn closing_drops_the_request_in_flight() {
    let mut dialog = Dialog::verifying();
    dialog.send(Msg::Close);
    assert_eq!(dialog.effects.first(), Some(&Effect::Cancel));
    dialog.respond_to_verify(Ok(()));
    assert_eq!(dialog.screen(), None);
}

#[test]
fn closing_after_a_login_emits_no_cancelled() {
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(Ok(()));
    dialog.send(Msg::Close);
    assert_eq!(dialog.events(), ["hide"]);
}
