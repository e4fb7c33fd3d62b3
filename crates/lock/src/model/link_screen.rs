//! The rules of the screen that says where the link went.

use super::effect::emit;
use super::email_screen::to_code_screen;
use super::resend;
use super::{Effect, Event, Failure, LinkScreen, Note, Phase, Screen, Shared};

/// Time passes.
pub(super) fn tick(mut screen: Box<LinkScreen>, shared: &Shared) -> Screen {
    screen.note = resend::still_waiting(screen.note, shared);
    Screen::Link(screen)
}

/// Asks for another link, as often as the person likes, unless it is too early.
pub(super) fn resend(
    screen: Box<LinkScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    ask(screen, shared, effects, false)
}

/// Asks for a code in place of the link, where that is offered.
pub(super) fn use_code(
    screen: Box<LinkScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    if shared.settings.offers_code {
        ask(screen, shared, effects, true)
    } else {
        Screen::Link(screen)
    }
}

fn ask(
    mut screen: Box<LinkScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    wants_code: bool,
) -> Screen {
    let phase = resend::ask(shared, effects, screen.phase, !wants_code);
    if phase != screen.phase {
        *screen = LinkScreen {
            phase,
            wants_code,
            ..LinkScreen::default()
        };
    }
    Screen::Link(screen)
}

/// The network is back: what it interrupted goes on.
pub(super) fn resume(
    mut screen: Box<LinkScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    screen.note = screen.note.filter(|note| *note != Note::Offline);
    if std::mem::take(&mut screen.resume) {
        let wants_code = screen.wants_code;
        return ask(screen, shared, effects, wants_code);
    }
    Screen::Link(screen)
}

/// The answer to a resend. Lock drops the reason of a failure; here each says its own.
pub(super) fn started(
    mut screen: Box<LinkScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase != (Phase::Sending { version }) {
        return Screen::Link(screen);
    }
    screen.phase = Phase::Idle;
    match resend::answer(shared, effects, result, !screen.wants_code) {
        Ok(None) if screen.wants_code => {
            emit(effects, Event::CodeSent);
            return to_code_screen(None, effects);
        }
        Ok(None) => {
            emit(effects, Event::LinkResent);
            screen.note = Some(Note::LinkResent);
        }
        Ok(Some((note, resume))) => {
            screen.note = Some(note);
            screen.resume = resume;
        }
        Err(other) => return other,
    }
    Screen::Link(screen)
}
