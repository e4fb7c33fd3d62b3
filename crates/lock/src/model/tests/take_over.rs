//! Taking over from the painted first screen, which has emitted some of the events already.

use rstest::rstest;

use super::*;

/// A closed dialog whose link still works.
fn link_sent() -> Dialog {
    let mut dialog = Dialog::with(Settings {
        link: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Submit);
    dialog.respond_to_start(Ok(()));
    closed(dialog)
}

fn closed(mut dialog: Dialog) -> Dialog {
    dialog.send(Msg::Hide);
    dialog
}

/// The model and the effects after `msg`.
fn after(dialog: &Dialog, msg: Msg) -> (Model, Vec<Effect>) {
    update(dialog.model.clone(), msg)
}

#[rstest]
#[case(&[Channel::Email], ScreenKind::Email)]
#[case(&[Channel::Sms], ScreenKind::Phone)]
#[case(&[Channel::Sms, Channel::Email], ScreenKind::Phone)]
#[case(&[], ScreenKind::Email)]
fn taking_over_the_painted_screen_emits_no_event_and_moves_no_focus(
    #[case] channels: &[Channel],
    #[case] kind: ScreenKind,
) {
    let mut dialog = Dialog::with(Settings {
        channels: channels.to_vec(),
        has_social: true,
        ..Settings::default()
    });
    dialog.send(Msg::TakeOver);
    assert_eq!(dialog.effects, [Effect::Open]);
    assert_eq!(dialog.screen(), Some(kind));
}

#[rstest]
#[case::email(Dialog::new())]
#[case::code(closed(Dialog::on_code()))]
#[case::link(link_sent())]
#[case::last_login(closed(Dialog::on_last_login()))]
fn taking_over_leads_to_the_same_state_as_opening(#[case] dialog: Dialog) {
    let (opened, _) = after(&dialog, Msg::Show);
    let (taken_over, _) = after(&dialog, Msg::TakeOver);
    assert_eq!(taken_over, opened);
}

/// The painter showed a busy panel, so the page has the event `show`, but none of the screen.
#[rstest]
#[case::code(closed(Dialog::on_code()), ScreenKind::Code)]
#[case::link(link_sent(), ScreenKind::Link)]
#[case::last_login(closed(Dialog::on_last_login()), ScreenKind::LastLogin)]
fn another_screen_emits_its_events_but_not_show_again(
    #[case] dialog: Dialog,
    #[case] kind: ScreenKind,
) {
    let (_, mut opening) = after(&dialog, Msg::Show);
    opening.retain(|effect| *effect != Effect::Emit(Event::Show));
    let (model, taking_over) = after(&dialog, Msg::TakeOver);
    assert_eq!(taking_over, opening);
    assert_eq!(model.screen.kind(), Some(kind));
}

#[test]
fn taking_over_requests_the_captcha_and_the_person() {
    let mut dialog = Dialog::with(Settings {
        avatar: true,
        ..Settings::default()
    });
    dialog.model.shared.entries.email = EMAIL.into();
    dialog.model.shared.entries.captcha = Some(String::new());
    dialog.send(Msg::TakeOver);
    let effects = [Effect::Open, Effect::Captcha, Effect::Avatar(EMAIL.into())];
    assert_eq!(dialog.effects, effects);
}

#[test]
fn text_and_presses_of_the_painted_screen_are_carried_on() {
    let mut dialog = Dialog::new();
    dialog.send(Msg::TakeOver);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.events(), ["socialOrEmail submit"]);
    assert!(dialog.effects.contains(&first_request()));
}

#[test]
fn an_open_dialog_ignores_take_over() {
    for mut dialog in [
        Dialog::opened(),
        Dialog::sending(),
        Dialog::on_code(),
        Dialog::verifying(),
        Dialog::on_last_login(),
    ] {
        let before = dialog.model.clone();
        dialog.send(Msg::TakeOver);
        assert_eq!(dialog.effects, []);
        assert_eq!(dialog.model, before);
    }
}

#[test]
fn a_dialog_that_took_over_closes_and_reopens_with_all_events() {
    let mut dialog = Dialog::new();
    dialog.send(Msg::TakeOver);
    dialog.send(Msg::Close);
    assert_eq!(dialog.events(), ["cancelled", "hide"]);
    dialog.send(Msg::Show);
    assert_eq!(dialog.events(), ["show", "socialOrEmail ready"]);
}
