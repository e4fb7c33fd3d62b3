//! How a screen is entered from another one: its first state, where the focus goes, and the events.

use crate::model::effect::{Effect, Event, FocusTarget, emit, focus};
use crate::model::message::News;
use crate::model::rules::address::field;
use crate::model::state::note::Note;
use crate::model::state::screen::{CodeScreen, EmailScreen, LinkScreen, Screen, Step};
use crate::model::state::shared::Shared;

/// The screen that asks for the address or the number, with nothing said on it.
pub(in crate::model) fn blank(shared: &Shared) -> EmailScreen {
    EmailScreen {
        channel: shared.channel,
        ..EmailScreen::default()
    }
}

/// The screen that asks for the address or the number, in the state `screen`.
pub(in crate::model) fn email(screen: EmailScreen, effects: &mut Vec<Effect>) -> Screen {
    focus(effects, field(screen.channel));
    let screen = Screen::Email(screen);
    let step = screen.step().unwrap_or_default();
    emit(effects, Event::StepChanged(step));
    emit(effects, Event::Ready(step));
    screen
}

/// The screen that asks for the code, with `note` above its field.
pub(in crate::model) fn code(note: Option<Note>, effects: &mut Vec<Effect>) -> Screen {
    focus(effects, FocusTarget::Code);
    emit(effects, Event::StepChanged(Step::Code));
    emit(effects, Event::Ready(Step::Code));
    Screen::Code(CodeScreen {
        note,
        ..CodeScreen::default()
    })
}

/// The screen that says where the link went.
pub(in crate::model) fn link(effects: &mut Vec<Effect>) -> Screen {
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(Step::Link));
    Screen::Link(LinkScreen::default())
}

/// The end of a login that was done. A code works once, so nothing of it is kept: no later opening may ask for it.
pub(in crate::model) fn signed_in(shared: &mut Shared, effects: &mut Vec<Effect>) -> Screen {
    shared.sent = None;
    effects.push(Effect::Tell(News::SignedIn));
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(Step::SignedIn));
    Screen::SignedIn
}
