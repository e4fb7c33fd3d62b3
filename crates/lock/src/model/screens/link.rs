//! The screen that says where the link went.

use crate::model::effect::{Effect, Event, emit};
use crate::model::failure::Failure;
use crate::model::message::Msg;
use crate::model::rules::limit::still_limited;
use crate::model::rules::open::back_to_email;
use crate::model::rules::resend::Resent;
use crate::model::rules::{enter, resend};
use crate::model::state::note::Note;
use crate::model::state::screen::{LinkScreen, Next, Phase};
use crate::model::state::shared::Shared;

pub(in crate::model) fn update(
    screen: &mut LinkScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    msg: Msg,
) -> Next {
    match msg {
        Msg::Resend | Msg::Submit => ask(screen, shared, effects, false),
        Msg::Switch if shared.settings.offers_code => ask(screen, shared, effects, true),
        Msg::Started { version, result } => {
            return started(screen, shared, effects, version, result);
        }
        Msg::Back => return Some(back_to_email(screen.phase, shared, effects)),
        // Of the other messages, `model::update` handles those for every screen; the rest are for other screens.
        _ => {}
    }
    None
}

/// Time passes.
pub(in crate::model) fn tick(screen: &mut LinkScreen, shared: &Shared) {
    screen.note = still_limited(screen.note, shared);
}

/// The network is back: a request that it interrupted is sent again.
pub(in crate::model) fn resume(
    screen: &mut LinkScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) {
    screen.note = screen.note.filter(|note| *note != Note::Offline);
    if std::mem::take(&mut screen.resume) {
        ask(screen, shared, effects, screen.wants_code);
    }
}

/// Asks for another link, or for a code in its place, as often as the person likes, unless it is too early.
fn ask(screen: &mut LinkScreen, shared: &mut Shared, effects: &mut Vec<Effect>, wants_code: bool) {
    let phase = resend::ask(shared, effects, screen.phase, !wants_code);
    if phase != screen.phase {
        *screen = LinkScreen {
            phase,
            wants_code,
            ..LinkScreen::default()
        };
    }
}

/// The tenant's response to a resend. Each failure says its own reason, which Lock drops.
fn started(
    screen: &mut LinkScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Next {
    if screen.phase != (Phase::Sending { version }) {
        return None;
    }
    screen.phase = Phase::Idle;
    match resend::started(shared, effects, result, !screen.wants_code) {
        Resent::Sent if screen.wants_code => {
            emit(effects, Event::CodeSent);
            return Some(enter::code(None, effects));
        }
        Resent::Sent => {
            emit(effects, Event::LinkResent);
            screen.note = Some(Note::LinkResent);
        }
        Resent::Failed(note, is_network) => {
            screen.note = Some(note);
            screen.resume = is_network;
        }
        Resent::Elsewhere(other) => return Some(other),
    }
    None
}
