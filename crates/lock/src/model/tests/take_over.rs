//! The handover from the painted first screen, which has sent some of the events already.

use rstest::rstest;

use super::*;

/// A closed dialog with a link that still works.
fn link_sent() -> Dialog {
    let mut dialog = Dialog::with(Settings {
        link: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Submit);
    dialog.answer_start(Ok(()));
    closed(dialog)
}

fn closed(mut dialog: Dialog) -> Dialog {
    dialog.send(Msg::Hide);
    dialog
}

/// The effects of `msg` on `dialog`, and the model after it.
fn after(dialog: &Dialog, msg: Msg) -> (Model, Vec<Effect>) {
    update(dialog.model.clone(), msg)
}

#[rstest]
#[case(&[Channel::Email], Step::Email)]
#[case(&[Channel::Sms], Step::Phone)]
#[case(&[Channel::Sms, Channel::Email], Step::Phone)]
#[case(&[], Step::Email)]
fn the_painted_screen_is_taken_over_without_an_event_or_a_focus(
    #[case] channels: &[Channel],
    #[case] step: Step,
) {
    let mut dialog = Dialog::with(Settings {
        channels: channels.to_vec(),
        has_social: true,
        ..Settings::default()
    });
    dialog.send(Msg::TakeOver);
    assert_eq!(dialog.effects, [Effect::Open]);
    assert_eq!(dialog.step(), Some(step));
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

/// The painter showed a busy panel, so the page knows that the dialog is open, but not of the screen.
#[rstest]
#[case::code(closed(Dialog::on_code()), Step::Code)]
#[case::link(link_sent(), Step::Link)]
#[case::last_login(closed(Dialog::on_last_login()), Step::LastLogin)]
fn another_screen_sends_its_events_and_show_is_not_sent_again(
    #[case] dialog: Dialog,
    #[case] step: Step,
) {
    let (_, mut opening) = after(&dialog, Msg::Show);
    opening.retain(|effect| *effect != Effect::Emit(Event::Show));
    let (model, taking_over) = after(&dialog, Msg::TakeOver);
    assert_eq!(taking_over, opening);
    assert_eq!(model.screen.step(), Some(step));
}

#[test]
fn what_the_first_screen_needs_besides_is_asked_for() {
    let mut dialog = Dialog::with(Settings {
        avatar: true,
        ..Settings::default()
    });
    dialog.model.shared.email = EMAIL.into();
    dialog.model.shared.captcha = Some(String::new());
    dialog.send(Msg::TakeOver);
    let effects = [Effect::Open, Effect::Captcha, Effect::Avatar(EMAIL.into())];
    assert_eq!(dialog.effects, effects);
}

#[test]
fn what_was_typed_and_pressed_meanwhile_goes_on_from_there() {
    let mut dialog = Dialog::new();
    dialog.send(Msg::TakeOver);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.events(), ["socialOrEmail submit"]);
    assert!(dialog.effects.contains(&first_request()));
}

#[test]
fn an_open_dialog_has_nothing_to_take_over() {
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
fn a_dialog_that_took_over_closes_as_any_other_and_opens_again_with_its_events() {
    let mut dialog = Dialog::new();
    dialog.send(Msg::TakeOver);
    dialog.send(Msg::Close);
    assert_eq!(dialog.events(), ["cancelled", "hide"]);
    dialog.send(Msg::Show);
    assert_eq!(dialog.events(), ["show", "socialOrEmail ready"]);
}
