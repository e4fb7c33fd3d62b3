//! Opening and closing.

use super::{By, CodeScreen, Effect, EmailScreen, Event, FocusTarget, Phase, Screen, Shared, Step};

/// The screen that an opened dialog starts on: the code's, while a code that was sent still works.
pub(super) fn open(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    effects.push(Effect::Open);
    effects.push(Effect::Emit(Event::Show));
    if shared.life_left_ms() > 0 && shared.tries_left() > 0 && is_for_typed(shared) {
        effects.push(Effect::Emit(Event::Ready(Step::Code)));
        return Screen::Code(CodeScreen::default());
    }
    effects.push(Effect::Emit(Event::Ready(Step::Email)));
    Screen::Email(EmailScreen::default())
}

/// Whether the newest code was sent to the address in the field.
pub(super) fn is_for_typed(shared: &Shared) -> bool {
    shared
        .sent
        .as_ref()
        .is_some_and(|sent| sent.email == shared.email.trim())
}

/// Closes `screen`. The e-mail address is kept, the code is not.
pub(super) fn close(screen: &Screen, by: By, effects: &mut Vec<Effect>) -> Screen {
    cancel(screen, effects);
    effects.push(Effect::Close);
    if !matches!(screen, Screen::SignedIn) {
        effects.push(Effect::Emit(Event::Cancelled(by)));
    }
    effects.push(Effect::Emit(Event::Hide));
    Screen::Closed
}

/// Back to the e-mail screen, with the address that was typed.
pub(super) fn back_to_email(screen: &Screen, effects: &mut Vec<Effect>) -> Screen {
    cancel(screen, effects);
    enter_email(EmailScreen::default(), effects)
}

/// Shows `screen` in place of another screen.
pub(super) fn enter_email(screen: EmailScreen, effects: &mut Vec<Effect>) -> Screen {
    effects.push(Effect::Focus(FocusTarget::Email));
    effects.push(Effect::Emit(Event::StepChanged(Step::Email)));
    effects.push(Effect::Emit(Event::Ready(Step::Email)));
    Screen::Email(screen)
}

/// Drops the request that `screen` waits for.
fn cancel(screen: &Screen, effects: &mut Vec<Effect>) {
    take_away_request(screen.phase(), effects);
}

/// Drops the request of `phase`, if it has one.
pub(super) fn take_away_request(phase: Phase, effects: &mut Vec<Effect>) {
    if phase != Phase::Idle {
        effects.push(Effect::Cancel);
    }
}
