//! Opens and closes the dialog, and goes back to the screen where a login begins.

use crate::model::effect::{Effect, Event, emit};
use crate::model::message::By;
use crate::model::rules::address::is_for_typed;
use crate::model::rules::enter;
use crate::model::state::screen::{CodeScreen, LinkScreen, Phase, Screen, ScreenKind};
use crate::model::state::shared::Shared;

/// Opens the dialog, and emits that it is open and which field is ready.
pub(in crate::model) fn open(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    effects.push(Effect::Open);
    emit(effects, Event::Show);
    let screen = opening_screen(shared, effects);
    if let Screen::Email(_) = screen
        && !shared.settings.channels.is_empty()
    {
        emit(effects, Event::Ready(screen.kind().unwrap_or_default()));
    }
    screen
}

/// Opens the dialog in place of the painted first screen. The painter has already emitted that the dialog is
/// open and that its field is ready, so neither event is repeated.
pub(in crate::model) fn take_over(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    effects.push(Effect::Open);
    opening_screen(shared, effects)
}

/// The screen that an opened dialog starts on. While a code or a link still works, that is its screen;
/// otherwise the last login's screen, if one is remembered; otherwise the screen that asks for an address.
fn opening_screen(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    if shared.has_live_code() && is_for_typed(shared) {
        emit(effects, Event::Ready(ScreenKind::Code));
        return Screen::Code(CodeScreen::default());
    }
    let is_link = shared.sent.as_ref().is_some_and(|sent| sent.is_link);
    if is_link && shared.settings.link && shared.life_left_ms() > 0 && is_for_typed(shared) {
        return Screen::Link(LinkScreen::default());
    }
    if shared.logins.last.is_some() {
        emit(effects, Event::StepChanged(ScreenKind::LastLogin));
        return Screen::LastLogin(enter::blank(shared));
    }
    Screen::Email(enter::blank(shared))
}

/// Closes the dialog. The address is kept for the next opening; the code is not.
pub(in crate::model) fn close(screen: &Screen, by: By, effects: &mut Vec<Effect>) -> Screen {
    cancel(screen.phase(), effects);
    effects.push(Effect::Close);
    if !matches!(screen, Screen::SignedIn | Screen::Elsewhere) {
        emit(effects, Event::Cancelled(by));
    }
    emit(effects, Event::Hide);
    Screen::Closed
}

/// Goes back to the screen that asks for the address or the number, keeping the typed text but no note.
/// `phase` is the phase of the screen before.
pub(in crate::model) fn back_to_email(
    phase: Phase,
    shared: &Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    cancel(phase, effects);
    enter::email(enter::blank(shared), effects)
}

/// Cancels the request of `phase`, if there is one.
pub(in crate::model) fn cancel(phase: Phase, effects: &mut Vec<Effect>) {
    if phase != Phase::Idle {
        effects.push(Effect::Cancel);
    }
}
