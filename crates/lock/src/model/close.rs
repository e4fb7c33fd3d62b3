//! Opening and closing.

use latchkey_webauth::text::trim;

use super::effect::{emit, focus};
use super::{
    By, Channel, Effect, EmailScreen, Event, FocusTarget, Phase, Recipient, Screen, Shared, Step,
};

/// Opens the dialog, and tells the page that it is open and which field is ready.
pub(super) fn open(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    effects.push(Effect::Open);
    emit(effects, Event::Show);
    let screen = first_screen(shared, effects);
    if let Screen::Email(_) = screen
        && !shared.settings.channels.is_empty()
    {
        emit(effects, Event::Ready(screen.step().unwrap_or_default()));
    }
    screen
}

/// Opens the dialog in the place of the painted first screen. The painter told the page that the dialog
/// is open and that its field is ready, so neither is told again.
pub(super) fn take_over(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    effects.push(Effect::Open);
    first_screen(shared, effects)
}

/// The screen that an opened dialog starts on: the code's, while a code that was sent still works;
/// the link's, while a link that was sent still works; the last login's, where one is kept.
fn first_screen(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    if shared.has_live_code() && is_for_typed(shared) {
        emit(effects, Event::Ready(Step::Code));
        return Screen::Code(Box::default());
    }
    let is_link = shared.sent.as_ref().is_some_and(|sent| sent.is_link);
    if is_link && shared.settings.link && shared.life_left_ms() > 0 && is_for_typed(shared) {
        return Screen::Link(Box::default());
    }
    if shared.last.is_some() {
        emit(effects, Event::StepChanged(Step::LastLogin));
        return Screen::LastLogin(Box::new(blank(shared)));
    }
    Screen::Email(Box::new(blank(shared)))
}

pub(super) fn blank(shared: &Shared) -> EmailScreen {
    EmailScreen {
        channel: shared.channel,
        ..EmailScreen::default()
    }
}

/// Whether the newest code was sent to the address in the field.
pub(super) fn is_for_typed(shared: &Shared) -> bool {
    shared.sent.as_ref().is_some_and(|sent| match &sent.to {
        Recipient::Email(email) => email == trim(&shared.email),
        Recipient::Phone(number) => {
            super::check_phone(&shared.country, &shared.phone).as_ref() == Ok(number)
        }
    })
}

/// Closes `screen`. The e-mail address is kept, the code is not.
pub(super) fn close(screen: &Screen, by: By, effects: &mut Vec<Effect>) -> Screen {
    cancel(screen, effects);
    effects.push(Effect::Close);
    if !matches!(screen, Screen::SignedIn | Screen::Elsewhere) {
        emit(effects, Event::Cancelled(by));
    }
    emit(effects, Event::Hide);
    Screen::Closed
}

/// Back to the e-mail screen, or the one for the phone number, with what was typed and no news.
pub(super) fn back_to_email(screen: &Screen, shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    cancel(screen, effects);
    enter_email(blank(shared), effects)
}

/// Shows `screen` in place of another screen.
pub(super) fn enter_email(screen: EmailScreen, effects: &mut Vec<Effect>) -> Screen {
    focus(effects, field(screen.channel));
    let screen = Screen::Email(Box::new(screen));
    let step = screen.step().unwrap_or_default();
    emit(effects, Event::StepChanged(step));
    emit(effects, Event::Ready(step));
    screen
}

/// The field of a channel.
pub(super) fn field(channel: Channel) -> FocusTarget {
    match channel {
        Channel::Email => FocusTarget::Email,
        Channel::Sms => FocusTarget::Phone,
    }
}

/// Drops the request that `screen` waits for.
pub(super) fn cancel(screen: &Screen, effects: &mut Vec<Effect>) {
    take_away_request(screen.phase(), effects);
}

/// Drops the request of `phase`, if it has one.
pub(super) fn take_away_request(phase: Phase, effects: &mut Vec<Effect>) {
    if phase != Phase::Idle {
        effects.push(Effect::Cancel);
    }
}
