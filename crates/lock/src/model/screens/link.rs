//! The screen that shows where the link was sent.

use latchkey_webauth::Send;

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
        Msg::Resend | Msg::Submit => ask(screen, shared, effects, Send::Link),
        Msg::Switch if shared.settings.offers_code => ask(screen, shared, effects, Send::Code),
        Msg::Started { version, result } => {
            return started(screen, shared, effects, version, result);
        }
        Msg::Back => return Some(back_to_email(screen.phase, shared, effects)),
        // `model::update` handles the messages for every screen. The other messages are for other screens.
        _ => {}
    }
    None
}

/// Removes the note of a rate limit that has ended.
pub(in crate::model) fn tick(screen: &mut LinkScreen, shared: &Shared) {
    screen.note = still_limited(screen.note, shared);
}

/// Repeats the request that failed for want of a network.
pub(in crate::model) fn resume(
    screen: &mut LinkScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) {
    screen.note = screen.note.filter(|note| *note != Note::Offline);
    if std::mem::take(&mut screen.resume) {
        ask(screen, shared, effects, screen.requested());
    }
}

/// Requests another link, or a code in its place. The person may repeat that, but not too early.
fn ask(screen: &mut LinkScreen, shared: &mut Shared, effects: &mut Vec<Effect>, send: Send) {
    let phase = resend::ask(shared, effects, screen.phase, send);
    if phase != screen.phase {
        *screen = LinkScreen {
            phase,
            wants_code: send == Send::Code,
            ..LinkScreen::default()
        };
    }
}

/// Handles the response to a resend. Each failure shows its own reason, unlike in Lock.
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
    match resend::started(shared, effects, result, screen.requested()) {
        Resent::Sent if screen.wants_code => {
            emit(effects, Event::CodeSent);
            return Some(enter::code(None, effects));
        }
        Resent::Sent => {
            emit(effects, Event::LinkResent);
            screen.note = Some(Note::LinkResent);
        }
        Resent::Failed { note, is_network } => {
            screen.note = Some(note);
            screen.resume = is_network;
        }
        Resent::OtherScreen(other) => return Some(other),
    }
    None
}
