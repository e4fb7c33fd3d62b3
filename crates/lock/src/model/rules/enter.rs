//! Enters a screen: sets its initial state and the focus, and emits its events.

use crate::model::effect::{Effect, Event, FocusTarget, emit, focus};
use crate::model::message::News;
use crate::model::rules::address::field;
use crate::model::state::note::Note;
use crate::model::state::screen::{CodeScreen, EmailScreen, LinkScreen, Screen, ScreenKind};
use crate::model::state::shared::Shared;

/// The initial state of the screen that asks for the address or the number.
pub(in crate::model) fn blank(shared: &Shared) -> EmailScreen {
    EmailScreen {
        channel: shared.channel,
        ..EmailScreen::default()
    }
}

/// Enters the screen that asks for the address or the number, in the state `screen`.
pub(in crate::model) fn email(screen: EmailScreen, effects: &mut Vec<Effect>) -> Screen {
    focus(effects, field(screen.channel));
    let screen = Screen::Email(screen);
    let kind = screen.kind().unwrap_or_default();
    emit(effects, Event::StepChanged(kind));
    emit(effects, Event::Ready(kind));
    screen
}

/// Enters the screen that asks for the code, with `note` above its field.
pub(in crate::model) fn code(note: Option<Note>, effects: &mut Vec<Effect>) -> Screen {
    focus(effects, FocusTarget::Code);
    emit(effects, Event::StepChanged(ScreenKind::Code));
    emit(effects, Event::Ready(ScreenKind::Code));
    Screen::Code(CodeScreen {
        note,
        ..CodeScreen::default()
    })
}

/// Enters the screen that shows where the link was sent.
pub(in crate::model) fn link(effects: &mut Vec<Effect>) -> Screen {
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(ScreenKind::Link));
    Screen::Link(LinkScreen::default())
}

/// Enters the screen of a login that is done. A code works only once, so it is forgotten: the dialog must not
/// ask for it when it opens again.
pub(in crate::model) fn signed_in(shared: &mut Shared, effects: &mut Vec<Effect>) -> Screen {
    shared.sent = None;
    effects.push(Effect::Tell(News::SignedIn));
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(ScreenKind::SignedIn));
    Screen::SignedIn
}
